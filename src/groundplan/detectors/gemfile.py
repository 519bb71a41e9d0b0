"""A Gemfile: Rails with its port and its health route, the Ruby version. Runs no Ruby."""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundplan.detectors._known import RAILS_HEALTH, RAILS_PORT
from groundplan.detectors._words import line_of, port_of, source
from groundplan.model.application import Detector, Read, Remark, Sign

_PUMA = r"^[ \t]*port[ (]\s*(?:ENV(?:\.fetch\(|\[)\s*[\"']PORT[\"'][^\d\n]*)?(\d{2,5})"


def find(path: str, text: str, read: Read) -> Iterator[Sign | Remark]:
    beside = path[: -len("Gemfile")]
    rails = re.search(r"^[ \t]*gem\s+[\"']rails[\"']", text, re.M) is not None
    version = re.search(r"^[ \t]*ruby\s+[\"'][^\d\n]*(\d+\.\d+)", text, re.M)
    at = source(
        path,
        line_of(text, r"^[ \t]*gem\s+[\"']rails" if rails else r"^[ \t]*ruby\s"),
        "rails" if rails else "ruby",
    )
    title = "Ruby" + (f" {version[1]}" if version else "") + (", Rails" if rails else "")
    yield Sign(field="runtime", value=title, source=at, weak=True)
    yield from _puma(beside + "config/puma.rb", read("config/puma.rb") or "")
    if rails:
        yield Sign(field="port", value=RAILS_PORT, source=at, weak=True)
        yield from _health(beside + "config/routes.rb", read("config/routes.rb") or "")


def _puma(path: str, text: str) -> Iterator[Sign]:
    found = re.search(_PUMA, text, re.M)
    port = port_of(found[1]) if found else None
    if found and port:
        line = text.count("\n", 0, found.end()) + 1
        yield Sign(field="port", value=port, source=source(path, line, found[0]), weak="PORT" in found[0])


def _health(path: str, text: str) -> Iterator[Sign]:
    found = re.search(r"^[^#\n]*rails/health#show", text, re.M)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        named = re.search(r"get\s*\(?\s*[\"']/?([\w/-]+)[\"']", found[0])
        value = f"/{named[1]}" if named else RAILS_HEALTH
        yield Sign(field="health_path", value=value, source=source(path, line, found[0]))


DETECTOR = Detector(key="ruby", order=50, paths=("Gemfile",), find=find)
