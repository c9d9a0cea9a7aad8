"""Enter many letters and payments at once: a grid for the keyboard, and rows pasted from a spreadsheet."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import queries as arrears
from cases.core.facts import Perspective, ServicePeriod
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.pages import grid_entry
from cms_tracker.pages.core import grid
from cms_tracker.pages.core.grid import Read
from cms_tracker.pages.core.grid_rows import Column, Problem, Row, Value, What
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM

if TYPE_CHECKING:
    from cases.models import Case

ROWS = 8  # empty rows on a fresh page
MORE = 10
MOST_IN_GRID = 60  # cells of more rows than this are no longer one form
MOST = 2_000  # rows at a time, pasted ones among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of the grid as the page shows it; ``error`` is why it has to change."""

    name: str
    column: Column
    value: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the grid: its place, from 1, and its cells."""

    number: int
    cells: list[Cell]

    @property
    def errors(self) -> list[Cell]:
        """The cells that have to change."""
        return [cell for cell in self.cells if cell.error]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was sent: every row, wherever on the page it stood, and what the person asked for."""

    rows: list[Row]
    batch: uuid.UUID
    act: str
    also_again: bool


@case_view(Permission.RECORD, FORM)
def many(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Show the grid; check what was typed or pasted row by row; save what is right and keep the rest."""
    if request.method != "POST":
        rows = grid.from_lines(request.session.get(_kept(case), ""))
        return _page(request, case, Typed(rows=rows, batch=uuid.uuid4(), act="check" if rows else "", also_again=False))
    typed = _typed(request)
    if typed.act == "forget":
        request.session.pop(_kept(case), None)
        return redirect("pages:many", case_id=case.pk)
    if typed.act == "save":
        return _save(request, case, typed)
    request.session[_kept(case)] = grid.to_lines(typed.rows)
    return _page(request, case, typed)


def _save(request: CaseRequest, case: "Case", typed: Typed) -> HttpResponseBase:
    read = _read(case, typed)
    right = [row.value for row in read if row.value is not None and _is_wanted(row, row.value, typed)]
    wrong = [row.row for row in read if row.problems]
    try:
        count = grid_entry.enter(actor=request.user, case=case, values=right)
    except Refusal as refusal:
        return _page(request, case, typed, refused=refusal.message)
    messages.success(
        request,
        say("{count_of} {part} in the record.", count_of=count, part=say("row is") if count == 1 else say("rows are")),
    )
    request.session[_kept(case)] = grid.to_lines(wrong)
    if wrong:
        return redirect("pages:many", case_id=case.pk)
    request.session.pop(_kept(case), None)
    return redirect("correspondence:timeline", case_id=case.pk)


def _is_wanted(row: Read, value: Value, typed: Typed) -> bool:
    return not row.is_again or (typed.also_again and grid.can_happen_twice(value))


def _read(case: "Case", typed: Typed) -> list[Read]:
    """Every row read, and put beside what the record holds already."""
    known = grid.recorded(arrears.facts_for(case))
    found = grid.read(typed.rows[:MOST], on=today(), side=Perspective(case.perspective), batch=typed.batch, known=known)
    problems = grid_entry.clashes(case, found)
    return [
        replace(row, value=None, problems=(problems[row.number],)) if row.number in problems else row for row in found
    ]


def _page(request: CaseRequest, case: "Case", typed: Typed, *, refused: str = "") -> HttpResponseBase:
    read = _read(case, typed)
    opened = typed.act in {"open", "more"}
    right = [] if opened else [row for row in read if row.value is not None]
    shown = read if opened else [row for row in read if row.problems]
    lines, rest = shown[:MOST_IN_GRID], [*(row.row for row in shown[MOST_IN_GRID:]), *typed.rows[MOST:]]
    blank = MORE if typed.act == "more" else ROWS if not lines else 3
    new = [row for row in right if not row.is_again]
    services = [
        *(one for one in grid.recorded(arrears.facts_for(case)) if isinstance(one, ServicePeriod)),
        *(row.value for row in right if isinstance(row.value, ServicePeriod)),
    ]
    context = {
        "case": case,
        "here": "many",
        "refused": refused,
        "batch": typed.batch,
        "lines": _lines(lines, blank, is_typing=typed.act == "more"),
        "whats": list(What),
        "held": grid.to_lines(row.row for row in right),
        "new": [_shown(row.row, row.value, services) for row in new if row.value is not None],
        "kinds": [(count, kind) for kind, count in Counter(row.row.what for row in new).most_common()],
        "can_repeat": any(row.is_again and row.value and grid.can_happen_twice(row.value) for row in right),
        "again": [row for row in right if row.is_again],
        "paste": grid.to_lines(rest),
        "too_many": len(typed.rows) > MOST,
        "most": MOST,
        "wrong": 0 if typed.act == "more" else sum(bool(row.problems) for row in read),
        "is_unknown": any(problem.column is Column.WHAT for row in read for problem in row.problems),
        "checked": typed.act not in {"", "more"},
        "can_open": len(read) <= MOST_IN_GRID,
        "on": today(),
    }
    return render(request, "pages/many.html", context)


def _shown(row: Row, value: Value, services: Sequence[ServicePeriod]) -> dict[str, object]:
    """A right row as the page lists it: as it was understood, not as it was typed."""
    return {"row": row, "as": grid.understood(value), "doubt": grid.doubt(value, services)}


def _lines(shown: Sequence[Read], blank: int, *, is_typing: bool) -> list[Line]:
    """The rows of the grid, and empty ones after them. Nobody is told of errors while still typing."""
    filled = [_line(place, one.row, () if is_typing else one.problems) for place, one in enumerate(shown, start=1)]
    return [*filled, *(_line(len(filled) + place, Row(), ()) for place in range(1, blank + 1))]


def _line(number: int, row: Row, problems: tuple[Problem, ...]) -> Line:
    return Line(
        number=number,
        cells=[
            Cell(
                name=f"{column}-{number}",
                column=column,
                value=getattr(row, column),
                error=next((one.text for one in problems if one.column is column), ""),
            )
            for column in Column
        ],
    )


def _typed(request: HttpRequest) -> Typed:
    """Every row of the form: those held as right, those of the grid, those pasted."""
    post = request.POST
    numbers = range(1, MOST_IN_GRID + ROWS + MORE + 1)
    cells: Sequence[Row] = [Row.cut(post.get(f"{column}-{number}", "") for column in Column) for number in numbers]
    rows = [*grid.from_lines(post.get("held", "")), *(row for row in cells if not row.is_blank)]
    try:
        batch = uuid.UUID(post.get("batch", ""))
    except ValueError:
        batch = uuid.uuid4()
    return Typed(
        rows=[*rows, *grid.from_lines(post.get("paste", ""))],
        batch=batch,
        act=post.get("act", "check"),
        also_again="again" in post,
    )


def _kept(case: "Case") -> str:
    return f"many:{case.pk}"
