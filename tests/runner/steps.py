"""The steps of the whole test run, each one a command that a person can also run by hand."""

import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

#: Variables that would lead a test to somebody's real data, or change what it sees.
_FORGOTTEN = re.compile(
    r"SECRET_KEY|FIELD_KEYS|AUDIT_KEY|ALLOWED_HOSTS|DATABASE_URL|DATABASE_POOLED|REDIS_URL|CMS_LOCAL|CMS_DATA_DIR|SITE_NAME|SITE_URL|EXIT_URL|BEHIND_TLS_PROXY|PRIVATE_NETWORK|(?:DJANGO_)?DEBUG"
    r"|S3_\w+|EMAIL_\w+|DEFAULT_FROM_EMAIL|DJANGO_SETTINGS_MODULE|PYTEST_ADDOPTS|PYTHONDONTWRITEBYTECODE",
)
MOST_SECONDS = 9000  # the longest takes half an hour, twice that beside other work; one that hangs has to end
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, kw_only=True)
class Step:
    """A command, run in the project's folder in an environment of its own."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_pytest(self) -> bool:
        """Tell whether its last line is pytest's."""
        return "pytest" in self.command

    def run(self) -> "Outcome":
        """Run it to its end, or for ``MOST_SECONDS``, and keep what it said.

        What it says goes to a file: a pipe would stay open, and keep us waiting, for as long as any
        browser or server that it started and lost. Those end with it, since they are of its group.
        """
        began = time.monotonic()
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
            process = subprocess.Popen(
                list(self.command),
                cwd=ROOT,
                env={**clean_environment(), **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                exit_code: int | None = process.wait(timeout=MOST_SECONDS)
            except subprocess.TimeoutExpired:
                exit_code = None
            finally:
                _end_group(process)
            said.seek(0)
            output = said.read()
        if exit_code is None:
            output += f"\nended after {MOST_SECONDS} s\n"
        return Outcome(step=self, ok=exit_code == 0, output=output, seconds=time.monotonic() - began)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a step ended."""

    step: Step
    ok: bool
    output: str
    seconds: float

    @property
    def word(self) -> str:
        """One word for the table."""
        return "ok" if self.ok else "FAILED"

    @property
    def last_line(self) -> str:
        """What it said last, without pytest's ruling."""
        lines = [line for line in _COLOUR.sub("", self.output).splitlines() if line.strip()]
        return lines[-1].strip("= ") if lines else ""


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def clean_environment() -> dict[str, str]:
    """Return our environment without what would lead a test to real data, and with a place for bytecode.

    A run starts dozens of Pythons. Where none of them may keep what it compiled, each compiles
    Django and pytest anew, which takes longer than most of what it then does. What they keep
    stands in the virtual environment, so that none of it lies among the sources.
    """
    kept = {name: value for name, value in os.environ.items() if not _FORGOTTEN.fullmatch(name)}
    return {"PYTHONPYCACHEPREFIX": str(Path(sys.prefix, "bytecode")), **kept}


def _module(*arguments: str) -> list[str]:
    return [sys.executable, "-m", *arguments]


def _manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


def pytest(*arguments: str) -> list[str]:
    """Return the command that runs pytest, quietly, with the reasons of what did not pass."""
    return _module("pytest", "-q", *arguments)


# With keys given, manage.py keeps none; no database file is read or written.
_APART = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "FIELD_KEYS": secrets.token_urlsafe(32),
    "AUDIT_KEY": secrets.token_urlsafe(32),
    "CMS_DATA_DIR": str(Path(tempfile.gettempdir(), "no-such-folder")),
}
_HERE = {**_APART, "CMS_LOCAL": "1"}
_ON_A_SERVER = {
    **_APART,
    "ALLOWED_HOSTS": "records.example",
    "SITE_URL": "https://records.example",
    "REDIS_URL": "rediss://:password@broker.example:6379/0",
    "BEHIND_TLS_PROXY": "1",
    "CMS_LOCAL": "0",
}

STATIC = [
    Step(name="lint", command=_module("ruff", "check", "--quiet")),
    Step(name="format", command=_module("ruff", "format", "--check")),
    Step(name="imports", command=[str(Path(sys.executable).parent / "lint-imports"), "--no-logo"]),
    Step(name="types", command=_module("mypy")),
    Step(name="migrations", command=_manage("makemigrations", "--check", "--dry-run"), environment=_HERE),
    Step(
        name="deployment",
        command=_manage("check", "--deploy", "--fail-level=WARNING"),
        environment=_ON_A_SERVER,
    ),
    Step(name="advisories", command=_module("tests.runner.advisories")),
]
# Counting lines makes the engine run at less than half its speed, and what a property happens to draw
# should not decide whether a line counts as tested: the examples written by hand cover core/ alone.
UNIT = Step(
    name="unit, core covered",
    command=pytest(
        "tests/unit",
        "-m",
        "not hypothesis",
        "--cov=cases.core",
        "--cov=arrears.core",
        "--cov=correspondence.core",
        "--cov-report=term-missing:skip-covered",
        "--cov-fail-under=100",
    ),
)
PROPERTIES = Step(name="unit, properties", command=pytest("tests/unit", "-m", "hypothesis"))
ON_SQLITE = Step(
    name="tests on SQLite",
    command=pytest("tests/architecture", "tests/integration", "tests/functional", "tests/faults"),
)
BROWSER = Step(name="browser", command=pytest("tests/browser"))


def on_postgresql(url: str) -> Step:
    """Return the step that runs everything with a database again, on PostgreSQL."""
    return Step(
        name="tests on PostgreSQL",
        command=pytest(
            "tests/integration", "tests/functional", "tests/faults", "-m", "not own_database and not one_engine"
        ),
        environment={"DATABASE_URL": url},
    )
