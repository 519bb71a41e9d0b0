"""A decision as a file in the form of MADR 4.0. Knows the template's headings; decides nothing.

https://github.com/adr/madr/blob/4.0.0/template/adr-template.md
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from groundplan.record.decision import Decision
from groundplan.store.generation import Record

FOLDER = "docs/decisions"


def next_number(names: Sequence[str]) -> int:
    """One more than the highest number in the folder, whoever wrote it."""
    numbers = [int(m[1]) for name in names if (m := re.match(r"(\d{1,6})-", name))]
    return max(numbers, default=0) + 1


def page(made: Decision) -> str:
    """The whole file; the same decision on the same date gives the same bytes."""
    chosen = next((o for o in made.options if o.chosen), None)
    name = chosen.name if chosen else made.outcome
    reason = chosen.reason if chosen else "it is what was answered"
    blocks = [
        f"---\nstatus: {'accepted' if made.firm else 'proposed'}\ndate: {made.date}\n---",
        f"# {made.title}",
        "## Context and Problem Statement",
        "\n\n".join(made.context),
        "## Decision Drivers",
        _bullets(made.drivers),
        "## Considered Options",
        _bullets([o.name for o in made.options] or [name]),
        "## Decision Outcome",
        f"Chosen option: {name}, because {reason}.",
        *([made.outcome] if made.outcome != name else []),
        *(["### Consequences", _bullets(made.consequences)] if made.consequences else []),
        "### Confirmation",
        confirmation(),
    ]
    lost = [o for o in made.options if not o.chosen]
    if lost:
        blocks.append("## Pros and Cons of the Options")
        blocks += [f"### {o.name}\n\n* Not chosen: {o.reason}" for o in lost]
    if made.supersedes:
        blocks += ["## More Information", f"Supersedes {_link(made.supersedes)}."]
    return "\n\n".join(blocks) + "\n"


def confirmation() -> str:
    return "`groundplan check` finds when the answers, the documents or the code no longer agree with this decision."


def _link(old: Record) -> str:
    path = PurePosixPath(old.path)
    here = PurePosixPath(FOLDER)
    up = path.name if path.parent == here else f"{'../' * len(here.parts)}{old.path}"
    return f"[{old.title}]({up}) of {old.date}"


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"* {line}" for line in lines)
