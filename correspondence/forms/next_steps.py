"""A few questions to somebody without a record. Nothing of the answers is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.core.facts import Nation, Perspective
from cms_tracker.web.forms import Form
from correspondence.core.steps import asked
from correspondence.core.steps import snapshot as s

_YES_NO = [("no", _("No, or not sure")), ("yes", _("Yes"))]
_SELECT = {"class": "input"}


def _choose(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    """A question that may be left as it is: its first choice says nothing."""
    first = choices[0][0]
    return forms.ChoiceField(label=label, choices=choices, required=False, initial=first, widget=forms.Select(_SELECT))


class QuestionsForm(Form):
    """Who asks, how the money is paid, what is owed; and, for who wants to say more, what happened."""

    side = forms.ChoiceField(
        label=_("Which parent are you, or are you asking for?"),
        choices=[(Perspective.RECEIVING.value, _("Receiving parent")), (Perspective.PAYING.value, _("Paying parent"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which parent you are.")},
    )
    service = forms.ChoiceField(
        label=_("How is the money paid?"),
        choices=[
            (s.Service.DIRECT.value, _("Direct Pay: from parent to parent, as CMS worked it out")),
            (s.Service.COLLECT.value, _("Collect and Pay: through CMS")),
            (s.Service.PRIVATE.value, _("As we agreed between us, without CMS")),
            (s.Service.UNKNOWN.value, _("I am not sure")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the money is paid, or that you are not sure.")},
    )
    owed = forms.ChoiceField(
        label=_("Are there arrears?"),
        choices=_YES_NO,
        initial="no",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose Yes or No.")},
    )
    plan = _choose(
        _("Is there a repayment plan?"),
        [
            (s.PlanKept.NONE.value, _("No, or not sure")),
            (s.PlanKept.COMING.value, _("One was put forward, or has not begun")),
            (s.PlanKept.KEPT.value, _("Yes, and it is kept")),
            (s.PlanKept.AT_RISK.value, _("Yes, and a payment is a few days late")),
            (s.PlanKept.BROKEN.value, _("Yes, and a payment did not come in full")),
            (s.PlanKept.OVER.value, _("It is over")),
        ],
    )
    long = _choose(_("Does the plan take longer than two years?"), list(_YES_NO))
    missed = _choose(_("Was a payment missed or short, and CMS has not been told?"), list(_YES_NO))
    cause = _choose(
        _("Where do the arrears come from?"),
        [
            (s.Cause.NONE.value, _("Not sure, or leave it out")),
            (s.Cause.MISSED.value, _("Payments that were missed or short")),
            (s.Cause.BACKDATED.value, _("A decision about days that had gone by")),
            (s.Cause.BOTH.value, _("Both")),
            (s.Cause.UNKNOWN.value, _("Nobody has explained it")),
        ],
    )
    decision = _choose(
        _("Do you disagree with a decision about the amount?"),
        [
            (s.Decided.NONE.value, _("No")),
            (s.Decided.IN_TIME.value, _("Yes, and it came less than 30 days ago")),
            (s.Decided.LATE.value, _("Yes, and it is older than that")),
            (s.Decided.TOO_LATE.value, _("Yes, and it is more than 13 months old")),
            (s.Decided.ASKED.value, _("I asked CMS to look again, and wait for the answer")),
            (s.Decided.ANSWERED.value, _("CMS looked again. Its notice came in the last month")),
            (s.Decided.ANSWERED_LATE.value, _("CMS looked again. Its notice is older than a month")),
        ],
    )
    complaint = _choose(
        _("Have you complained about the service?"),
        [
            (s.Complained.NONE.value, _("No")),
            (s.Complained.WAITING.value, _("Yes, and CMS still has time to answer")),
            (s.Complained.UNANSWERED.value, _("Yes, and CMS has not answered in 15 working days")),
            (s.Complained.ANSWERED.value, _("Yes, and the answer was not the final one")),
            (s.Complained.FINAL.value, _("Yes, and I have the final answer")),
            (s.Complained.EXAMINER.value, _("It is with the Independent Case Examiner")),
            (s.Complained.EXAMINED.value, _("The Independent Case Examiner has answered")),
            (s.Complained.OMBUDSMAN.value, _("It is with the Ombudsman")),
        ],
    )
    paper = _choose(
        _("What came last, or what is CMS doing?"),
        [
            ("", _("None of these")),
            ("write_off", _("A notice that arrears may be written off")),
            ("csa", _("A notice about old Child Support Agency debt")),
            ("said_missed", _("A question about a payment that is said to be missed")),
            ("bank_order", _("An order to take a sum from a bank account")),
            ("court_papers", _("Papers about a liability order")),
            ("order", _("A liability order was granted")),
            ("deduction", _("Money is taken from pay, benefits or a bank account")),
            ("failed", _("That was tried, and it did not work")),
            ("asked_to_move", _("A request to move to Collect and Pay waits for an answer")),
        ],
    )
    part = _choose(
        _("Is there a settlement: less than is owed, in one sum?"),
        [
            (s.Part.NONE.value, _("No")),
            (s.Part.OFFERED.value, _("It was offered")),
            (s.Part.CONSENTED.value, _("The receiving parent agreed, and CMS has not confirmed it")),
            (s.Part.TO_PAY.value, _("CMS confirmed it, and it is to be paid")),
            (s.Part.UNPAID.value, _("It was not paid in time")),
            (s.Part.PAID.value, _("It was paid")),
            (s.Part.REFUSED.value, _("It was refused")),
            (s.Part.CANCELLED.value, _("CMS cancelled it")),
        ],
    )
    event = _choose(
        _("Is any of this so?"),
        [
            ("", _("None of these")),
            ("figure", _("CMS’s figure is not the same as mine")),
            ("overpaid", _("More was paid than was due")),
            ("child_left", _("The child has left, or no longer counts")),
            ("closed", _("The case is closed")),
            ("died", _("The other parent has died")),
            ("private_broke", _("A private arrangement has broken down")),
        ],
    )
    nation = _choose(
        _("Where do you live?"),
        [
            (Nation.ENGLAND.value, _("England")),
            (Nation.WALES.value, _("Wales")),
            (Nation.SCOTLAND.value, _("Scotland")),
            (Nation.NORTHERN_IRELAND.value, _("Northern Ireland")),
        ],
    )
    worry = _choose(_("Are you worried about what the other parent may do?"), list(_YES_NO))

    optional_words = {}

    FIRST = ("side", "service", "owed", "plan")

    @property
    def first(self) -> list[forms.BoundField]:
        """The questions that everybody is asked."""
        return [self[name] for name in self.FIRST]

    @property
    def more(self) -> list[forms.BoundField]:
        """The questions for who wants to say more."""
        return [self[name] for name in self.fields if name not in self.FIRST]

    @property
    def says_more(self) -> bool:
        """Whether one of those was answered, or has to be."""
        return self.is_bound and any(one.errors or one.value() not in {None, "", one.initial} for one in self.more)

    def snapshot(self) -> s.Snapshot:
        """The facts that the answers come to."""
        said = self.cleaned_data
        return asked.snapshot_from(
            asked.Answers(
                side=Perspective(said["side"]),
                service=s.Service(said["service"]),
                nation=Nation(said["nation"] or Nation.ENGLAND),
                is_owed=said["owed"] == "yes",
                has_unreported=said["missed"] == "yes",
                plan=s.PlanKept(said["plan"] or s.PlanKept.NONE),
                is_long=said["long"] == "yes",
                cause=s.Cause(said["cause"] or s.Cause.NONE),
                decision=s.Decided(said["decision"] or s.Decided.NONE),
                complaint=s.Complained(said["complaint"] or s.Complained.NONE),
                paper=said["paper"],
                part=s.Part(said["part"] or s.Part.NONE),
                event=said["event"],
                needs_care=said["worry"] == "yes",
            )
        )
