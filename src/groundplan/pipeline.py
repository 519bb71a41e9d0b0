"""The whole compiler on one page: answers in, everything else out. No I/O, no clock."""

from __future__ import annotations

import msgspec

from groundplan import check as checking
from groundplan import fill, plan, price, read, weigh
from groundplan.detect.findings import findings
from groundplan.facts import residency
from groundplan.model.answer import Answers
from groundplan.model.case import Case
from groundplan.model.decision import Decisions
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.estimate import Estimate, OptionRow
from groundplan.model.files import File
from groundplan.model.infrastructure import Facts
from groundplan.model.placement import Placement
from groundplan.model.plan import Plan
from groundplan.model.question import Phase
from groundplan.model.spec import SectionFill


class Compilation(msgspec.Struct, frozen=True, kw_only=True):
    answers: Answers
    phase: Phase
    decisions: Decisions
    unanswered: tuple[str, ...]
    """Question keys without an answer, in the order of the phase."""
    plan: Plan | None
    estimate: Estimate | None
    options: tuple[OptionRow, ...]
    placements: tuple[Placement, ...]
    """Where everything of the plan lies."""
    diagnostics: tuple[Diagnostic, ...]
    sections: tuple[SectionFill, ...]
    files: tuple[File, ...]

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return tuple(d for d in self.diagnostics if d.severity == "error")


def compile(answers: Answers, facts: Facts, phase: Phase, today: str | None = None) -> Compilation:
    """Read, plan, price, check, fill and lower one set of answers.

    `today` is an ISO date that decides whether ignores have expired; None keeps them all. The same input
    gives the same result, byte for byte, on every machine.
    """
    decisions = read.decide(phase, answers, facts)
    platform = plan.plannable(decisions)
    made = plan.plan(plan.draft(answers, decisions, facts), facts) if platform else None
    decisions = plan.with_used(decisions, made) if made else decisions
    estimate = price.price(made, facts) if made else None
    options = weigh.compare(answers, decisions, facts, made, estimate) if platform else ()
    if made and estimate:
        estimate = weigh.with_remedies(made, estimate, options, facts)
    case = Case(
        answers=answers, decisions=decisions, facts=facts, plan=made, estimate=estimate, options=options
    )
    diagnostics = checking.check(case, today, findings(answers))
    builtin = phase.source == "built-in" or made is not None
    return Compilation(
        answers=answers,
        phase=phase,
        decisions=decisions,
        unanswered=tuple(q.key for q in phase.questions if q.key not in decisions.readings),
        plan=made,
        estimate=estimate,
        options=options,
        placements=residency.placements(made, facts) if made else (),
        diagnostics=diagnostics,
        sections=fill.sections(case, diagnostics) if builtin else fill.generic_sections(phase, decisions),
        files=code(made) if made else (),
    )


def code(made: Plan) -> tuple[File, ...]:
    """The files of the plan's target, none where there is no target; imported here because reviewing needs none."""
    if not made.target:
        return ()
    from groundplan import emit, lower

    files: tuple[File, ...] = emit.emit(made, lower.lower(made))
    return files
