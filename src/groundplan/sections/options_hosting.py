"""implementation_options_spec.md, Infrastructure & Hosting: computed candidates, the selection and its reasons."""

from __future__ import annotations

from groundplan.model.case import Case
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.estimate import OptionRow
from groundplan.model.knowledge import Section
from groundplan.model.spec import Field
from groundplan.sections import _words as w
from groundplan.syntax.markdown import inline


def render(case: Case, diagnostics: tuple[Diagnostic, ...]) -> tuple[Field, ...]:
    if not case.options:
        return ()
    planned = [o for o in case.options if o.total]
    chosen = next((o for o in case.options if o.chosen), None)
    as_of = f", prices as of {case.estimate.as_of}" if case.estimate else ""
    head = f"{len(planned)} planned and priced for the same capacity{as_of}"
    others = w.listed([o.name for o in case.options if not o.total])
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
    assert option.total is not None
    missing = f", {option.missing} prices not known" if option.missing else ""
    return (
        f"{option.name} in {', '.join(option.regions)}: {w.money(option.total, 'USD')} a month{missing}. "
        f"{option.scaling} {option.monitoring} {option.budget_alarm} {option.code}"
    )


def _selection(case: Case, chosen: OptionRow, planned: list[OptionRow]) -> list[Field]:
    said = case.decisions.words("hosting", "primary")
    words = f"stated: “{inline(said.text)}”" if said else "taken as the primary platform"
    other = [o for o in planned if not o.chosen and o.total and chosen.total]
    reasons = [words]
    for option in other:
        assert option.total is not None and chosen.total is not None
        gap = option.total.expected - chosen.total.expected
        more = "more" if gap > 0 else "less"
        reasons.append(f"{option.name} would cost {abs(gap):,.2f} USD a month {more} at the expected load")
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
