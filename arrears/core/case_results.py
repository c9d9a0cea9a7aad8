"""What came of the work on a case, in a case file (docs/reference/case-file.md)."""

from arrears.core.case_values import Result, ResultKind, ResultMeans, ResultStage
from arrears.core.strict_json import Fields, Json, day, filled, money, struck_out, tail

MOST_RESULTS = 200
MOST_CHILDREN = 20


def read_results(fields: Fields) -> tuple[Result, ...]:
    """The results of a case file."""
    return fields.items("results", _result, most=MOST_RESULTS)


def write_results(results: tuple[Result, ...]) -> list[Json]:
    """The list as a case file holds it."""
    return [
        filled(
            {
                "on": day(one.on),
                "kind": one.kind.value,
                "stage": one.stage.value,
                "means": one.means.value,
                "gained": money(one.gained or None),
                "children": one.children or None,
                **tail(one.note, one.struck_out),
            }
        )
        for one in results
    ]


def _result(fields: Fields) -> Result:
    return Result(
        on=fields.date("on"),
        kind=fields.choice("kind", ResultKind),
        stage=fields.choice("stage", ResultStage),
        means=fields.choice("means", ResultMeans),
        gained=fields.optional_amount("gained") or 0,
        children=fields.number("children", default=0, most=MOST_CHILDREN),
        note=fields.text("note", default=""),
        struck_out=fields.part("struck_out", struck_out),
    )
