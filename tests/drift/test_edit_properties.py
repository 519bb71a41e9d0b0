"""Any edit of any field that we wrote: it stays to the byte, it is told at its line, and a second apply adds nothing.

A fifth of GROUNDPLAN_CASES edits are tried, 300 by default; `make fill-properties` tries 4,000.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundplan import ask, facts, pipeline
from groundplan.drift import Reader, drift, plan_changes
from groundplan.fill.values import lines_of
from groundplan.model.answer import Answers
from groundplan.phases import builtin
from groundplan.store import Generation, parse_answers

ROOT = Path(__file__).parents[2]
HAND = {
    f"docs/specs/{p.name}": p.read_bytes()
    for folder in ("handwritten", "seed_library")
    for p in (Path(__file__).parent / folder / "docs/specs").glob("*.md")
}
CASES = int(os.environ.get("GROUNDPLAN_CASES", "1500")) // 5
COUNTS: Counter[str] = Counter()
TOLD = {"GP812", "GP813", "GP817", "GP818"}


def _answers(name: str) -> Answers:
    answers, _ = parse_answers((ROOT / "examples" / name / "groundplan.toml").read_text())
    assert answers
    return answers


FACTS = facts.load()
MADE = {
    name: pipeline.compile(ask.readable(_answers(name)), FACTS, builtin(), "2026-11-01")
    for name in ("seed", "clinic-booking")
}


class World:
    """The documents of one compilation, filled into nothing or into an author's own, and what the lock knows."""

    def __init__(self, name: str, before: dict[str, bytes]) -> None:
        self.made = MADE[name]
        changes = plan_changes(self.made, before.get, Generation(), only="documents")
        self.files = before | {d.path: d.after for d in changes.documents}
        self.lock = changes.generation
        self.reader = Reader(phase=builtin(), decisions=self.made.decisions, facts=FACTS)
        self.lines = [
            (d.path, c.label, c.line, c.after)
            for d in plan_changes(self.made, self.files.get, self.lock, only="documents").documents
            for c in d.filled.changes
            if c.state == "same" and c.line
        ]


WORLDS = [World(name, before) for name in MADE for before in ({}, HAND)]
words = st.sampled_from(
    ["fra", "lhr", "9", "512 MB", "$75", "Slack", "—", "*", "`x`", "and so on", "#", "|", "<b>", "é", "80%"]
)


@st.composite
def edits(draw):
    world = draw(st.sampled_from(WORLDS))
    path, label, line, _ = draw(st.sampled_from(world.lines))
    eol = b"\r\n" if b"\r\n" in world.files[path] else b"\n"
    rows = world.files[path].split(eol)
    row = rows[line - 1].decode()
    at = draw(st.integers(row.index(label[:4]) + len(label), len(row))) if label[:4] in row else len(row)
    kind = draw(st.sampled_from(["insert", "cut", "swap"]))
    new = {
        "insert": f"{row[:at]} {draw(words)} {row[at:]}",
        "cut": row[: max(at, row.find(":") + 4)].rstrip(),
        "swap": row.replace(draw(st.sampled_from("0123456789")), draw(st.sampled_from("123456789"))),
    }[kind]
    edited = eol.join([*rows[: line - 1], new.encode(), *rows[line:]])
    return world, path, label, line, edited


@settings(max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(edits())
def test_an_edit_of_our_line_is_kept_and_told(edit):
    world, path, label, line, edited = edit
    files = world.files | {path: edited}
    changes = plan_changes(world.made, files.get, world.lock, only="documents")
    done = next(d for d in changes.documents if d.path == path)
    if edited == world.files[path]:
        assert not changes.touched
        return
    found = drift(changes, world.reader, None)
    kept = [c for c in done.filled.changes if c.state == "kept" and c.line == line]
    if kept:
        theirs, ours = edited.splitlines(), done.after.splitlines()
        assert [row for row in theirs if row not in ours] == [], label
        mine = [
            d for d in found if d.code in TOLD and d.where and (d.where.path, d.where.line) == (path, line)
        ]
        assert mine, f"`{label}` was edited and nothing says so"
    else:
        emptied = [c for c in done.filled.changes if c.state == "filled" and not c.before.strip("*_ :`")]
        gone = [row for row in edited.splitlines() if row not in done.after.splitlines()]
        assert len(gone) <= len(emptied), (label, gone)
    COUNTS["kept and told" if kept else "emptied, or the same"] += 1
    again = plan_changes(
        world.made, (files | {d.path: d.after for d in changes.documents}).get, changes.generation,
        only="documents",
    )  # fmt: skip
    assert not again.touched


def test_most_edits_are_ones_that_have_to_be_told():
    print("\n" + "\n".join(f"{name}: {count}" for name, count in sorted(COUNTS.items())))
    assert COUNTS["kept and told"] > COUNTS["emptied, or the same"]


def test_every_world_has_fields_to_edit():
    assert all(len(world.lines) > 15 for world in WORLDS)
    assert all(lines_of(f) for world in WORLDS for s in world.made.sections for f in s.fields)
