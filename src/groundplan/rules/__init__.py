"""One rule a file; the docstring is its page. Knows how to list rules and find a page; the files know the rules.

A check needs few of the rules, and importing a module costs more than running it. So an index says for whom each
rule speaks, and only those are imported. A file that the index does not name is imported as if it spoke for all.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from groundplan import registry
from groundplan.model.knowledge import Rule
from groundplan.rules._about import SHOWN, About, about

__all__ = ["SHOWN", "About", "Entry", "about", "entries", "page", "relevant", "rules", "speaks"]

FOLDER = Path(__file__).parent
INDEX = FOLDER / "index.json"


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """When the rule in `module` may have something to say."""

    code: str
    module: str
    platforms: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its code, in order."""
    return registry.scan("groundplan.rules", "RULE", Rule, lambda r: r.code)


def relevant(known: About) -> Iterator[Rule]:
    """The rules that may speak, in the order of their codes."""
    for entry in entries():
        if speaks(entry, known):
            rule: Rule = importlib.import_module(f"groundplan.rules.{entry.module}").RULE
            yield rule


def speaks(entry: Entry | Rule, known: About) -> bool:
    here = not entry.platforms or not known.platforms.isdisjoint(entry.platforms)
    named = not entry.words or any(word in known.text for word in entry.words)
    return (
        here and named and (not entry.needs or known.shown is None or not known.shown.isdisjoint(entry.needs))
    )


@cache
def entries() -> tuple[Entry, ...]:
    """What the index says, and an open entry for each file that is newer than the index."""
    known = msgspec.json.decode(INDEX.read_bytes(), type=tuple[Entry, ...]) if INDEX.exists() else ()
    names = {name for name in registry.names("groundplan.rules") if name.startswith("gp")}
    kept = [e for e in known if e.module in names]
    added = names - {e.module for e in kept}
    return tuple(sorted([*kept, *(Entry(name[:5].upper(), name) for name in added)], key=lambda e: e.code))


def page(code: str) -> str | None:
    """The page of the rule with `code`, as Markdown; None where no rule has it."""
    rule = rules().get(code)
    return sys.modules[rule.check.__module__].__doc__ if rule else None
