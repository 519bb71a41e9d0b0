"""The latest record of a decision, found in the files again where the lock no longer remembers it. Writes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from groundplan.record.decision import Decision
from groundplan.record.log import style_of
from groundplan.record.madr import FOLDER
from groundplan.store.generation import Record
from groundplan.syntax.patterns import late

_DATE = late(r"\d{4}-\d{2}-\d{2}")

Tree = Callable[[str], bytes | None]


def in_log(made: Decision, log: str, tree: Tree) -> Record | None:
    """From the heading of the latest entry on the same question."""
    text = (tree(log) or b"").decode("utf-8", "replace")
    entries = [line for line in text.splitlines() if line.startswith("#") and _question(made) in line]
    if not entries:
        return None
    entry = entries[-1 if style_of(text).downwards else 0]
    return _record(made, log, entry, entry[entry.index(_question(made)) :])


def in_folder(made: Decision, tree: Tree, names: Callable[[str], Sequence[str]]) -> Record | None:
    """From the file with the highest number on the same question."""
    files = sorted(name for name in names(FOLDER) if re.fullmatch(rf"\d+-{made.question}\.md", name))
    text = (tree(f"{FOLDER}/{files[-1]}") or b"").decode("utf-8", "replace") if files else ""
    title = next((line[2:] for line in text.splitlines() if line.startswith("# ")), "")
    return _record(made, f"{FOLDER}/{files[-1]}", text, title) if title else None


def _record(made: Decision, path: str, dated: str, title: str) -> Record:
    date = _DATE.search(dated)
    same = made.title in title
    return Record(
        said=made.said if same else "",
        path=path,
        title=made.title if same else title.strip(),
        date=date[0] if date else made.date,
    )


def settled(made: Decision, earlier: Record | None) -> Decision | Record:
    """The record that says the same already, else the decision, linked to what it supersedes."""
    if earlier is None:
        return made
    return earlier if earlier.said == made.said else msgspec.structs.replace(made, supersedes=earlier)


def _question(made: Decision) -> str:
    return made.title.partition(": ")[0] + ": "
