"""Answers typed over several pages and not saved yet.

They are kept in the session, on the server, so that Back, Reload and Change work without
JavaScript and nothing typed travels in an address. They end with the session, so *Leave this
page* forgets them. What is kept is the text as it was typed: each page's form reads and checks it
again whenever it is used, so a draft can never hold something that was not checked.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.forms import CheckboxSelectMultiple, Field, Form
from django.http import HttpRequest

_BOXES = ("d", "m", "y")  # of a date: cms_tracker.web.forms.DayWidget
_UNSENT = "unsent"
_SECRETS = ("password", "code", "credential", "csrfmiddlewaretoken")
MOST_DRAFTS = 6  # tabs left open and forgotten: the oldest draft goes first


class Draft:
    """The unsaved answers of one set of pages about one thing, by the name of the page."""

    def __init__(self, request: HttpRequest, *name: object) -> None:
        self._session = request.session
        self._key = ":".join(str(part) for part in name)

    @property
    def _all(self) -> dict[str, dict[str, Any]]:
        drafts: dict[str, dict[str, Any]] = self._session.get("drafts", {})
        return drafts

    def answers(self, page: str) -> dict[str, Any] | None:
        """What was typed and ticked on a page, or None where it has not been answered yet."""
        found: dict[str, Any] | None = self._all.get(self._key, {}).get("pages", {}).get(page)
        return found

    def shown(self, page: str) -> dict[str, Any]:
        """What was typed on a page, for a form that shows it again."""
        return as_initial(self.answers(page) or {})

    def reopen(self, page: str) -> None:
        """Forget the answers of one page, so that it is asked again."""
        if self._all.get(self._key, {}).get("pages", {}).pop(page, None) is not None:
            self._session.modified = True

    def keep(self, page: str, form: Form) -> None:
        """Keep what was typed into a form. The caller has checked that it is valid."""
        self.put(page, _typed(form.data, form.fields))

    def put(self, page: str, typed: Mapping[str, Any]) -> None:
        """Begin a page with what was typed into it before, for a form that shows it again."""
        drafts = self._all
        draft = drafts.pop(self._key, {"pages": {}, "entries": {}})
        draft["pages"][page] = dict(typed)
        drafts[self._key] = draft
        self._session["drafts"] = dict(list(drafts.items())[-MOST_DRAFTS:])

    def entry(self, name: str) -> uuid.UUID:
        """The key of a row that saving will make: the same however often it is saved.

        The caller has kept at least one page.
        """
        entries: dict[str, str] = self._all[self._key]["entries"]
        if name not in entries:
            entries[name] = str(uuid.uuid4())
            self._session.modified = True
        return uuid.UUID(entries[name])

    def forget(self) -> None:
        """Drop the draft: it has been saved, or is not wanted."""
        self._all.pop(self._key, None)
        self._session.modified = True


def keep_typed(request: HttpRequest) -> None:
    """Keep what a form has just sent and nobody acted on, for the form's page at the same address.

    Secrets and files are not kept.
    """
    kept = {
        name: values if len(values) > 1 else values[-1]
        for name, values in request.POST.lists()
        if values and not any(word in name for word in _SECRETS)
    }
    Draft(request, _UNSENT, request.path).put(_UNSENT, kept)


def typed_before(request: HttpRequest) -> dict[str, Any]:
    """Give back, once, what ``keep_typed`` kept for this page, as the initial values of its form."""
    draft = Draft(request, _UNSENT, request.path)
    kept = draft.answers(_UNSENT)
    if kept is None or request.method == "POST":
        return {}
    draft.forget()
    return as_initial(kept)


def forget_about(session: SessionBase, thing: object) -> None:
    """Drop everything typed and not saved about one thing: it is deleted, or the person may see it no more."""
    name = str(thing)
    drafts: dict[str, Any] = session.get("drafts", {})
    for key in [key for key in drafts if name in key]:
        del drafts[key]
        session.modified = True
    for key in [key for key in session.keys() if name in key]:  # noqa: SIM118 - a session cannot be gone through
        del session[key]


def as_initial(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as the initial values of a form that shows it again: three boxes of a date as a list."""
    shown = dict(typed.items())
    for name in [name for name in shown if name.endswith("_d")]:
        field = name.removesuffix("_d")
        shown[field] = [shown.get(f"{field}_{box}", "") for box in _BOXES]
    return shown


def _typed(data: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, Any]:
    """The posted values that belong to these fields: of a date its boxes, of boxes to tick those that are ticked."""
    typed: dict[str, Any] = {}
    for name, field in fields.items():
        if isinstance(field.widget, CheckboxSelectMultiple):
            # Kept even where nothing is ticked: shown again, a question left so is not a new one.
            typed[name] = list(field.widget.value_from_datadict(data, {}, name) or [])  # type: ignore[arg-type]
        else:
            typed |= {key: str(data[key]) for key in (name, *(f"{name}_{box}" for box in _BOXES)) if key in data}
    return typed
