"""implementation_options_spec.md, Infrastructure & Hosting: computed candidates, the selection and its reasons."""

from __future__ import annotations

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.estimate import OptionRow
from groundplan.model.knowledge import Section
from groundplan.model.quantity import Range
from groundplan.model.spec import Field
from groundplan.sections import _words as w
from groundplan.syntax.markdown import inline


def render(case: Case, diagnostics: tuple[Diagnostic, ...]) -> tuple[Field, ...]:
    if not case.options:
        return ()
    planned = [o for o in case.options if _sum(o)]
    chosen = next((o for o in case.options if o.chosen), None)
    as_of = f", prices as of {case.estimate.as_of}" if case.estimate else ""
    head = f"{len(planned)} planned and priced for the same capacity{as_of}"
    others = w.listed([o.name for o in case.options if not _sum(o)])
    rows = [_row(o) for o in planned] + ([f"not priced yet: {others}"] if others else [])
    fields = [
        Field(label="Candidates", text="\n".join([head, *rows]), also=("Options", "Options considered"))
    ]
    if chosen:
        fields += _selection(case, chosen, planned)
    found = [f"{d.code} {inline(d.message)}" for d in diagnostics if d.severity in ("error", "warning")]
    if found:
        fields.append(
            Field(
                label="Considerations",
                text="\n".join([f"{len(found)} known limits", *found]),
                also=("Trade-offs",),
            )
        )
    if chosen:
        fields.append(Field(label="Risk", text=chosen.risk))
    fields.append(
        Field(
            label="Revisit when",
            text=_revisit(case),
            also=("When to revisit", "Triggers to revisit"),
        )
    )
    return tuple(f for f in fields if f.text)


def _row(option: OptionRow) -> str:
    return (
        f"{option.name} in {', '.join(option.regions)}: {_cost(option)}. "
        f"{option.scaling} {option.monitoring} {option.budget_alarm} {option.code}"
    )


def _sum(option: OptionRow) -> Range | None:
    """The total with stand-ins for unknown prices, so that no row is cheap only for want of them."""
    return option.like or option.total


def _cost(option: OptionRow) -> str:
    best = _sum(option)
    assert best is not None
    text = f"{w.money(best, 'USD')} a month"
    if not option.missing:
        return text
    if option.like is None:
        return f"at least {text}, {w.unknown(option.missing)}"
    known = f", of which {w.money(option.total, 'USD')} by known prices" if option.total else ""
    return f"about {text}{known}; {w.unknown(option.missing)} there"


def _selection(case: Case, chosen: OptionRow, planned: list[OptionRow]) -> list[Field]:
    said = case.decisions.words("hosting", "primary")
    words = f"stated: “{inline(said.text)}”" if said else "taken as the primary platform"
    reasons = [words]
    for option in planned:
        one, other = _sum(chosen), _sum(option)
        if option.chosen or one is None or other is None:
            continue
        gap = other.expected - one.expected
        more = "more" if gap > 0 else "less"
        about = "about " if option.missing or chosen.missing else ""
        reasons.append(
            f"{option.name} would cost {about}{abs(gap):,.2f} USD a month {more} at the expected load"
        )
    return [
        Field(
            label="Selection",
            text=chosen.name,
            uncertain=w.doubtful(case, "hosting", "primary"),
            also=("Selected", "Decision", "Chosen"),
        ),
        Field(label="Rationale", text="; ".join(reasons), also=("Reason", "Why")),
    ]


def _revisit(case: Case) -> str:
    verdict = case.estimate.verdict if case.estimate else None
    reasons = []
    if verdict and verdict.state == "breaks_at_maximum":
        reasons.append(f"more than {(verdict.breaks_at_instances or 1) - 1} instances run for a month")
    if case.plan and len(case.plan.places) == 1:
        reasons.append(
            "users outside the region wait too long, or a region's loss may no longer mean downtime"
        )
    reasons.append("prices are older than 180 days, or a stated duty on where data lies changes")
    return "; ".join(reasons)


SECTION = Section(
    key="options_hosting", document=w.OPTIONS, heading=("Infrastructure & Hosting",), render=render
)
