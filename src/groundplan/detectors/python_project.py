"""pyproject.toml or requirements.txt: the framework, the server, the Python version. Installs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundplan.detectors._known import PYTHON_FRAMEWORKS, PYTHON_PORTS
from groundplan.detectors._words import line_of, source
from groundplan.model.application import Detector, Read, Remark, Sign, Source


def find(path: str, text: str, read: Read) -> Iterator[Sign | Remark]:
    if path.endswith(".toml"):
        import tomllib  # needed for this file alone

        try:
            document = tomllib.loads(text)
        except (ValueError, RecursionError):
            yield Remark(kind="unread", message="is not TOML", source=source(path, 1, ""))
            return
        if not {"project", "tool"} & set(document):
            return
    yield from _signs(path, text)
    beside = path.rpartition("/")[0]
    requirements = f"{beside}/requirements.txt".lstrip("/")
    more = read("requirements.txt") if path != requirements else None
    if more:
        yield from _signs(requirements, more)


def _signs(path: str, text: str) -> Iterator[Sign]:
    framework = next((k for k in PYTHON_FRAMEWORKS if _needed(path, text, k)), "")
    server = next((k for k in PYTHON_PORTS if _needed(path, text, k)), "")
    version = re.search(r"^[ \t]*requires-python\s*=\s*[\"'][^\d\n]*(\d+\.\d+)", text, re.M)
    if framework or server or version:
        at = _needed(path, text, framework or server) or source(
            path, line_of(text, r"^[ \t]*requires-python"), "requires-python"
        )
        title = PYTHON_FRAMEWORKS.get(framework, "")
        runtime = "Python" + (f" {version[1]}" if version else "") + (f", {title}" if title else "")
        yield Sign(field="runtime", value=runtime, source=at, weak=True)
    at_server = _needed(path, text, server) if server else None
    if at_server:
        yield Sign(field="port", value=PYTHON_PORTS[server], source=at_server, weak=True)


def _needed(path: str, text: str, name: str) -> Source | None:
    """Where a list of dependencies names the package."""
    start = r"^[ \t]*" if path.endswith(".txt") else r"(?:^[ \t]*|[\"'])"
    found = re.search(rf"{start}{re.escape(name)}(?![\w-])", text, re.M | re.I)
    if not name or not found:
        return None
    start_of = found.start() + len(found[0]) - len(name)
    return source(path, text.count("\n", 0, start_of) + 1, name)


DETECTOR = Detector(key="python", order=40, paths=("pyproject.toml", "requirements.txt"), find=find)
