"""Five hundred cases of fifty steps each, and what holds for every one of them."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.core.changes import explain
from arrears.core.facts import CaseFacts
from arrears.core.position import position
from tests.unit.arrears.oracle import Oracle
from tests.unit.arrears.steps import LISTS, lives, looks, struck
from tests.unit.arrears.test_properties import View, agree

five_hundred = settings(max_examples=500)
some = settings(max_examples=60)


@five_hundred
@given(facts=lives(), view=looks)
def test_the_engine_agrees_with_a_second_reading_of_the_rules(facts: CaseFacts, view: View) -> None:
    agree(facts, view)
    at = position(facts, on=view[0], known_on=view[1])
    assert at.due + at.fees_due - at.paid == at.outstanding + at.fees_outstanding - at.credit


@five_hundred
@given(facts=lives(), before=looks, after=looks)
def test_the_causes_of_a_change_add_up_forth_and_back(facts: CaseFacts, before: View, after: View) -> None:
    forth, back = explain(facts, before=before, after=after), explain(facts, before=after, after=before)
    was, is_now = (Oracle(facts, on, known_on).answer()["net"] for on, known_on in (before, after))
    assert (forth.before, forth.after, back.before, back.after) == (was, is_now, is_now, was)
    assert sum(cause.amount for cause in forth.causes) == forth.change == -back.change
    assert sum(cause.amount for cause in back.causes) == back.change


@some
@given(facts=lives(), view=looks, data=st.data())
def test_the_order_of_entry_never_changes_an_answer(facts: CaseFacts, view: View, data: st.DataObject) -> None:
    shuffled = {name: tuple(data.draw(st.permutations(getattr(facts, name)))) for name in LISTS}
    on, known_on = view
    assert position(replace(facts, **shuffled), on=on, known_on=known_on) == position(facts, on=on, known_on=known_on)


@some
@given(facts=lives(), view=looks, data=st.data())
def test_striking_out_and_entering_again_restores_every_figure(
    facts: CaseFacts, view: View, data: st.DataObject
) -> None:
    on, known_on = view
    standing = [(name, one) for name in LISTS for one in getattr(facts, name) if one.struck_out is None]
    if standing:
        name, one = data.draw(st.sampled_from(standing))
        gone = struck(facts, one.id, on=known_on)  # from that day of knowledge on
        again = replace(gone, **{name: (*getattr(gone, name), one)})
        assert position(again, on=on, known_on=known_on) == position(facts, on=on, known_on=known_on)


@some
@given(facts=lives(), view=looks, data=st.data())
def test_a_payment_in_two_parts_counts_as_much(facts: CaseFacts, view: View, data: st.DataObject) -> None:
    whole = [one for one in facts.payments if one.amount > 1 and not one.allocation and one.route != "via_cms_received"]
    if not whole:
        return
    one = data.draw(st.sampled_from(whole))
    part = data.draw(st.integers(1, one.amount - 1))
    rest = [kept for kept in facts.payments if kept is not one]
    parts = (replace(one, amount=part), replace(one, amount=one.amount - part, id=f"{one.id}-rest"))
    on, known_on = view
    at = position(facts, on=on, known_on=known_on)
    split = position(replace(facts, payments=(*rest, *parts)), on=on, known_on=known_on)
    assert (split.due, split.fees_due, split.paid, split.restated_due) == (
        at.due, at.fees_due, at.paid, at.restated_due,
    )  # fmt: skip
    assert split.net + split.fees_outstanding == at.net + at.fees_outstanding
