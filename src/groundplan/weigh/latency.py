"""How far users are from the nearest planned region. Knows great circles; a route may detour."""

from __future__ import annotations

from groundplan.facts import geography
from groundplan.model.estimate import Latency
from groundplan.model.infrastructure import Facts
from groundplan.model.plan import Place, Plan


def latencies(plan: Plan, facts: Facts) -> tuple[Latency, ...]:
    """One for each place where users were said to be; none where that was not said or cannot be found."""
    return tuple(
        found
        for users in dict.fromkeys(plan.draft.users)
        if (found := _nearest(users, plan, facts)) is not None
    )


def _nearest(users: str, plan: Plan, facts: Facts) -> Latency | None:
    here = geography.point(users, facts)
    there = [(p, at) for p in plan.places if (at := _at(p, plan.platform, facts)) is not None]
    if here is None or not there:
        return None
    km, place = min((geography.distance_km(here, at), p.code) for p, at in there)
    low, middle, high = geography.latency_ms(km)
    return Latency(
        users=users,
        region=place,
        km=round(km),
        least_ms=int(km / 100),
        low_ms=round(low),
        expected_ms=round(middle),
        high_ms=round(high),
    )


def _at(place: Place, platform: str, facts: Facts) -> geography.Point | None:
    region = facts.regions.get(platform, {}).get(place.code)
    if region is not None:
        return region.latitude, region.longitude
    return geography.point(place.said, facts) or geography.point(place.country.lower(), facts)
