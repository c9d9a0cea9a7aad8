"""The whole product of facts: something safe to do, no two that contradict each other, no dead end, one order."""

import ast
import inspect
import itertools
from dataclasses import fields

import pytest

from cases.core.facts import Perspective
from correspondence.core.steps import book
from correspondence.core.steps.fact import Fact
from correspondence.core.steps.rules import Do, No
from correspondence.core.steps.snapshot import Ground, Known, Snapshot
from tests.unit.correspondence.steps.every_case import GROUPS, everything, values

#: Safe at any time, whatever the case.
SAFE = {"keep-record", "get-advice"}

#: Two things that may never be told to one person at once, and why.
CONTRADICTORY = {
    ("ask-enforcement", "use-order"): "the order is the enforcement to ask for",
    ("ask-enforcement", "move-to-collect"): "CMS collects only once the case has moved",
    ("ask-enforcement", "chase-move"): "CMS collects only once the case has moved",
    ("ask-enforcement", "wait-deduction"): "CMS is collecting already",
    ("ask-enforcement", "claim-estate"): "nothing is taken from somebody who has died",
    ("ask-enforcement", "challenge-plan"): "a plan in force holds enforcement back",
    ("ask-enforcement", "ask-more-beside-plan"): "with a plan there is only more beside it",
    ("use-order", "challenge-plan"): "a plan in force holds enforcement back",
    ("use-order", "claim-estate"): "nothing is taken from somebody who has died",
    ("move-to-collect", "chase-move"): "one request is enough",
    ("move-to-collect", "claim-estate"): "nothing can be collected from somebody who has died",
    ("report-missed", "claim-estate"): "nothing falls due after a death",
    ("report-broken-plan", "challenge-plan"): "a broken plan is not too long, it is broken",
    ("report-broken-plan", "ask-more-beside-plan"): "a broken plan holds nothing back",
    ("say-hardship", "say-plan-missed"): "the one comes before a payment is missed, the other after",
    ("say-hardship", "offer-plan"): "a plan that runs is lowered, not replaced",
    ("object-to-more", "offer-plan"): "a plan that is kept is not offered again",
    ("offer-part-payment", "pay-part-payment"): "one settlement at a time",
    ("offer-part-payment", "pay-part-payment-late"): "one settlement at a time",
    ("pay-part-payment", "pay-part-payment-late"): "it is either in time or late",
    ("chase-part-payment", "watch-part-payment"): "it is either in time or late",
    ("chase-part-payment", "answer-part-payment"): "what was answered is not offered any more",
    ("answer-part-payment", "watch-part-payment"): "what was answered is not offered any more",
    ("challenge-decision", "challenge-decision-late"): "it is either in time or late",
    ("challenge-decision", "appeal"): "the appeal comes after the answer",
    ("challenge-decision-late", "appeal"): "the appeal comes after the answer",
    ("challenge-decision", "wait-reconsideration"): "one request is enough",
    ("appeal", "wait-reconsideration"): "the answer has come, or it has not",
    ("complain", "next-complaint-stage"): "one complaint goes up in stages",
    ("complain", "wait-complaint"): "one complaint at a time",
    ("complain", "go-to-examiner"): "the final answer has come, or it has not",
    ("next-complaint-stage", "go-to-examiner"): "the final answer has come, or it has not",
    ("next-complaint-stage", "wait-complaint"): "either wait, or go on",
    ("go-to-examiner", "go-to-ombudsman"): "the Examiner comes first",
    ("go-to-examiner", "wait-complaint"): "either wait, or go on",
    ("go-to-ombudsman", "wait-complaint"): "either wait, or go on",
    ("chase-promises", "check-promise"): "a promise is due, or overdue",
    ("add-decision", "add-dates"): "the decision comes first",
    ("object-in-sheriff-court", "answer-court-papers"): "the courts are those of one nation",
    ("answer-write-off", "answer-csa-notice"): "a notice is of the one kind or the other",
    ("answer-csa-notice", "ask-csa-debt"): "the notice is the answer to the question",
    ("joint-plan", "stay-safe"): "nobody who is worried is sent to the other parent",
    ("apply-to-cms", "move-to-collect"): "who is with CMS has applied",
    ("apply-to-cms", "ask-enforcement"): "CMS collects nothing that it did not work out",
    ("apply-to-cms", "complain"): "who is not with CMS has nothing to complain of",
    ("apply-to-cms", "add-decision"): "who is not with CMS has no decision of theirs",
    ("pay-what-falls-due", "claim-estate"): "the one is the paying parent’s, the other the receiving parent’s",
}


