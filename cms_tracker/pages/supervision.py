"""Supervision: draw some records of a colleague, look into each for an hour, answer the checklist, sign."""

import secrets
import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from arrears.core.caseload import Reason
from cases import operations, queries
from cases.core.checks import MOST_DRAWN, MOST_IN_A_NOTE, SEEDS, Answer, checklist
from cases.core.organisations import PostRole
from cases.gate import PostRequest, post_view
from cms_tracker.pages.core.reason_words import BRIEF
from cms_tracker.pages.core.worklist import wanted
from cms_tracker.pages.worklist import ids_of
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import now, today
from cms_tracker.web.forms import EntryField, Form
from cms_tracker.web.methods import FORM, PRESS, sent

if TYPE_CHECKING:
    from cases.models import CheckedCase, Post

MOST_LOOKED_THROUGH = 1_000
ANSWERS = {Answer.YES: _("Yes"), Answer.NO: _("No"), Answer.NOT_HERE: _("Does not come up here")}
_CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


class DrawForm(Form):
    """Whose records, how many, and for which reason."""

    entry = EntryField()
    post = forms.ChoiceField(label=_("Whose records?"), error_messages=_CHOOSE)
    why = forms.ChoiceField(
        label=_("Which records?"),
        choices=[("", _("Any")), *((one, words) for one, words in BRIEF.items() if one is not Reason.NOTHING)],
        required=False,
    )
    count = forms.TypedChoiceField(
        label=_("How many?"),
        choices=[(number, str(number)) for number in range(1, MOST_DRAWN + 1)],
        coerce=int,
        initial=3,
        error_messages=_CHOOSE,
    )

    optional_words = {"why": ""}

    def __init__(self, *args: Any, colleagues: "list[Post]", **kwargs: Any) -> None:
        """``colleagues`` are those whose records may be drawn."""
        super().__init__(*args, **kwargs)
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", ""), *((str(one.pk), one.name) for one in colleagues)]


class FindingsForm(Form):
    """An answer for each item of the checklist, and what else there is to say."""

    optional_words = {"found": "if you want to add it"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a question of each item."""
        super().__init__(*args, **kwargs)
        for item in checklist().items:
            self.fields[item.code] = forms.ChoiceField(
                label=item.question, choices=list(ANSWERS.items()), widget=forms.RadioSelect, error_messages=_CHOOSE
            )
        self.fields["found"] = forms.CharField(
            label=_("What did you find?"),
            help_text=_("The adviser reads it. Write nothing that they need not know to do better."),
            max_length=MOST_IN_A_NOTE,
            required=False,
            widget=forms.Textarea(attrs={"rows": 6, "class": "input"}),
        )


@post_view(PostRole.SUPERVISOR, methods=FORM)
def checks(request: PostRequest, post: "Post") -> HttpResponseBase:
    """What was drawn before, and a form to draw some records of a colleague."""
    colleagues = [one for one in queries.posts_in(post.organisation_id).filter(is_adviser=True) if one.pk != post.pk]
    form = DrawForm(sent(request), colleagues=colleagues)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            check = operations.draw_check(
                actor=request.user,
                post_id=uuid.UUID(asked["post"]),
                count=asked["count"],
                seed=secrets.randbelow(SEEDS),
                reason=asked["why"],
                among=_with_reason(colleagues, asked),
                check_id=asked["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("pages:check", check.pk)
    context = {"here": "organisation", "form": form, "checks": queries.checks_by(post)}
    return render(request, "pages/checks.html", context)


@post_view(PostRole.SUPERVISOR)
def check(request: PostRequest, post: "Post", check_id: uuid.UUID) -> HttpResponseBase:
    """The records that were drawn, by their labels."""
    found = queries.check_by(post, check_id)
    if found is None:
        raise Http404
    context = {
        "here": "organisation",
        "check": found,
        "reason": BRIEF[Reason(found.reason)] if found.reason else "",
        "drawn": _with_labels(post, queries.checked_in(found)),
    }
    return render(request, "pages/check.html", context)


@post_view(PostRole.SUPERVISOR, methods=PRESS, fresh=True)
def open_checked(request: PostRequest, post: "Post", checked_id: uuid.UUID) -> HttpResponseBase:
    """Open one of them for an hour, to read. The client sees it."""
    found = queries.checked_by(post, checked_id)
    if found is None:
        raise Http404
    try:
        operations.open_checked(actor=request.user, checked_id=checked_id, at=now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("pages:check", found.of_id)
    return redirect("pages:findings", checked_id)


@post_view(PostRole.SUPERVISOR, methods=FORM)
def findings(request: PostRequest, post: "Post", checked_id: uuid.UUID) -> HttpResponseBase:
    """Answer the checklist for one record, and sign."""
    found = queries.checked_by(post, checked_id)
    if found is None or found.look is None or found.signed_at is not None:
        raise Http404
    form = FindingsForm(sent(request))
    if form.is_valid():
        typed = form.cleaned_data
        answers = {item.code: Answer(typed[item.code]) for item in checklist().items}
        try:
            operations.sign_check(
                actor=request.user, checked_id=checked_id, answers=answers, found=typed["found"], at=now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _t("Signed. The adviser can read it. Your hour in the record has ended."))
            return redirect("pages:check", found.of_id)
    ((_one, label),) = _with_labels(post, [found])
    context = {"here": "organisation", "form": form, "checked": found, "label": label, "checklist": checklist()}
    return render(request, "pages/findings.html", context)


@post_view(PostRole.ADVISER)
def my_checks(request: PostRequest, post: "Post") -> HttpResponseBase:
    """What supervisors found in one's own records."""
    shown = [(label, one, _answered(one)) for one, label in _with_labels(post, queries.checks_of(post))]
    return render(request, "pages/my_checks.html", {"here": "organisation", "shown": shown})


def _answered(one: "CheckedCase") -> list[tuple[str, object]]:
    """The questions that were answered, with the answers."""
    given = one.answers
    return [(item.question, ANSWERS[Answer(given[item.code])]) for item in checklist().items if item.code in given]


def _with_reason(colleagues: "list[Post]", asked: dict[str, Any]) -> list[uuid.UUID] | None:
    """The records of a colleague's list that have a reason; None where any will do. Nobody sees the list."""
    adviser = next((one for one in colleagues if str(one.pk) == asked["post"]), None)
    if not asked["why"] or adviser is None:
        return None
    return ids_of(adviser.user, on=today(), wanted=wanted(why=[asked["why"]]), count=MOST_LOOKED_THROUGH)


def _with_labels(post: "Post", some: "list[CheckedCase]") -> "list[tuple[CheckedCase, str]]":
    labels = queries.labels_of(post.organisation_id, [one.case_id for one in some])
    return [(one, labels.get(one.case_id, "")) for one in some]
