"""The software bill of materials: CycloneDX 1.6, made of the lock, the Dockerfile and docker-compose.yml.

The same files give the same bytes: it has no serial number and no date of its own making. Which files it
describes is told by the version of the release that it is published with.
"""

import json
import re
from typing import Any

from cms_tracker.supply import licences, lock

_INSTALLED = re.compile(r"apt-get install\s+((?:[^&|;\\]|\\\n)+)")
_BASE = re.compile(r"^FROM (\S+)", re.MULTILINE)
_IMAGE = re.compile(r"^\s+image:\s*(\S+:\S+)\s*$", re.MULTILINE)


def bill() -> str:
    """Return the bill of materials as JSON."""
    name, version = lock.project()
    ours = f"pkg:generic/{name}@{version}"
    components = [*_packages(), *_images(), *_debian()]
    return (
        json.dumps(
            {
                "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
                "bomFormat": "CycloneDX",
                "specVersion": "1.6",
                "version": 1,
                "metadata": {
                    "component": {
                        "type": "application",
                        "bom-ref": ours,
                        "name": name,
                        "version": version,
                        "purl": ours,
                        "licenses": [{"expression": "MIT"}],
                    }
                },
                "components": components,
                "dependencies": [{"ref": ours, "dependsOn": sorted(one["bom-ref"] for one in components)}],
            },
            indent=1,
        )
        + "\n"
    )


def _packages() -> list[dict[str, Any]]:
    """Each locked package, with the hash of every file that may be installed for it."""
    return [
        {
            **_component("library", f"pkg:pypi/{one.name}@{one.version}", one.name, one.version),
            "licenses": [{"expression": licences.of(one.name)}],
            "hashes": [{"alg": "SHA-256", "content": digest} for digest in one.hashes],
        }
        for one in lock.read()
    ]


def _images() -> list[dict[str, Any]]:
    """The images that ours is built on, and those that compose starts beside it."""
    named = _BASE.findall(_text("Dockerfile")) + _IMAGE.findall(_text("docker-compose.yml"))
    found = []
    for image in sorted(set(named)):
        name, _, version = image.partition("@")[0].partition(":")
        _, _, digest = image.partition("@")
        found.append(_component("container", f"pkg:docker/{name}@{digest or version}", name, version or digest))
    return found


def _debian() -> list[dict[str, Any]]:
    """The packages that the Dockerfile installs by name; their versions are those of the base image's release."""
    wanted = {
        word
        for line in _INSTALLED.findall(_text("Dockerfile"))
        for word in re.sub(r"\\\n", " ", line).split()
        if not word.startswith("-")
    }
    return [_component("library", f"pkg:deb/debian/{name}", name, "") for name in sorted(wanted)]


def _component(kind: str, purl: str, name: str, version: str) -> dict[str, Any]:
    told = {"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl}
    return {key: value for key, value in told.items() if value}


def _text(name: str) -> str:
    return (lock.ROOT / name).read_text(encoding="utf-8")
