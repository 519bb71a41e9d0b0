"""One rule a file; the docstring is its page. Knows how to list rules and find a page; the files know the rules."""

from __future__ import annotations

import sys
from functools import cache

from groundplan.model.knowledge import Rule
from groundplan.registry import scan


@cache
def rules() -> dict[str, Rule]:
    return scan("groundplan.rules", "RULE", Rule, lambda r: r.code)


def page(code: str) -> str | None:
    """The page of the rule with `code`, as Markdown; None where no rule has it."""
    rule = rules().get(code)
    return sys.modules[rule.check.__module__].__doc__ if rule else None
