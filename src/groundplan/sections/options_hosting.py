"""implementation_options_spec.md, Infrastructure & Hosting: computed candidates, the selection and its reasons."""

from __future__ import annotations

from groundplan.model.case import Case
from groundplan.model.decision import Span
from groundplan.model.diagnostic import Diagnostic
from groundplan.model.estimate import OptionRow
from groundplan.model.knowledge import Section
from groundplan.model.spec import Field
from groundplan.sections import _words as w
from groundplan.sections._answers import own_words
from groundplan.syntax.markdown import inline, prose

_SHORT = 200


def render(case: Case, diagnostics: tuple[Diagnostic, ...]) -> tuple[Field, ...]:
    if not case.options:
        return ()
    chosen = next((o for o in case.options if o.chosen), None)
    found = [f"{d.code}: {prose(d.message)}" for d in diagnostics if d.severity in ("error", "warning")]
    fields = (
        Field(
            label="Candidates",
            text=_candidates(case),
            also=("Options", "Options considered", "Candidate platforms", "Alternatives"),
        ),
        *(_selection(case, chosen) if chosen else ()),
        Field(
            label="Considerations",
            text=w.lines(w.counted(len(found), "known limit"), found),
            also=("Trade-offs",),
        ),
        Field(label="Risk", text=_risk(chosen) if chosen else "", also=("Risks",)),
        Field(label="Revisit when", text=_revisit(case), also=("When to revisit", "Triggers to revisit")),
    )
    return tuple(f for f in fields if f.text)


def _candidates(case: Case) -> str:
    planned = [o for o in case.options if _known(o)]
    others = w.listed([o.name for o in case.options if not _known(o)])
    as_of = f", prices as of {case.estimate.as_of}" if case.estimate else ""
    head = f"{len(planned)} planned and priced for the same capacity{as_of}"
    rest = [f"{others}: the machines have no known price for this plan"] if others else []
    return w.lines(head, [_row(o, case) for o in planned] + rest)


def _known(option: OptionRow) -> bool:
    return option.total is not None or option.like is not None


def _row(option: OptionRow, case: Case) -> str:
    parts = [
        _priced(option),
        _nearness(option),
        _fit(option),
        f"{option.burden} upkeep",
    ]
    told = [part for part in (*parts, "selected" if option.chosen else _lost(option, case)) if part]
    return f"{option.name} ({w.listed([inline(r) for r in option.regions])}): {', '.join(told)}"


def _priced(option: OptionRow) -> str:
    if option.like is not None:
        return (
            f"about {w.money(option.like, 'USD')} a month, {option.missing} of its prices from another region"
        )
    known = w.money(option.total, "USD") if option.total else ""
    gaps = w.counted(option.missing, "price")
    return f"{known} a month" + (f" and {gaps} not known" if option.missing else "")


def _nearness(option: OptionRow) -> str:
    worst = max((one.expected_ms for one in option.latency), default=None)
    return f"about {worst} ms from the centre of the users" if worst is not None else ""


def _fit(option: OptionRow) -> str:
    others = [wish for wish, how in option.fit.items() if how != "as stated"]
    return (
        f"{w.listed(others)} served another way"
        if others
        else "serves every wish as stated"
        if option.fit
        else ""
    )


def _lost(option: OptionRow, case: Case) -> str:
    """Why the person did not take it; what the matrix would rather have is told where it is not the choice."""
    if option.rejected:
        return "not taken: ruled out"
    chosen = next((o for o in case.options if o.chosen), None)
    if option.recommended and chosen:
        return f"the recommended one, and not taken because {chosen.name} was stated"
    reason = inline(option.reason)
    if chosen and " USD " in f" {reason} ":
        reason = _dearer(option, chosen)
    return f"not taken: {reason}" if reason else ""


def _dearer(option: OptionRow, chosen: OptionRow) -> str:
    """The difference in money, where both sides are priced in full."""
    if not (option.total and chosen.total) or option.missing or chosen.missing:
        return ""
    gap = option.total.expected - chosen.total.expected
    return f"{abs(gap):,.2f} USD a month {'more' if gap > 0 else 'less'} at the expected load"


def _selection(case: Case, chosen: OptionRow) -> tuple[Field, ...]:
    return (
        Field(
            label="Selection",
            text=chosen.name,
            uncertain=w.doubtful(case, "hosting", "primary"),
            also=(
                "Selected",
                "Decision",
                "Chosen",
                "Recommendation",
                "Recommended option",
                "Choice",
                "Selected option",
            ),
        ),
        Field(label="Rationale", text=_rationale(case, chosen), also=("Reason", "Why")),
    )


def _rationale(case: Case, chosen: OptionRow) -> str:
    said = case.decisions.words("hosting", "primary")
    words = f"stated: “{_stated(case, said)}”" if said else "taken as the primary platform"
    gaps = [(o.name, _dearer(o, chosen)) for o in case.options if not o.chosen and not o.rejected]
    known = [f"{name} would cost {gap}" for name, gap in gaps if gap]
    verdict = case.estimate.verdict.text if case.estimate and not case.estimate.missing else ""
    if chosen.missing:
        verdict = "costs are not compared, because a price of it is not known"
    elif chosen.recommended:
        verdict = inline(chosen.reason)
    return w.joined([words, verdict, *known])


def _stated(case: Case, span: Span) -> str:
    """The whole answer where it is short, for it often holds the reason; else the words that named the platform."""
    whole = own_words(case, "hosting")
    return whole if len(whole) <= _SHORT else inline(span.text)


def _risk(chosen: OptionRow) -> str:
    return w.joined([inline(chosen.risk).rstrip("."), inline(chosen.lifecycle)])


def _revisit(case: Case) -> str:
    verdict = case.estimate.verdict if case.estimate else None
    reasons = []
    if verdict and verdict.state == "breaks_at_maximum" and (verdict.breaks_at_instances or 0) > 1:
        more = w.counted((verdict.breaks_at_instances or 2) - 1, "instance")
        reasons.append(f"more than {more} run for a month")
    if case.plan and len(case.plan.places) == 1:
        reasons.append(
            "users far from the region wait too long, or the loss of a region may no longer mean downtime"
        )
    reasons.append("prices are older than 180 days, or a duty on where data lies changes")
    return "; ".join(reasons)


SECTION = Section(
    key="options_hosting", document=w.OPTIONS, heading=("Infrastructure & Hosting",), render=render
)
