"""The ``inputs`` of an estimate as JSON, read strictly, and its answer as JSON.

The fields are those of ``tests/examples/calculator_cases.json``; docs/reference/commands.md lists them.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from arrears.core.case_values import CaseFileError
from arrears.core.estimate.calculation import estimate
from arrears.core.estimate.values import (
    MOST_CHILDREN,
    MOST_NIGHTS,
    Child,
    Estimate,
    EstimateError,
    Every,
    Income,
    Question,
    Step,
)
from arrears.core.strict_json import Fields, load
from cms_tracker.language import mark, say
from cms_tracker.money import AmountError, parse_typed, plain, round_half_up

Answer = dict[str, Any]

NOTICE = mark("An illustration from the published rules. CMS decides.")
_INCOMES = (
    ("gross_weekly_income", Every.WEEK),
    ("gross_monthly_income", Every.MONTH),
    ("gross_annual", Every.YEAR),
)
_PENSIONS = {
    Every.WEEK: "private_pension_weekly",
    Every.MONTH: "private_pension_monthly",
    Every.YEAR: "private_pension_annual",
}
_WITH_NOTE = re.compile(r"([^ (]+) \(.*\)")  # "70000 (replaced)": the cases note beside a figure what became of it


def answers(content: str | bytes, *, on: dt.date) -> Answer | list[Answer]:
    """The answer to each ``inputs`` object: one for one, a list for a list or for a whole file of cases.

    CaseFileError names the field that is wrong.
    """
    found = load(content)
    if isinstance(found, list):
        return [_answer(one, f"[{place}]", on) for place, one in enumerate(found)]
    if isinstance(found, dict) and "cases" in found:
        return list(_file(found, on))
    if isinstance(found, dict) and "inputs" in found:
        return _answer(found["inputs"], "inputs", on)
    return _answer(found, "", on)


def _file(found: dict[str, object], on: dt.date) -> Iterator[Answer]:
    """The answers to a whole file's cases, each under its id."""
    for name in ("cases", "multi_receiving_parent_cases"):
        cases = found.get(name, [])
        if not isinstance(cases, list):
            raise CaseFileError(name, say("must be a list"))
        for place, one in enumerate(cases):
            where = f"{name}[{place}]"
            if not isinstance(one, dict) or "inputs" not in one:
                raise CaseFileError(f"{where}.inputs", say("is missing"))
            yield {"id": one.get("id", where)} | _answer(one["inputs"], f"{where}.inputs", on)


def _answer(value: object, path: str, on: dt.date) -> Answer:
    fields = Fields(value, path)
    question = read(fields, on=on)
    try:
        return as_json(estimate(question))
    except EstimateError as error:
        raise CaseFileError(error.field if error.field == "on" else fields.at(error.field), error.message) from None


def read(fields: Fields, *, on: dt.date) -> Question:
    """The question in one ``inputs`` object; a field nobody knows is refused by name."""
    on_benefit, pays_nothing = _yes(fields, "on_prescribed_benefit"), _yes(fields, "pays_nothing")
    before = _before_care(fields)
    question = Question(
        on=on,
        income=_income(fields, is_needed=not (on_benefit or pays_nothing) and before is None),
        children=_children(fields),
        other_children=_count(fields, "roc" if fields.has("roc") else "relevant_other_children"),
        other_arrangements=_count(fields, "other_arrangement_children"),
        on_benefit=on_benefit,
        pays_nothing=pays_nothing,
        before_care=before,
    )
    fields.done()
    return question


def as_json(found: Estimate) -> Answer:
    """An estimate as the command answers it: amounts to the penny as text, ``exact`` in pounds as a fraction."""
    return {
        "rate": found.rate.value if found.rate else None,
        "weekly": plain(found.weekly),
        "shares": [{"with": one.parent, "weekly": plain(one.weekly)} for one in found.shares],
        "steps": [_step(one) for one in found.steps],
        "on": found.on.isoformat(),
        "notice": NOTICE,
    }


def as_text(found: Answer | list[Answer]) -> str:
    """The same answers in a few plain lines each."""
    return "\n\n".join(_text(one) for one in (found if isinstance(found, list) else [found]))


def _text(answer: Answer) -> str:
    rate = (
        say("{replace} rate", replace=answer["rate"].replace("_", " ")) if answer["rate"] else say("the given amount")
    )
    steps = [f"  {step['says']} {step['result']}" for step in answer["steps"]]
    name = f"{answer['id']}: " if "id" in answer else ""
    return "\n".join(
        [
            say(
                "{name}£{answer} a week, {rate}. {notice}", name=name, answer=answer["weekly"], rate=rate, notice=NOTICE
            ),
            *steps,
        ]
    )