def _reached(answers: list) -> set[str]:
    return set().union(*(one.dos for one in answers))


class TestEveryCase:
    def test_has_something_safe_to_do(self) -> None:
        for ground, groups in everything().items():
            assert all(one.dos >= SAFE for one in groups[""]), ground

    def test_never_holds_two_that_contradict_each_other(self) -> None:
        """Of one group over all its values; of two groups wherever both can be answered on one ground."""
        met = []
        for ground, groups in everything().items():
            reached = {name: _reached(answers) for name, answers in groups.items()}
            for one, other in CONTRADICTORY:
                met += [(ground, name) for name, found in groups.items() if any({one, other} <= a.dos for a in found)]
                met += [
                    (ground, one, other, a, b)
                    for a, b in itertools.permutations(reached, 2)
                    if one in reached[a] and other in reached[b]
                ]
        assert met == []

    def test_never_offers_what_it_refuses(self) -> None:
        refused = {code: rule.refuses for code, rule in book.refusals().items() if rule.refuses}
        for ground, groups in everything().items():
            for name, answers in groups.items():
                for one in answers:
                    gone = {refused[no.code] for no in one.nos if no.code in refused}
                    elsewhere = [_reached(found) for other, found in groups.items() if other != name]
                    assert not gone & one.dos, (ground, name)
                    assert not gone & set().union(*elsewhere), (ground, name)

    def test_says_with_every_refusal_what_can_still_be_done(self) -> None:
        """Each of them is in the answer: of the same value, or of another group whatever its facet holds."""
        for ground, groups in everything().items():
            sure = {name: frozenset.intersection(*(one.dos for one in found)) for name, found in groups.items()}
            for name, answers in groups.items():
                elsewhere = set().union(*(found for other, found in sure.items() if other != name))
                for one in answers:
                    for no in one.nos:
                        assert no.instead, (ground, no)
                        assert set(no.instead) <= one.dos | elsewhere, (ground, name, no)

    def test_fits_the_side_that_asks(self) -> None:
        for ground, groups in everything().items():
            for answers in groups.values():
                for one in answers:
                    assert all(ground.side in book.actions()[code].sides for code in one.dos), ground
                    assert all(ground.side in book.refusals()[no.code].sides for no in one.nos), ground

    def test_can_be_answered_by_each_action_and_each_refusal_of_the_book(self) -> None:
        every = [one for groups in everything().values() for answers in groups.values() for one in answers]
        assert set().union(*(one.dos for one in every)) == set(book.actions())
        assert {no.code for one in every for no in one.nos} == set(book.refusals())

    def test_can_name_each_fact_that_has_words(self) -> None:
        every = [one for groups in everything().values() for answers in groups.values() for one in answers]
        assert set().union(*(one.facts for one in every)) == set(Fact)

    def test_finds_the_codes_of_the_closed_list_in_the_book(self) -> None:
        assert {code for pair in CONTRADICTORY for code in pair} <= set(book.actions())


class TestAGroup:
    """The product is whole only if a group reads nothing but what it is handed."""

    @pytest.mark.parametrize("name", [one for one in GROUPS if one])
    def test_reads_the_ground_and_the_facet_of_its_name_alone(self, name: str) -> None:
        hints = {one.name: one.type for one in fields(Snapshot)}
        taken = list(inspect.signature(GROUPS[name]).parameters.values())
        assert [one.annotation for one in taken] == [Ground, hints[name]]

    @pytest.mark.parametrize("name", GROUPS)
    def test_stands_in_a_module_that_never_names_the_snapshot_or_what_is_known(self, name: str) -> None:
        module = inspect.getmodule(GROUPS[name])
        assert module is not None
        names = {one.id for one in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(one, ast.Name)}
        assert names.isdisjoint({Snapshot.__name__, Known.__name__})

    def test_has_every_facet_of_the_snapshot(self) -> None:
        assert {one.name for one in fields(Snapshot)} == {*GROUPS, "ground", "known"} - {""}

    @pytest.mark.parametrize("name", GROUPS)
    def test_names_no_code_twice_in_one_answer(self, name: str) -> None:
        hints = {one.name: one.type for one in fields(Snapshot)}
        facets = [(one,) for one in values(hints[name])][::7] if name else [()]
        for ground in values(Ground):
            for facet in facets:
                codes = [one.code for one in GROUPS[name](ground, *facet)]
                assert len(codes) == len(set(codes)), (ground, facet)


def test_a_do_and_a_no_are_told_apart() -> None:
    ground = Ground(side=Perspective.PAYING, is_owed=True)
    assert {type(one) for one in GROUPS[""](ground)} == {Do, No}
