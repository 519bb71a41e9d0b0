"""What an apply says at its end: what was written, what is still to decide, and what to do next. Changes nothing."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

from groundplan.cli.terminal import safe
from groundplan.cli.views.findings import tally

if TYPE_CHECKING:
    from groundplan.model.question import Phase
    from groundplan.pipeline import Compilation

_OPEN = ("unknown", "default", "unclear")
_PHASES = ("docs/specs", "docs/phases", "docs/prompts", "docs", "phases", ".")
"""Where repositories keep question documents; the first folder that has the next one counts."""


def closing(result: Compilation, done: int, root: Path, *, code_left: bool, kept: int) -> str:
    """The last words of an apply that changed `done` files; `code_left` where the code was left out.

    `kept` fields of documents are a person's own and say something else than the answers.
    """
    if not done:
        return "\n".join([f"Nothing to write: {_as_said(kept)}", *undecided(result, " after a change")])
    files = "one file" if done == 1 else f"{done} files"
    head = f"{files} written; {tally(result.diagnostics)}."
    return "\n".join([head, *undecided(result), *_next(result, root, code_left)])


def _as_said(kept: int) -> str:
    if not kept:
        return "everything is as the answers say."
    fields = "one field stays as you wrote it" if kept == 1 else f"{kept} fields stay as you wrote them"
    return f"{fields}, which `groundplan check` tells; everything else is as the answers say."


def undecided(result: Compilation, when: str = "") -> list[str]:
    """Each answer that rests on a default, with the command that settles it; the documents mark the same with TODO."""
    keys = [key for key, reading in result.decisions.readings.items() if reading.status in _OPEN]
    if not keys:
        return []
    size = max(len(key) for key in keys)
    rows = [f'  {safe(key):<{size}}  groundplan change {safe(key)} "…"' for key in keys]
    return [f"Still to confirm{when}:", *rows]


def _next(result: Compilation, root: Path, code_left: bool) -> list[str]:
    guide = next((f.path for f in result.files if f.path.endswith(("RUNBOOK.md", "README.md"))), None)
    steps = ["review       groundplan review"]
    following = following_phase(result.phase, root)
    if following:
        steps.append(f"next phase   groundplan --phase {safe(following)}")
    if code_left and result.files:
        steps.append("implement    groundplan apply --only code")
    elif guide:
        steps.append(f"deploy       {safe(guide)}")
    return ["Next:", *(f"  {step}" for step in steps)]


def following_phase(phase: Phase, root: Path) -> str | None:
    """The question document of the phase behind this one, where the repository has exactly one."""
    number = _number(phase.title) or (2 if phase.source == "built-in" else None)
    if number is None:
        return None
    for folder in _PHASES:
        found = sorted((root / folder).glob(f"phase{number + 1}_*.md"))
        found += sorted((root / folder).glob(f"phase-{number + 1}-*.md"))
        if len(found) == 1:
            return found[0].relative_to(root).as_posix()
    return None


def _number(title: str) -> int | None:
    words = title.replace(":", " ").split()
    after = next((b for a, b in itertools.pairwise(words) if a.lower() == "phase"), "")
    return int(after) if after.isdecimal() and after.isascii() else None