def _step(step: Step) -> dict[str, object]:
    said: dict[str, object] = {
        "kind": step.kind.value,
        "says": step.says,
        "lines": [{"says": line.says, "amount": plain(round_half_up(line.amount))} for line in step.lines],
        "result": plain(round_half_up(step.result)),
        "exact": str(step.result / 100),
    }
    if step.rate is not None:
        said |= {"source": step.rate.source, "url": step.rate.url, "checked": step.rate.checked.isoformat()}
    return said


def _income(fields: Fields, *, is_needed: bool) -> Income | None:
    given = [(name, every) for name, every in _INCOMES if fields.has(name)]
    if len(given) > 1:
        fields.refuse(given[1][0], say("is one income too many beside {given}", given=given[0][0]))
    if not given:
        if is_needed:
            fields.refuse(_INCOMES[0][0], say("is missing"))
        return None
    name, every = given[0]
    amount = _optional_money(fields, name)
    pension, held = _optional_money(fields, _PENSIONS[every]), _held(fields, every)
    if amount is None and is_needed:
        fields.refuse(name, say("may be null only for a parent on a listed benefit"))
    return None if amount is None else Income(amount=amount, every=every, pension=pension or 0, held=held)


def _held(fields: Fields, every: Every) -> int | None:
    """The yearly figure that CMS holds, which only a yearly income can stand beside."""
    if not fields.has("hmrc_figure_annual"):
        return None
    if every is not Every.YEAR:
        fields.refuse("hmrc_figure_annual", say("needs gross_annual beside it"))
    text = fields.text("hmrc_figure_annual")
    noted = _WITH_NOTE.fullmatch(text)
    return _parse(fields, "hmrc_figure_annual", noted[1] if noted else text)


def _before_care(fields: Fields) -> int | None:
    for name in ("weekly_before_shared_care", "weekly_total"):
        if fields.has(name):
            return _money(fields, name)
    return None


def _children(fields: Fields) -> tuple[Child, ...]:
    if fields.has("children_with"):
        return _counted_children(fields)
    if fields.has("children"):
        children = fields.items("children", _child)
        if not 1 <= len(children) <= MOST_CHILDREN:
            fields.refuse("children", say("must be 1 to {most_children}", most_children=MOST_CHILDREN))
        return children
    count = fields.take("qualifying_children")
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MOST_CHILDREN:
        fields.refuse(
            "qualifying_children", say("must be a whole number from 1 to {most_children}", most_children=MOST_CHILDREN)
        )
    return tuple(Child(nights=one) for one in _nights(fields, count))


def _nights(fields: Fields, count: int) -> list[int]:
    name = "nights_per_year_per_child"
    found = fields.take(name)
    if not isinstance(found, list) or len(found) != count:
        fields.refuse(name, say("must be a list of {count_of}, one number for each child", count_of=count))
    for place, one in enumerate(found):
        if isinstance(one, bool) or not isinstance(one, int) or not 0 <= one <= MOST_NIGHTS:
            fields.refuse(
                f"{name}[{place}]", say("must be a whole number from 0 to {most_nights}", most_nights=MOST_NIGHTS)
            )
    return found


def _child(fields: Fields) -> Child:
    name = fields.text("name", default="", longest=80)
    return Child(
        nights=fields.number("nights", default=0, most=MOST_NIGHTS),
        parent=fields.text("with", default=name, longest=80),
        equal_care=_yes(fields, "equal_care"),
    )


def _counted_children(fields: Fields) -> tuple[Child, ...]:
    """Children as so many with each receiving parent: ``{"Alison": 2, "Kathryn": 1}``."""
    value = fields.take("children_with")
    parents = Fields(value, fields.at("children_with"))
    names = [str(name) for name in value] if isinstance(value, dict) else []
    counts = [(name, parents.number(name, default=0, most=MOST_CHILDREN)) for name in names]
    children = tuple(Child(parent=name) for name, count in counts for _ in range(count))
    if not 1 <= len(children) <= MOST_CHILDREN:
        fields.refuse("children_with", say("must be 1 to {most_children}", most_children=MOST_CHILDREN))
    return children


def _count(fields: Fields, name: str) -> int:
    return fields.number(name, default=0, most=MOST_CHILDREN)


def _yes(fields: Fields, name: str) -> bool:
    value = fields.take(name) if fields.has(name) else False
    if not isinstance(value, bool):
        fields.refuse(name, say("must be true or false"))
    return value


def _optional_money(fields: Fields, name: str) -> int | None:
    """An amount that may be absent or null."""
    if not fields.has(name):
        return None
    value = fields.take(name)
    return None if value is None else _parse(fields, name, value)


def _money(fields: Fields, name: str) -> int:
    return _parse(fields, name, fields.take(name))


def _parse(fields: Fields, name: str, value: object) -> int:
    if not isinstance(value, str):
        fields.refuse(name, say('must be an amount as text, such as "260.00"'))
    try:
        return parse_typed(value)
    except AmountError as error:
        fields.refuse(name, str(error))
