"""Look at a project's own files and weigh what they show of the application. Reads through a function, runs nothing.

The nearer a file is to what is deployed, the more it counts: the Dockerfile before compose, compose before the
Procfile, that before a manifest; what a framework does by default counts last.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.detectors import Entry, detector, entries
from groundplan.model.application import Conflict, Detected, Read, Remark, Sign, command_text

LARGEST = 1024 * 1024
"""Bytes of one file that are looked at."""
FIELDS = ("image", "port", "health_path", "command", "runtime")
_COMPOSE = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
_MOST_REMARKS = 20


def detect(read: Read) -> Detected:
    """What the files show; the same files give the same result, and none gives nothing."""
    folder, dockerfile = _home(read)
    signs: list[Sign] = []
    remarks: list[Remark] = []
    for entry in entries():
        for one in _found(entry, folder, dockerfile, read):
            if isinstance(one, Sign):
                signs.append(one)
            elif len(remarks) < _MOST_REMARKS:
                remarks.append(one)
    chosen = [(field, _used([s for s in signs if s.field == field])) for field in FIELDS]
    used = tuple(sign for _, sign in chosen if sign)
    conflicts = tuple(c for sign in used for c in _conflicts(sign, signs))
    return Detected(
        signs=used,
        conflicts=conflicts,
        remarks=tuple(remarks),
        folder=folder,
        dockerfile="" if dockerfile == f"{folder}/Dockerfile".lstrip("/") else dockerfile,
    )


def _home(read: Read) -> tuple[str, str]:
    """The folder that the application lies in, and its Dockerfile: the root, or where compose builds it."""
    text = None if read("Dockerfile") is not None else next((t for p in _COMPOSE if (t := read(p))), None)
    if text is None:
        return "", ""
    from groundplan.detectors.compose import build_folder

    folder, name = build_folder(text)
    return folder, f"{folder}/{name}".lstrip("/")


def _found(entry: Entry, folder: str, dockerfile: str, read: Read) -> Iterator[Sign | Remark]:
    prefix = f"{folder}/" if folder and entry.module != "compose" else ""
    named = [dockerfile] if dockerfile and entry.module == "dockerfile" else []
    for path in [*named, *(prefix + p for p in entry.paths)]:
        text = read(path)
        if text is not None:
            yield from detector(entry.module).find(path, text, lambda beside: read(prefix + beside))
            return


def _used(signs: list[Sign]) -> Sign | None:
    """The first that is written; of several in one file, the one that another line names too."""
    written = [s for s in signs if not s.weak] or signs
    first = next(iter(written), None)
    if first is None or not first.several:
        return first
    group = [s for s in written if s.several and s.source.path == first.source.path]
    others = {s.value for s in written if s not in group}
    return next((s for s in group if s.value in others), first)


def _conflicts(used: Sign, signs: list[Sign]) -> Iterator[Conflict]:
    seen = {_same(used)}
    if used.field == "runtime" or used.weak:
        return
    agreed = [s for s in signs if s is not used and s.field == used.field and _same(s) == _same(used)]
    for sign in signs:
        beside = sign.several and used.several and sign.source.path == used.source.path
        if sign.field != used.field or sign.weak or _same(sign) in seen or (beside and agreed):
            continue
        if sign.several and any(s.several and s.source.path == sign.source.path for s in agreed):
            continue
        seen.add(_same(sign))
        yield Conflict(used=used, other=sign)


def _same(sign: Sign) -> object:
    """What two signs must share to agree: for commands the words, however they are quoted and started."""
    if not isinstance(sign.value, tuple):
        return sign.value
    text = command_text(sign.value).removeprefix("exec ")
    return " ".join(text.replace('"', "").replace("'", "").replace("{", "").replace("}", "").split())
