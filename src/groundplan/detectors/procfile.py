"""A Procfile: what the web process starts, and which other processes there are. Starts none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from groundplan.detectors._words import command_signs, source, words_of
from groundplan.model.application import Detector, Read, Remark, Sign

_LINE = r"[ \t]*([A-Za-z0-9_-]{1,63})[ \t]*:[ \t]*(\S.*)"


def find(path: str, text: str, _: Read) -> Iterator[Sign | Remark]:
    for number, line in enumerate(text.splitlines(), 1):
        found = re.fullmatch(_LINE, line.rstrip())
        if not found or line.lstrip().startswith("#"):
            continue
        at = source(path, number, line)
        if found[1] == "web":
            yield from command_signs(words_of(found[2]), at)
        else:
            yield Remark(kind="unplanned", message=f"the process `{found[1][:40]}` ({at.words})", source=at)


DETECTOR = Detector(key="procfile", order=30, paths=("Procfile",), find=find)
