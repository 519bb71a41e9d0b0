"""A package.json: the start script, the framework, the Node.js version. Resolves no dependency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from groundplan.detectors._known import NODE_FRAMEWORKS, NODE_PORTS
from groundplan.detectors._words import command_port, development, line_of, source
from groundplan.model.application import Command, Detector, Read, Remark, Sign, Source

_MANAGERS = {"pnpm-lock.yaml": "pnpm", "yarn.lock": "yarn", "bun.lock": "bun"}


def find(path: str, text: str, read: Read) -> Iterator[Sign | Remark]:
    import json  # only where there is such a file

    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        yield Remark(kind="unread", message="is not JSON", source=source(path, 1, ""))
        return
    if not isinstance(document, dict):
        return
    yield from _start(path, text, document, read)
    yield from _framework(path, text, document)


def _table(document: dict[str, Any], key: str) -> dict[str, Any]:
    value = document.get(key)
    return value if isinstance(value, dict) else {}


def _at(path: str, text: str, key: str, words: str) -> Source:
    return source(path, line_of(text, rf'"{re.escape(key)}"\s*:'), words)


def _start(path: str, text: str, document: dict[str, Any], read: Read) -> Iterator[Sign]:
    script = _table(document, "scripts").get("start")
    if not isinstance(script, str) or not script.strip() or development(script):
        return
    at = _at(path, text, "start", f"start: {script}")
    yield Sign(field="command", value=_runner(document, read), source=at, weak=True)
    port = command_port(script)
    if port:
        yield Sign(field="port", value=port, source=at)


def _runner(document: dict[str, Any], read: Read) -> Command:
    stated = str(document.get("packageManager", "")).partition("@")[0]
    if stated in _MANAGERS.values():
        return (stated, "start")
    return (next((name for file, name in _MANAGERS.items() if read(file) is not None), "npm"), "start")


def _framework(path: str, text: str, document: dict[str, Any]) -> Iterator[Sign]:
    needs = _table(document, "dependencies")
    key = next((k for k in (*NODE_PORTS, *NODE_FRAMEWORKS) if k in needs), "")
    title, port = NODE_PORTS.get(key, (NODE_FRAMEWORKS.get(key, ""), 0))
    at = _at(path, text, key or "name", f"{key} {needs.get(key, '')}" if key else "package.json")
    engine = re.search(r"\d+", str(_table(document, "engines").get("node", "")))
    runtime = "Node.js" + (f" {engine[0]}" if engine else "") + (f", {title}" if title else "")
    yield Sign(field="runtime", value=runtime, source=at, weak=True)
    if port:
        yield Sign(field="port", value=port, source=at, weak=True)


DETECTOR = Detector(key="package_json", order=80, paths=("package.json",), find=find)
