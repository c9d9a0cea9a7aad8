"""`python tests/upgrades/leave.py NAME`: keep the installation that the environment names, for later upgrades.

Run in the folder of the version that made it, on SQLite, on what `prepare` filled and nothing else; the name
begins with the day. Beside the rows it keeps the commit, the figures that this version gives, and the keys, which
were made for this and seal nothing else. It needs nothing of the project but its commands, so that an older
version can be kept too.
"""

import base64
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LEFT_OUT = {
    "django_content_type",
    "auth_permission",
    "django_session",
    "sqlite_sequence",
}  # made anew, or worth nothing
KEYS = ("SECRET_KEY", "FIELD_KEYS", "AUDIT_KEY")
DAYS = ("2024-02-21", "2026-11-22")  # the day of a published ruling, and a day when every case of the demo had begun
FIGURES = ("due", "paid", "outstanding", "overdue", "fees_outstanding", "credit")


def leave(data: Path, name: str) -> Path:
    """Write every row and every private file of an installation to a file of this folder."""
    with sqlite3.connect(f"file:{data / 'records.sqlite3'}?mode=ro", uri=True) as connection:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        tables = {
            table: _rows(connection, table)
            for (table,) in connection.execute(query).fetchall()
            if table not in LEFT_OUT
        }
    migrations: dict[str, list[str]] = {}
    applied = tables.pop("django_migrations")
    for row in applied["rows"]:
        found = dict(zip(applied["columns"], row, strict=True))
        migrations.setdefault(found["app"], []).append(found["name"])
    files = data / "files"
    kept = {
        "commit": _said("git", "rev-parse", "HEAD").strip(),
        "keys": {key: os.environ[key] for key in KEYS if key in os.environ},
        "migrations": {app: sorted(names) for app, names in sorted(migrations.items())},
        "figures": dict(_figures(tables["cases_case"])),
        "files": {
            str(path.relative_to(files)): base64.b64encode(path.read_bytes()).decode()
            for path in sorted(files.glob("*/*"))
        },
        "tables": tables,
    }
    path = Path(__file__).with_name(f"{name}.json")
    path.write_text(_one_row_a_line(kept), encoding="utf-8")
    return path


def _rows(connection: sqlite3.Connection, table: str) -> dict[str, Any]:
    found = connection.execute(f'SELECT * FROM "{table}" ORDER BY 1')
    columns = [one[0] for one in found.description]
    return {"columns": columns, "rows": [[_plain(value) for value in row] for row in found]}


def _plain(value: object) -> object:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _figures(cases: dict[str, Any]) -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
    """What this version says of each case, by its reference and by day; one without an owner is left out."""
    manage = (sys.executable, "manage.py")
    for row in cases["rows"]:
        case = dict(zip(cases["columns"], row, strict=True))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "case.json")
            if subprocess.run([*manage, "export_case", case["id"], "--output", str(file)], check=False).returncode:
                continue
            told = {day: json.loads(_said(*manage, "position", str(file), "--on", day, "--json")) for day in DAYS}
        yield case["reference"], {day: {figure: one[figure] for figure in FIGURES} for day, one in told.items()}


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _one_row_a_line(kept: dict[str, Any]) -> str:
    """JSON in which a row is a line: small, and readable where it differs."""
    tables = ",\n".join(
        f'{json.dumps(table)}: {{"columns": {json.dumps(found["columns"])}, "rows": [\n'
        + ",\n".join(json.dumps(row, ensure_ascii=False) for row in found["rows"])
        + "\n]}"
        for table, found in kept["tables"].items()
        if found["rows"]
    )
    rest = (f"{json.dumps(name)}: {json.dumps(part)}" for name, part in kept.items() if name != "tables")
    return "{\n" + ",\n".join([*rest, f'"tables": {{\n{tables}\n}}']) + "\n}\n"


if __name__ == "__main__":
    sys.stdout.write(f"{leave(Path(os.environ['CMS_DATA_DIR']), sys.argv[1])}\n")
