"""The register of requests: ``manage.py rights_request add|identity|pause|resume|answer|list``."""

import datetime as dt
import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms_tracker.refusal import Refusal
from cms_tracker.rights.core.requests import RequestAnswer, RequestKind, RequestWho
from cms_tracker.rights.models import RightsRequest
from cms_tracker.rights.operations import requests
from cms_tracker.web.clock import today


class Command(BaseCommand):
    """Enter what comes, and see by when it has to be answered."""

    help = "The register of requests: when each came, was paused, has to be answered, was answered."

    def add_arguments(self, parser: CommandParser) -> None:
        """One word says what to do."""
        does = parser.add_subparsers(dest="do", required=True)
        add = does.add_parser("add", help="enter a request")
        add.add_argument("label", help="your own word for it; no name")
        add.add_argument("--kind", choices=list(RequestKind), default=RequestKind.ACCESS)
        add.add_argument("--who", choices=list(RequestWho), required=True)
        add.add_argument("--complex", action="store_true", dest="is_complex", help="two months more; tell them so")
        for name, about in [
            ("identity", "they have shown who they are"),
            ("pause", "you asked them what they mean, and wait"),
            ("resume", "they have answered"),
            ("answer", "the request is answered"),
        ]:
            one = does.add_parser(name, help=about)
            one.add_argument("id", type=uuid.UUID)
            one.add_argument("--on", type=dt.date.fromisoformat, help="the day; today if it is left out")
            if name == "answer":
                one.add_argument("--how", choices=list(RequestAnswer), required=True)
        add.add_argument("--on", type=dt.date.fromisoformat, help="the day it came; today if it is left out")
        does.add_parser("list", help="every open request, the most urgent first")

    def handle(self, *, do: str, **given: Any) -> None:
        """Do it, and say by when the request has to be answered."""
        on = given.get("on") or today()
        try:
            match do:
                case "add":
                    self._line(self._add(given, on))
                case "list":
                    self._list()
                case _:
                    self._change(do, given, on)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal

    def _add(self, given: dict[str, Any], on: dt.date) -> RightsRequest:
        return requests.add_request(
            label=given["label"],
            kind=RequestKind(given["kind"]),
            who=RequestWho(given["who"]),
            received_on=on,
            is_complex=given["is_complex"],
        )

    def _change(self, do: str, given: dict[str, Any], on: dt.date) -> None:
        key = given["id"]
        match do:
            case "identity":
                requests.note_identity(request_id=key, on=on)
            case "pause":
                requests.pause(request_id=key, on=on)
            case "resume":
                requests.resume(request_id=key, on=on)
            case _:
                requests.answer(request_id=key, on=on, how=RequestAnswer(given["how"]))
        self._line(RightsRequest.objects.get(pk=key))

    def _list(self) -> None:
        waiting = RightsRequest.objects.filter(answered_on__isnull=True).prefetch_related("pauses")
        for one in sorted(waiting, key=lambda one: requests.due(one) or dt.date.max):
            self._line(one)

    def _line(self, one: RightsRequest) -> None:
        due = requests.due(one)
        if one.answered_on:
            standing = f"answered {one.answered_on}: {one.answer}"
        else:
            standing = f"answer by {due}" if due else "paused"
        self.stdout.write(f"{one.pk}  {one.kind:<12} {one.who:<8} came {one.received_on}  {standing}  {one.label}")
