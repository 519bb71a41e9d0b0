"""A go.mod: the version of Go. A Go program's port is in its code, which is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundplan.detectors._words import line_of, source
from groundplan.model.application import Detector, Read, Remark, Sign


def find(path: str, text: str, _: Read) -> Iterator[Sign | Remark]:
    found = re.search(r"^go\s+(\d+\.\d+)", text, re.M)
    at = source(path, line_of(text, r"^go\s"), found[0] if found else "module")
    yield Sign(field="runtime", value=f"Go {found[1]}" if found else "Go", source=at, weak=True)


DETECTOR = Detector(key="go", order=70, paths=("go.mod",), find=find)
