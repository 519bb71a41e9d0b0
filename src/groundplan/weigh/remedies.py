"""Changes that bring a plan back into its budget: each is planned and priced again, none is guessed.

Tried in the order of what they cost the person: a place, a size, a peak, a region less, safety, another platform.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from groundplan import plan, price
from groundplan.facts import residency
from groundplan.facts.geography import distance_km, latency_ms
from groundplan.model.estimate import Estimate, OptionRow, Remedy
from groundplan.model.infrastructure import Facts, Region
from groundplan.model.plan import Draft, Place, Plan, ScalingWish
from groundplan.model.quantity import Range
from groundplan.weigh.billing import billed_otherwise

_OVER = ("over_at_minimum", "breaks_at_expected", "breaks_at_maximum")
_NEAR = 4
"""Other regions that are tried, the nearest first."""
_SIZES_MIB = (256, 512, 1024, 2048, 4096, 8192, 16384, 32768)


class _Trial(msgspec.Struct, frozen=True):
    draft: Draft
    change: str
    question: str
    costs: str


def with_remedies(made: Plan, estimate: Estimate, options: tuple[OptionRow, ...], facts: Facts) -> Estimate:
    """The estimate with what brings it back, where it passes the budget at any load; else as it is."""
    verdict = estimate.verdict
    if verdict.state not in _OVER or verdict.limit is None:
        return estimate
    trials = tuple(_trials(made, facts))
    priced = [price.price(plan.plan(trial.draft, facts), facts) for trial in trials]
    tried = [
        _remedy(trial, cost, estimate)
        for trial, cost in zip(trials, priced, strict=True)
        if len(cost.nowhere) <= len(estimate.nowhere)
    ]
    tried = [*billed_otherwise(made, estimate, facts), *tried]
    back = [r for r in tried if r.total.ceiling <= verdict.limit]
    back += list(_elsewhere(estimate, options))
    nearest = min((r for r in tried if r.saves > 0), key=lambda r: r.total.ceiling, default=None)
    return msgspec.structs.replace(
        estimate,
        verdict=msgspec.structs.replace(verdict, remedies=tuple(back), closest=None if back else nearest),
    )


def _remedy(trial: _Trial, cost: Estimate, estimate: Estimate) -> Remedy:
    return Remedy(
        change=trial.change,
        question=trial.question,
        total=cost.judged,
        saves=estimate.judged.ceiling - cost.judged.ceiling,
        costs=trial.costs,
        about=cost.like is not None,
    )


def _trials(made: Plan, facts: Facts) -> Iterator[_Trial]:
    draft = made.draft
    yield from _other_regions(draft, facts)
    yield from _lower_maximum(draft, facts)
    yield from _by_hand(made, facts)
    yield from _smaller(draft)
    yield from _fewer_regions(draft)
    yield from _fewer_at_start(draft)
    yield from _less_safety(draft)


def _other_regions(draft: Draft, facts: Facts) -> Iterator[_Trial]:
    """One other region instead of the only one, inside the area that was named, the nearest few."""
    known = facts.regions.get(draft.platform, {})
    home = known.get(draft.places[0].code)
    if home is None or len(draft.places) > 1:
        return
    near = sorted((_km(home, r), r.code) for r in known.values() if _allowed(r, home, draft, facts))
    for km, code in near[:_NEAR]:
        region = known[code]
        place = Place(code=code, city=region.city, country=region.country, eea=region.eea, zones=region.zones)
        middle = round(latency_ms(km)[1])
        yield _Trial(
            msgspec.structs.replace(draft, places=(place,)),
            f"the region {region.city} ({code}) instead of {home.city}",
            "regions",
            f"about {middle} ms from {home.city}",
        )


def _allowed(region: Region, home: Region, draft: Draft, facts: Facts) -> bool:
    if region.code == home.code or region.status != "open" or not region.default_enabled:
        return False
    return residency.inside(region.country, draft.residency, facts) is not False


def _km(a: Region, b: Region) -> float:
    return distance_km((a.latitude, a.longitude), (b.latitude, b.longitude))


def _lower_maximum(draft: Draft, facts: Facts) -> Iterator[_Trial]:
    """The largest maximum that is still paid for; found by halving, because more never costs less."""
    wish = draft.scaling
    low, high = max(wish.initial, wish.minimum, 1), wish.maximum
    if wish.mode == "manual" or high <= low:
        return
    best, low_, high_ = low, low, high - 1
    while low_ <= high_:
        middle = (low_ + high_) // 2
        if _within(_sized(draft, maximum=middle), facts):
            best, low_ = middle, middle + 1
        else:
            high_ = middle - 1
    each = " in each region" if len(draft.places) > 1 else ""
    if best < high:
        yield _Trial(
            _sized(draft, maximum=best),
            f"at most {best} {'instance' if best == 1 else 'instances'}{each} instead of {high}",
            "scaling",
            f"the peak is served by {best}{each}, or slower",
        )


def _by_hand(made: Plan, facts: Facts) -> Iterator[_Trial]:
    """A fixed number, where only larger sizes scale by themselves."""
    wish = made.draft.scaling
    if wish.mode == "manual":
        return
    fixed = msgspec.structs.replace(made.draft, scaling=msgspec.structs.replace(wish, mode="manual"))
    other = {c.sku for c in plan.plan(fixed, facts).role("web")}
    if other and other != {c.sku for c in made.role("web")}:
        count = max(wish.initial, 1)
        yield _Trial(
            fixed,
            f"a fixed number of {count} {', '.join(sorted(other))}, without automatic scaling",
            "scaling",
            f"a peak is served by {count}, or slower, until somebody changes the number",
        )


def _within(draft: Draft, facts: Facts) -> bool:
    return price.price(plan.plan(draft, facts), facts).verdict.state == "within"


def _smaller(draft: Draft) -> Iterator[_Trial]:
    wish = draft.scaling
    now = wish.memory_mib or 1024
    smaller = [m for m in _SIZES_MIB if m < now]
    for memory in reversed(smaller[-2:]):
        yield _Trial(
            msgspec.structs.replace(
                draft, scaling=msgspec.structs.replace(wish, memory_mib=memory, cpu=None)
            ),
            f"{memory} MB for each instance instead of {now} MB",
            "scaling",
            "the application must fit into it",
        )


def _fewer_regions(draft: Draft) -> Iterator[_Trial]:
    if len(draft.places) < 2:
        return
    first = draft.places[0]
    yield _Trial(
        msgspec.structs.replace(draft, places=(first,), topology="single", failover=False),
        f"one region, {first.city}, instead of {len(draft.places)}",
        "regions",
        "users elsewhere wait longer, and the loss of the region is downtime",
    )


def _fewer_at_start(draft: Draft) -> Iterator[_Trial]:
    wish = draft.scaling
    if max(wish.minimum, wish.initial) <= 1:
        return
    peak = 1 if wish.mode == "manual" else wish.maximum
    yield _Trial(
        msgspec.structs.replace(draft, scaling=_scaled(wish, 1, 1, peak)),
        "one instance at the start",
        "scaling",
        "every deployment or failure of it is downtime",
    )


def _less_safety(draft: Draft) -> Iterator[_Trial]:
    if draft.quality == "secure":
        yield _Trial(
            msgspec.structs.replace(draft, quality="production"),
            "quality level production instead of secure",
            "project.quality",
            "no standby of the database, shorter log retention",
        )
    if draft.quality in ("production", "secure"):
        yield _Trial(
            msgspec.structs.replace(draft, quality="prototype"),
            "quality level prototype",
            "project.quality",
            "smaller stores, and no private network where there was one",
        )


def _elsewhere(estimate: Estimate, options: tuple[OptionRow, ...]) -> Iterator[Remedy]:
    """The cheapest other platform that is paid for at every load and whose prices are all known."""
    fits = [
        r
        for r in options
        if r.total and not r.chosen and not r.rejected and not r.missing and r.budget_state == "within"
        and r.residency != "not_kept"
    ]  # fmt: skip
    best = min(fits, key=lambda r: (not r.written, _ceiling(r.total), r.platform), default=None)
    if best is not None and best.total is not None:
        note = "" if best.written else "; its code is not written here"
        yield Remedy(
            change=f"{best.name} in {', '.join(best.places)}",
            question="hosting",
            total=best.total,
            saves=estimate.judged.ceiling - best.total.ceiling,
            costs=f"another platform{note}",
        )


def _ceiling(total: Range | None) -> object:
    return total.ceiling if total else 0


def _sized(draft: Draft, maximum: int) -> Draft:
    wish = draft.scaling
    return msgspec.structs.replace(draft, scaling=_scaled(wish, wish.minimum, wish.initial, maximum))


def _scaled(wish: ScalingWish, minimum: int, initial: int, maximum: int) -> ScalingWish:
    return msgspec.structs.replace(wish, minimum=minimum, initial=initial, maximum=maximum)
