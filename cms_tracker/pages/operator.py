"""The page of whoever runs the site: what is wrong first, then how everything stands. It names nobody and no record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from cms_tracker import version
from cms_tracker.language import say
from cms_tracker.pages.core import watching
from cms_tracker.pages.core.watching import Standing
from cms_tracker.pages.standing import standing
from cms_tracker.watch import queries as watch
from cms_tracker.web.clock import now
from cms_tracker.web.gates import operators
from correspondence.core.jobs import JobKind, JobState
from correspondence.core.reminder_rules import ReminderState

_PARTS = {
    "database": _("The database"),
    "migrations": _("The tables of this version"),
    "files": _("Where files are kept"),
    "broker": _("The broker"),
    "worker": _("A worker"),
}
_KINDS = {
    JobKind.LETTER: _("Letters"),
    JobKind.BUNDLE: _("Bundles"),
    JobKind.STATEMENT: _("Statements"),
    JobKind.EVERYTHING: _("Copies of everything of one person"),
}
_STATES = {
    JobState.QUEUED: _("waiting"),
    JobState.RENDERING: _("being made"),
    JobState.FAILED: _("not made"),
}
_REMINDERS = {
    ReminderState.CLAIMED: _("Taken up, and not yet handed over"),
    ReminderState.HANDED: _("Being handed to the mail server"),
    ReminderState.UNSURE: _("Broken off: nobody knows whether they left"),
    ReminderState.FAILED: _("Not sent"),
}


@operators()
def operator(request: HttpRequest) -> HttpResponse:
    """How the installation fares at this moment, in plain words with dates."""
    found = standing(at=now())
    context = {
        "at": found.at,
        "alerts": watching.on(found),
        "parts": [(_PARTS[name], is_well) for name, is_well in found.parts().items()],
        "dates": _dates(found),
        "papers": [
            (_KINDS[JobKind(one.kind)], _STATES[JobState(one.state)], one.count, one.since) for one in found.papers
        ],
        "times": [
            (_KINDS[JobKind(one.kind)], one.papers, one.milliseconds / 1000 / one.papers)
            for one in watch.makings()
            if one.papers
        ],
        "reminders": [
            (words, found.reminders[state]) for state, words in _REMINDERS.items() if state in found.reminders
        ],
        "runs": sorted(found.runs.items()),
        "marked": found.marked,
        "free": found.free,
        "room": found.room,
        "version": version.current(),
    }
    return render(request, "pages/operator.html", context)


def _dates(found: Standing) -> list[tuple[str, object]]:
    return [
        (say("A worker last did its round"), found.worker_at),
        (say("Lists were last brought up to date"), found.rolled_at),
        (say("The last anchor of the audit"), found.anchor_at),
        (say("The last backup noted here"), found.backup_at),
    ]
