"""Money in, money out, and the offer that is left: signed out without a trace, or kept on a record."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import operations, queries
from arrears.core.affordability import afford, offer
from arrears.core.case_values import Proposal
from arrears.core.other_facts import Budget, BudgetCategory, BudgetLine, Every
from arrears.forms.budget import BudgetForm, OfferForm, TryBudgetForm
from arrears.presenters import budget as words
from arrears.presenters.plans import two_year_rule
from cases.core.facts import Frequency, Perspective
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.gates import public
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case


@public(FORM)
def try_budget(request: HttpRequest) -> HttpResponseBase:
    """Add a budget up on the page itself. Nothing is stored, and nothing stands in the address."""
    on = today()
    answer = None
    if request.POST.get("do") == "add":
        form = TryBudgetForm.with_a_line_more(request.POST, on=on)
    else:
        form = TryBudgetForm(sent(request), on=on)
        if form.is_valid():
            data = form.cleaned_data
            carried = offer(
                afford(form.lines()),
                frequency=Frequency(data["frequency"]),
                first_payment_on=data["first"] or _next_month(on),
                arrears=data["arrears"],
            )
            answer = words.answer(form.lines(), carried, arrears=data["arrears"], on=on)
    return render(
        request, "arrears/budget_try.html", {"form": form, "answer": answer, "rule": two_year_rule(on)}
    )  # fmt: skip


@case_view(Permission.RECORD, FORM)
def new_budget(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Keep a budget on the record of a parent who pays. The record of a parent who receives has none."""
    on = today()
    if Perspective(case.perspective) is not Perspective.PAYING:
        return render(request, "arrears/budget_new.html", {"case": case, "here": "plans", "form": None})
    if request.POST.get("do") == "add":
        form = BudgetForm.with_a_line_more(request.POST)
    elif (typed := sent(request)) is None:
        return _begin(request, case, on)
    else:
        form = BudgetForm(typed)
        if form.is_valid():
            key = form.cleaned_data["entry"] or uuid.uuid4()
            try:
                operations.record_fact(
                    actor=request.user, case=case, fact=Budget(on=on, lines=form.lines(), id=str(key))
                )  # fmt: skip
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, say("The budget is on your record."))
                return redirect("arrears:budget", case.pk, key)
    return render(request, "arrears/budget_new.html", {"case": case, "here": "plans", "form": form})


@case_view(Permission.RECORD, FORM)
def kept_budget(request: CaseRequest, case: "Case", budget_id: uuid.UUID) -> HttpResponseBase:
    """A kept budget: what it leaves, and an offer to make of that."""
    on = today()
    ground = queries.budget_ground(case, on=on)
    found = next((one for one in ground.budgets if one.id == str(budget_id)), None)
    if found is None:
        raise Http404
    carried = offer(
        afford(found.lines), frequency=Frequency.MONTHLY, first_payment_on=_next_month(on), arrears=ground.arrears
    )
    form = OfferForm(sent(request), on=on, initial=_as_carried(carried.part if carried else None, on))
    stands = carried is not None and found.struck_out is None
    if stands and form.is_valid() and _keep(request, case, form, found, ground.arrears):
        messages.success(request, say("The offer is kept. CMS is told nothing until you send it."))
        return redirect("arrears:compare", case.pk)
    return render(
        request,
        "arrears/budget.html",
        {
            "case": case,
            "here": "plans",
            "budget": found,
            "arrears": ground.arrears,
            "answer": words.answer(found.lines, carried, arrears=ground.arrears, on=on),
            "lacks_ongoing": bool(ground.weekly) and not afford(found.lines).ongoing,
            "weekly": ground.weekly,
            "form": form if stands else None,
            "rule": two_year_rule(on),
            "may_record": Permission.RECORD in request.rights,
        },
    )


def _keep(request: CaseRequest, case: "Case", form: OfferForm, budget: Budget, arrears: int) -> bool:
    """Keep the offer as a plan to compare; False, with the reason on the form, where it is refused."""
    data = form.cleaned_data
    most = offer(
        afford(budget.lines), frequency=data["frequency"], first_payment_on=data["first"], arrears=arrears
    )  # fmt: skip
    if most is None or data["part"] > most.part:
        left = pounds(most.part if most else 0)
        form.refuse(
            Refusal(say("This budget leaves {left} for each payment. Offer that or less.", left=left), field="part")
        )
        return False
    terms = Proposal(
        label=data["label"],
        arrears=arrears,
        first_payment_on=data["first"],
        frequency=data["frequency"],
        total=data["part"] + most.ongoing,
        ongoing=most.ongoing,
        net_income=most.net_income,
    )
    try:
        operations.keep_proposal(actor=request.user, case=case, proposal=terms, entry_id=data["entry"])
    except Refusal as refusal:
        form.refuse(Refusal(refusal.message))
        return False
    return True


def _begin(request: CaseRequest, case: "Case", on: dt.date) -> HttpResponseBase:
    """The page before anything is typed: the last budget, and the maintenance that the record says is due."""
    ground = queries.budget_ground(case, on=on)
    last = next((one for one in reversed(ground.budgets) if one.struck_out is None), None)
    lines = last.lines if last else ()
    ongoing = BudgetCategory.ONGOING_MAINTENANCE
    if ground.weekly and all(one.category is not ongoing for one in lines):
        lines = (*lines, BudgetLine(category=ongoing, amount=ground.weekly, every=Every.WEEK))
    form = BudgetForm.begun(lines)
    return render(
        request, "arrears/budget_new.html", {"case": case, "here": "plans", "form": form, "last": last}
    )  # fmt: skip


def _as_carried(part: int | None, on: dt.date) -> dict[str, object]:
    return {"label": say("My offer"), "part": part, "frequency": Frequency.MONTHLY.value, "first": _next_month(on)}


def _next_month(on: dt.date) -> dt.date:
    """The first day of the next month."""
    return (on.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
