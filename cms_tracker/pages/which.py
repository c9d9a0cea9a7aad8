"""Is it the amount, or how you were treated? The question for people who are not signed in; nothing is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms_tracker.web.gates import public
from correspondence.core.challenge_cards import question_page
from correspondence.core.challenge_question import answers
from correspondence.forms.challenges import WhichForm


@public()
def which(request: HttpRequest) -> HttpResponse:
    """The question, and what follows from an answer in each nation."""
    form = WhichForm(request.GET if {"it", "asked"} & request.GET.keys() else None)
    page = question_page(form.which(), nation=None) if form.is_valid() else None
    return render(request, "pages/which.html", {"form": form, "page": page, "examples": answers()})
