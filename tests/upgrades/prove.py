"""`python -m tests.upgrades.prove NAME`: what is there, in the installation that the environment names, as JSON.

The proofs, how many rows each table has, the figures of the cases whose figures were kept under that name,
and what people meet who sign in. One process for all of it: each start costs a second.
"""

import json
import sys
import tempfile
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import django

from tests.upgrades import kept
from tests.upgrades.visit import visit

PROOFS = ("verify_files", "verify_audit", "roll_forward", "verify_ledger")


def prove(name: str) -> dict[str, object]:
    """Run the proofs and look."""
    figures = kept(name)["figures"]
    proofs = {proof: _said(proof) for proof in PROOFS}
    return {"proofs": proofs, "rows": _rows(), "figures": _figures(figures), "visit": visit()}


def _said(command: str, *arguments: str) -> str:
    from django.core.management import call_command

    out, err = StringIO(), StringIO()
    try:
        call_command(command, *arguments, stdout=out, stderr=err)
    except SystemExit as error:
        return f"ended with {error.code}: {out.getvalue()}{err.getvalue()}"
    return out.getvalue()


def _rows() -> dict[str, int]:
    from django.db import connection

    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def _figures(of: Mapping[str, Mapping[str, Mapping[str, str]]]) -> dict[str, dict[str, Any]]:
    from cases.models import Case

    answer: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for case in Case.objects.filter(reference__in=of):
            file = str(Path(folder, str(case.pk)))
            _said("export_case", str(case.pk), "--output", file)
            for day, figures in of[case.reference].items():
                told = json.loads(_said("position", file, "--on", day, "--json"))
                answer.setdefault(case.reference, {})[day] = {figure: told[figure] for figure in figures}
    return answer


if __name__ == "__main__":
    django.setup()
    json.dump(prove(sys.argv[1]), sys.stdout)
