"""What one decision was: the words, what drove it, what else was computed and why it lost, what follows.

Everything is taken from the compilation; what was not computed is not said. Knows no file and no format.
"""

from __future__ import annotations

import msgspec

from groundplan.drift.wording import question_of
from groundplan.facts.names import place
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.estimate import OptionRow
from groundplan.model.question import Question
from groundplan.pipeline import Compilation
from groundplan.store.generation import Record
from groundplan.syntax.markdown import inline, prose
from groundplan.syntax.patterns import late

_HUNDREDS = {"hosting": "1", "regions": "2", "scaling": "3", "monitoring": "4", "budget": "5", "iac": "6"}
"""Question -> the digit behind GP in the codes of its findings."""


_TITLE = 90
"""Characters that a heading may have behind the name of its question."""
_CLAUSES = late(r"[;.] (?![^()]*\))")
"""Where a clause ends, outside brackets."""


class Option(msgspec.Struct, frozen=True):
    name: str
    reason: str
    """Why it was chosen, or why it lost."""
    chosen: bool = False


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    question: str
    title: str
    date: str
    said: str
    """As the lock compares it."""
    context: tuple[str, ...]
    drivers: tuple[str, ...]
    options: tuple[Option, ...]
    """The chosen one first."""
    outcome: str
    consequences: tuple[str, ...]
    firm: bool
    """False where the answer is a default, or was not fully understood."""
    supersedes: Record | None = None


def decision(
    compilation: Compilation, key: str, said: str, before: Record | None, date: str
) -> Decision | None:
    """The decision on one question; None where the phase does not ask it or nothing was understood."""
    question = compilation.phase.question(key)
    reading = compilation.decisions.readings.get(key)
    if question is None or reading is None:
        return None
    outcome = _outcome(compilation, question)
    if not outcome:
        return None
    answer = compilation.answers.answers[key]
    return Decision(
        question=key,
        title=f"{inline(question.title)}: {_short(outcome)}",
        date=date,
        said=said,
        context=_context(question, said, answer.origin == "default"),
        drivers=_drivers(compilation),
        options=_options(compilation, key, outcome),
        outcome=outcome,
        consequences=_consequences(compilation, key),
        firm=answer.origin != "default" and reading.status == "ok",
        supersedes=before,
    )


def _outcome(compilation: Compilation, question: Question) -> str:
    """What the documents say of it, on one line."""
    found: list[str] = []
    for section in compilation.sections:
        for field in section.fields:
            asked, _ = question_of(compilation.phase, section.key, field.label)
            if asked == question and (section.key.startswith("codebase_") or not found):
                found.append("; ".join(line for line in field.text.split("\n") if line.strip()))
        if found:
            break
    return ". ".join(found)


def _short(outcome: str) -> str:
    """The first clause, for a heading; a bracket is never cut."""
    first = _CLAUSES.split(outcome)[0]
    if len(first) <= _TITLE:
        return first
    cut = first[: _TITLE - 1].rsplit(" ", 1)[0]
    whole = cut if cut.count("(") == cut.count(")") else cut.rpartition(" (")[0]
    return whole.rstrip(",:") + " …"


def _context(question: Question, said: str, default: bool) -> tuple[str, ...]:
    asked = inline(" ".join((question.prompt.strip().split("\n") or [question.title])[0].split()))
    if default:
        return (asked, "It was not answered; the recommended default was taken.")
    quotes = [f"“{inline(line)}”" for line in said.split("\n") if line.strip()]
    return (asked, *(f"The answer: {q}" if n == 0 else f"And: {q}" for n, q in enumerate(quotes)))


def _drivers(compilation: Compilation) -> tuple[str, ...]:
    plan = compilation.plan
    found = [f"quality level {compilation.answers.project.quality}"]
    if plan is None:
        return tuple(found)
    limit = plan.budget.limit
    found += [f"a budget of {limit.amount:,.2f} {limit.currency} a month"] if limit else []
    found += [f"a duty on where data lies: {inline(r.upper())}" for r in plan.draft.residency]
    users = ", ".join(inline(place(u.lower())) for u in plan.draft.users)
    found += [f"users: {users}"] if users else []
    return tuple(found)


def _options(compilation: Compilation, key: str, outcome: str) -> tuple[Option, ...]:
    if key == "hosting":
        return _platforms(compilation.options)
    estimate = compilation.estimate
    remedies = estimate.verdict.remedies if estimate else ()
    lost = [
        Option(
            inline(r.change),
            f"not asked for; it would save {r.saves:,.2f} {estimate.currency if estimate else ''} a month"
            + (f" and cost this: {inline(r.costs)}" if r.costs else ""),
        )
        for r in remedies
        if r.question == key
    ]
    return (Option(_short(outcome), "it is what was answered", True), *lost)


def _platforms(rows: tuple[OptionRow, ...]) -> tuple[Option, ...]:
    chosen = next((row for row in rows if row.chosen), None)
    if chosen is None:
        return ()
    others = [row for row in rows if not row.chosen]
    return (_option(chosen, None), *(_option(row, chosen) for row in others))


def _option(row: OptionRow, chosen: OptionRow | None) -> Option:
    where = f" in {', '.join(row.regions)}" if row.regions else ""
    told = [inline(row.reason).rstrip(".")] if row.reason else []
    if chosen is None:
        return Option(f"{inline(row.name)}{where}", "; ".join(["it is what was answered", *told]), True)
    told = ["ruled out in the answers", *told] if row.rejected else told
    return Option(f"{inline(row.name)}{where}", "; ".join([*told, _gap(row, chosen)]))


def _gap(row: OptionRow, chosen: OptionRow) -> str:
    mine, other = chosen.like or chosen.total, row.like or row.total
    if mine is None or other is None:
        return "its price is not known"
    gap = other.expected - mine.expected
    way = "more" if gap > 0 else "less"
    where = "from another region" if row.like else "not known"
    missing = f", {row.missing} of its prices {where}" if row.missing else ""
    about = "about " if row.like or chosen.like else ""
    return f"{about}{abs(gap):,.2f} USD a month {way} at the expected load{missing}"


def _consequences(compilation: Compilation, key: str) -> tuple[str, ...]:
    found = [_finding(d) for d in compilation.diagnostics if _about(key, d.code) and d.severity != "error"]
    accepted = [
        f"Accepted, {i.code}: {inline(i.because)}" + (f" (until {i.until})" if i.until else "")
        for i in compilation.answers.ignores
        if _about(key, i.code)
    ]
    return (*_money(compilation, key), *found, *accepted)


def _about(key: str, code: str) -> bool:
    return code[2:3] == _HUNDREDS.get(key)


def _finding(found: Diagnostic) -> str:
    served = f"; served by {prose(found.served_by)}" if found.served_by else ""
    return f"{found.code}: {prose(found.message)}{served}"


def _money(compilation: Compilation, key: str) -> tuple[str, ...]:
    estimate = compilation.estimate
    if estimate is None or key not in ("hosting", "budget"):
        return ()
    total = estimate.total
    return (
        f"The estimate is {total.floor:,.2f} to {total.ceiling:,.2f} {estimate.currency} a month, expected "
        f"{total.expected:,.2f} (prices as of {estimate.as_of}).",
    )
