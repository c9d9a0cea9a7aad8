"""docker-compose.yml and the Dockerfile, read as Compose and Docker read them: what they start, with what variables."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from tests.architecture.source import ROOT

COMPOSE = ROOT / "docker-compose.yml"
DOCKERFILE = ROOT / "Dockerfile"
_VARIABLE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>\w+)(?:(?P<mark>:[?-])(?P<else>[^}]*))?\}|(?P<bare>\w+))")


class MissingError(Exception):
    """A variable that the file insists on is not set."""


def interpolated(value: Any, variables: Mapping[str, str]) -> Any:
    """What Compose makes of a value: ``${X}``, ``${X:-else}``, ``${X:?why}``, and ``$$`` for a dollar sign."""
    if isinstance(value, dict):
        return {key: interpolated(one, variables) for key, one in value.items()}
    if isinstance(value, list):
        return [interpolated(one, variables) for one in value]
    if not isinstance(value, str):
        return value

    def one(found: re.Match[str]) -> str:
        if found["dollar"]:
            return "$"
        given = variables.get(found["name"] or found["bare"], "")
        if not given and found["mark"] == ":?":
            raise MissingError(f"{found['name']} {found['else']}")
        return given or (found["else"] or "" if found["mark"] == ":-" else "")

    return _VARIABLE.sub(one, value)


def services(variables: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Every service as Compose would run it. Raises MissingError."""
    read: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
    return {name: interpolated(service, variables) for name, service in read.items()}


def env_file(text: str) -> dict[str, str]:
    """The variables of an .env file, as far as .env.example uses its form: NAME=value, and comments."""
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


@dataclass(frozen=True)
class Image:
    """What the Dockerfile leaves behind for whoever runs the image."""

    command: list[str]
    environment: dict[str, str]
    healthcheck: list[str]
    user: str


def image() -> Image:
    """Read the last stage of the Dockerfile."""
    text = re.sub(r"\\\n\s*", " ", DOCKERFILE.read_text(encoding="utf-8"))
    last = re.split(r"^FROM .*$", text, flags=re.MULTILINE)[-1]
    told = dict(re.findall(r"^(USER|CMD|HEALTHCHECK|ENV) (.*)$", last, re.MULTILINE))
    environment: dict[str, str] = {}
    for line in re.findall(r"^ENV (.*)$", last, re.MULTILINE):
        environment |= dict(re.findall(r"(\w+)=(\S+)", line))
    return Image(
        command=json.loads(told["CMD"]),
        environment=environment,
        healthcheck=json.loads(told["HEALTHCHECK"].partition("CMD ")[2]),
        user=told["USER"],
    )
