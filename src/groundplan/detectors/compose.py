"""A compose file: image, port, health check and command of the service that is built here. Knows no other service.

Syntax: https://docs.docker.com/reference/compose-file/services/ (2026-11-24).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from groundplan.detectors._known import SIDE_PORTS
from groundplan.detectors._words import check_signs, command_signs, port_of, source, words_of
from groundplan.model.application import Detector, Read, Remark, Sign, is_image

if TYPE_CHECKING:
    from groundplan.detectors._compose import Part

PATHS = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
_NAMES = ("web", "app", "api", "server", "backend", "site", "www")


def find(path: str, text: str, _: Read) -> Iterator[Sign | Remark]:
    root = _load(text)
    if root is None:
        yield Remark(kind="unread", message="is not a YAML file that can be read", source=source(path, 1, ""))
        return
    built = [(name, service) for name, service in root.get("services").items() if service.get("build")]
    chosen = _chosen(built)
    if chosen is None:
        return
    yield from _signs(path, chosen[1])
    for name, service in built:
        if name != chosen[0]:
            at = source(path, service.line - 1, f"{name}: built here as well")
            yield Remark(kind="unplanned", message=f"the service `{_plain(name)}`", source=at)


def _load(text: str) -> Part | None:
    from groundplan.detectors import _compose  # reads YAML, which few projects need and takes 25 ms to import

    return _compose.load(text)


def _plain(name: str) -> str:
    return re.sub(r"[^\w.-]", "?", name)[:40]


def _chosen(built: list[tuple[str, Part]]) -> tuple[str, Part] | None:
    """The service that answers requests: by its name, else the first with a port, else the first."""
    named = [pair for word in _NAMES for pair in built if pair[0] == word]
    with_port = [pair for pair in built if pair[1].get("ports")]
    return next(iter([*named, *with_port, *built]), None)


def build_folder(text: str) -> tuple[str, str]:
    """Folder and file name of the Dockerfile that the chosen service is built from; inside the project or nothing."""
    root = _load(text)
    services = root.get("services").items() if root else iter(())
    chosen = _chosen([(name, service) for name, service in services if service.get("build")])
    if chosen is None:
        return "", "Dockerfile"
    build = chosen[1].get("build")
    context = build.text or build.get("context").text or "."
    name = build.get("dockerfile").text or "Dockerfile"
    return _inside(context) or "", _inside(name) or "Dockerfile"


def _inside(path: str) -> str | None:
    """The path in plain form; None where it leads out of the project or is no plain path."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    plain = re.fullmatch(r"[\w./-]{1,200}", path, re.ASCII) is not None
    return None if not plain or path.startswith("/") or ".." in parts else "/".join(parts)


def _signs(path: str, service: Part) -> Iterator[Sign | Remark]:
    yield from _ports(path, service)
    environment = dict(_environment(service))
    if "PORT" in environment:
        line, value = environment["PORT"]
        port = port_of(value)
        if port:
            yield Sign(field="port", value=port, source=source(path, line, f"PORT: {value}"))
    yield from _check(path, service.get("healthcheck").get("test"), environment)
    yield from _command(path, service)
    yield from _image(path, service.get("image"))


def _ports(path: str, service: Part) -> Iterator[Sign]:
    found: dict[int, tuple[int, str]] = {}
    for part in (*service.get("ports").each(), *service.get("expose").each()):
        target = part.get("target") or part
        words = target.text or ""
        port = port_of(words.rpartition(":")[2])
        udp = (part.get("protocol").text or "tcp") != "tcp"
        if port and not udp:
            found.setdefault(port, (target.line, words))
    kept = {port: at for port, at in found.items() if port not in SIDE_PORTS} or found
    for port, (line, words) in kept.items():
        at = source(path, line, f"ports: {words}")
        yield Sign(field="port", value=port, source=at, several=len(kept) > 1)


def _environment(service: Part) -> Iterator[tuple[str, tuple[int, str]]]:
    table = service.get("environment")
    for name, value in table.items():
        yield name, (value.line, value.text or "")
    for part in table.each():
        name, _, text = (part.text or "").partition("=")
        yield name, (part.line, text)


def _check(path: str, test: Part, environment: dict[str, tuple[int, str]]) -> Iterator[Sign]:
    text = test.text or " ".join(part.text or "" for part in test.each())
    known = {name: value for name, (_, value) in environment.items()}
    yield from check_signs(text, source(path, test.line, f"healthcheck: {text}"), known)


def _command(path: str, service: Part) -> Iterator[Sign]:
    part = service.get("command")
    text = part.text
    words = part.words if part else None
    command = words if words else words_of(text.strip()) if text and text.strip() else None
    if command:
        yield from command_signs(command, source(path, part.line, f"command: {text or ' '.join(command)}"))


def _image(path: str, part: Part) -> Iterator[Sign | Remark]:
    text = part.text if part else None
    if text is None:
        return
    at = source(path, part.line, f"image: {text}")
    registry = "/" in text and not text.startswith("localhost")
    if registry and is_image(text):
        yield Sign(field="image", value=text, source=at)
    else:
        yield Remark(kind="unused", message=f"the image in `{at.words}` names no registry", source=at)


DETECTOR = Detector(key="compose", order=20, paths=PATHS, find=find)
