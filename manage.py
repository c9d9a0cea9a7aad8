#!/usr/bin/env python3
"""Entry point: makes its own virtual environment, then hands over to Django.

    python3 manage.py up      the whole product on this machine
    python3 manage.py test    every check and every test

Everything up to ``main`` uses the standard library alone, and syntax that an older Python can
read, so that it can say which Python is needed.
"""

import hashlib
import importlib.util
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"test": ["requirements-dev.txt"], "up": ["requirements.txt", "requirements-dev.txt"]}
OLDEST_PYTHON = (3, 11)
#: They read or write nothing that an installation keeps, or make what they need.
WITHOUT_DATA = {
    "up", "test", "help", "version", "position", "explain", "check_plan", "estimate", "verify_bundle", "licences",
    "sbom", "bench", "makemigrations", "-h", "--help", "--version",
}  # fmt: skip


def main() -> None:
    """Set up what is missing, then run the command."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("This needs Python 3.11 or newer; this one is {}.{}.".format(*sys.version_info[:2]))
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    _refuse_to_guess_whose_data(command)
    if not _has_an_environment_of_its_own():
        _prepare_environment(command)
        if Path(sys.prefix).resolve() != ENVIRONMENT:
            _hand_over()
    _stand_in_for_missing_settings(command)
    _compile_translations()

    from django.core.management import execute_from_command_line  # noqa: PLC0415 - installed only by now

    execute_from_command_line(sys.argv)


def _refuse_to_guess_whose_data(command: str) -> None:
    """End where the keys and the database of a laptop would be made up in silence beside those of a server."""
    says_where = os.environ.get("SECRET_KEY") or os.environ.get("CMS_LOCAL") in {"0", "1"}
    if says_where or command in WITHOUT_DATA or {"-h", "--help"} & set(sys.argv):
        return
    if (ROOT / ".env").exists():
        found = "the settings in .env were not given to this process"
    elif not (_folder() / "secret_key").exists():
        found = "it was given no settings, and `up` has kept none here"
    else:
        return  # a laptop on which `up` has run
    sys.exit(f"Not started: {command} works on somebody's data, and {found}: see docs/guides/run-it.md.")


def _compile_translations() -> None:
    from cms_tracker.processes import translations  # noqa: PLC0415 - its packages are installed only by now

    translations.compile_or_say()


def _has_an_environment_of_its_own() -> bool:
    """Tell whether we run in a virtual environment that somebody else made and filled, as the Dockerfile does."""
    in_another = sys.prefix != sys.base_prefix and Path(sys.prefix).resolve() != ENVIRONMENT
    return in_another and importlib.util.find_spec("django") is not None


def _prepare_environment(command: str) -> None:
    """Create .venv and install the hash-locked pins; remembered by the hash of the lock file."""
    wanted = LOCKS.get(command, LOCKS["up"])
    if any(_is_installed(lock) for lock in wanted):
        return
    if command not in LOCKS and Path(sys.prefix).resolve() == ENVIRONMENT:
        return  # whoever filled it by hand knows what it holds
    print("Setting up .venv from " + wanted[0] + " (once; about a minute at most) ...", file=sys.stderr, flush=True)
    if not PYTHON.exists():
        _create_environment()
    lock = ROOT / wanted[0]
    if not _install_with_uv(lock):
        with_pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)]
        if subprocess.run(with_pip, check=False).returncode:
            sys.exit("The packages could not be installed; the lines above say why.")
    _mark(wanted[0]).write_text(_digest(wanted[0]))


def _create_environment() -> None:
    made = subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=False)
    if made.returncode:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        sys.exit("Python's venv module is missing. On Debian: apt-get install python3-venv python3-pip")


def _install_with_uv(lock: Path) -> bool:
    """Install with uv, which takes seconds where pip takes half a minute; say whether that worked."""
    pinned = [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", ROOT / "requirements-uv.txt"]
    install = [PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", lock]
    return _succeeds(*pinned) and _succeeds(*install)


def _succeeds(*command: object) -> bool:
    silence = subprocess.DEVNULL
    return subprocess.run(list(map(str, command)), stdout=silence, stderr=silence, check=False).returncode == 0


def _digest(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def _mark(lock: str) -> Path:
    return ENVIRONMENT / ("installed-" + lock)


def _is_installed(lock: str) -> bool:
    mark = _mark(lock)
    return mark.exists() and mark.read_text() == _digest(lock)


def _hand_over() -> None:
    """Become .venv's Python, with the same arguments."""
    command = [str(PYTHON), str(ROOT / "manage.py"), *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)  # noqa: S606 - fixed arguments, and no shell is wanted


def _stand_in_for_missing_settings(command: str) -> None:
    """Give this machine a key of its own when nothing is configured; the settings themselves have no default."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms_tracker.settings")
    on_a_server = os.environ.get("SECRET_KEY") and os.environ.get("CMS_LOCAL") != "1"
    if on_a_server or os.environ.get("CMS_LOCAL") == "0":
        return
    os.environ["CMS_LOCAL"] = "1"
    for name, length in (("SECRET_KEY", 64), ("FIELD_KEYS", 32), ("AUDIT_KEY", 32)):
        if not os.environ.get(name) and not os.environ.get(name + "_FILE"):
            os.environ[name] = secrets.token_urlsafe(length) if command == "test" else _kept(name.lower(), length)


def _folder() -> Path:
    return Path(os.environ.get("CMS_DATA_DIR") or ROOT / "var")


def _kept(name: str, length: int) -> str:
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = folder / name
    try:
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(length))
    except FileExistsError:
        pass  # made by an earlier start
    return kept.read_text().strip()


if __name__ == "__main__":
    main()
