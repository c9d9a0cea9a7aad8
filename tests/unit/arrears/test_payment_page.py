"""Where a payment went, in words."""

from dataclasses import replace

from arrears.core.other_facts import Settlement, Step, StepKind
from arrears.core.position import payment_uses
from arrears.presenters.payment_page import used
from tests.unit.arrears.build import adjustment, case, day, payment

ON = day("2025-06-30")


def test_names_what_cms_added_by_what_it_was_and_in_general_where_it_was_both() -> None:
    deal = Settlement(
        offered_on=day("2025-03-01"), arrears=20000, amount=15000, recorded_on=day("2025-03-01"), id="deal",
        steps=(
            Step(kind=StepKind.CANCELLED, on=day("2025-03-02"), recorded_on=day("2025-03-02"), amount=5000, id="back"),
        ),
    )  # fmt: skip
    facts = replace(
        case(payment("100", "2025-04-01"), adjustment("correction_up", "10", "2025-03-03")), settlements=(deal,)
    )
    (use,) = payment_uses(facts, on=ON, known_on=ON)
    assert [one.to for one in used(use, facts, on=ON)] == [
        "A settlement, cancelled, 2 March 2025",
        "CMS corrected its record, and added, 3 March 2025",
        "Not used yet. It counts towards what falls due next",
    ]
    both = replace(facts, adjustments=(*facts.adjustments, adjustment("correction_up", "1", "2025-03-02")))
    (use,) = payment_uses(both, on=ON, known_on=ON)
    assert used(use, both, on=ON)[0].to == "Added by CMS, 2 March 2025"
