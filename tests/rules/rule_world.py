"""What the tests of rules share: answers from plain texts, findings of one rule, the blocks of a page."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from groundplan import facts, pipeline
from groundplan.model.answer import Answer, Answers, Project
from groundplan.model.diagnostic import Diagnostic
from groundplan.phases import builtin

QUESTIONS = ("hosting", "regions", "scaling", "monitoring", "budget", "iac")


def answers(texts: dict[str, str]) -> Answers:
    """`texts` by question, and `quality` where it is not production."""
    project = Project(name="orders", quality=texts.get("quality", "production"))  # type: ignore[arg-type]  # a literal in data
    return Answers(project=project, answers={q: Answer(texts[q]) for q in QUESTIONS if q in texts})


def compiled(texts: dict[str, str]) -> pipeline.Compilation:
    return pipeline.compile(answers(texts), facts.load(), phase())


def findings(texts: dict[str, str], code: str | None = None) -> tuple[Diagnostic, ...]:
    return tuple(d for d in compiled(texts).diagnostics if code in (None, d.code))


@cache
def phase():
    return builtin()


def blocks(page: str, heading: str) -> list[dict[str, str]]:
    """The TOML blocks below `## heading` of a page."""
    part = page.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return [tomllib.loads(b) for b in re.findall(r"```toml\n(.*?)```", part, re.S)]
