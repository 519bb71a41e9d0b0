"""Which regions of a platform serve the places that were named. Knows no coordinates; geography does."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from groundplan.facts import geography, residency
from groundplan.facts.entries import FRONTS
from groundplan.model.decision import Decisions, NamedPlace
from groundplan.model.infrastructure import Facts, Region
from groundplan.model.knowledge import Platform
from groundplan.model.plan import Assumption, Place
from groundplan.readers._spoken import spoken

Topology = Literal["single", "multi", "global"]
_HOME = NamedPlace("US East", "us")
_WORLD = (NamedPlace("US East", "us"), NamedPlace("EU West", "eu"), NamedPlace("Singapore", "sg"))
_EEA_DUTIES = {"gdpr", "eu", "eea"}


class Where(msgspec.Struct, frozen=True):
    topology: Topology
    places: tuple[Place, ...]


_FRONTS = re.compile(FRONTS, re.IGNORECASE)


def own_entry(decisions: Decisions) -> bool:
    """False where the answers name what stands before several regions; Route 53 is no such thing, for it is written."""
    return not any(spoken(decisions, _FRONTS, "hosting", "regions", "scaling", "monitoring"))


_NEAR_KM = 1500


def places(decisions: Decisions, platform: Platform, facts: Facts) -> tuple[Where, tuple[Assumption, ...]]:
    """Resolve the named places to regions of `platform`, the primary first; no region twice."""
    said = decisions.regions
    gaps: list[Assumption] = []
    topology: Topology = said.topology or ("multi" if len(said.regions) > 1 else "single")
    wanted = _wanted(decisions, topology, gaps)
    found: dict[str, Place] = {}
    for place in wanted:
        if platform.key not in facts.regions:
            own = _own_site(place, facts)
            found.setdefault(own.code, own)
            continue
        hit = geography.resolve(
            place, platform.key, facts, _eea_only(place, said.residency), _within(place, said.residency)
        )
        if hit is None and place.provider_region:  # a code that is not open: the place it stands for still is
            anywhere = msgspec.structs.replace(place, provider_region=None)
            hit = geography.resolve(anywhere, platform.key, facts)
        if hit is None:
            continue
        if hit[0].code in found and said.failover:
            hit = _apart(place, platform.key, facts, said.residency, found) or hit
        region, exact = hit
        if not exact:
            _gap(
                gaps,
                "regions",
                region.code,
                f"the nearest region of {platform.name} to {place.text} is {region.city}",
            )
        found.setdefault(region.code, _place(region, place.text))
    if not found:
        found = _somewhere(platform, facts, gaps)
    chosen = tuple(found.values())[: 1 if topology == "single" else None]
    if topology == "multi" and len(chosen) == 1:
        topology = "single"
    return Where(topology, chosen), tuple(gaps)


def _apart(
    place: NamedPlace, platform: str, facts: Facts, duties: tuple[str, ...], found: dict[str, Place]
) -> tuple[Region, bool] | None:
    """Another region for what takes over: in the same country, or near; one a continent away is not what was named."""
    country = geography.country_of(place)
    anywhere = msgspec.structs.replace(place, provider_region=None)
    inside = (country, *_within(place, duties))
    hit = geography.resolve(anywhere, platform, facts, _eea_only(place, duties), inside, taken=found)
    here = geography.point(place.text, facts)
    if hit is None or here is None or hit[0].country == country:
        return hit
    km = geography.distance_km(here, (hit[0].latitude, hit[0].longitude))
    return hit if km <= _NEAR_KM else None


def _somewhere(platform: Platform, facts: Facts, gaps: list[Assumption]) -> dict[str, Place]:
    """The region where most start: for places whose whereabouts are known to nobody here."""
    hit = geography.resolve(_HOME, platform.key, facts)
    if hit is None:
        return {}
    _gap(gaps, "regions", hit[0].code, "where the stated place lies is not known here", True)
    return {hit[0].code: _place(hit[0], _HOME.text)}


def _wanted(decisions: Decisions, topology: Topology, gaps: list[Assumption]) -> tuple[NamedPlace, ...]:
    said = decisions.regions
    if said.regions:
        first = [p for p in said.regions if said.primary and p.text == said.primary]
        return tuple(dict.fromkeys([*first, *said.regions]))
    if topology == "global":
        _gap(
            gaps,
            "regions",
            "US East, EU West, Singapore",
            "no region was named; one on each of three continents",
            True,
        )
        return _WORLD
    if said.users:
        _gap(gaps, "regions", said.users[0], "close to where the users are", True)
        return (NamedPlace(said.users[0], said.users[0]),)
    _gap(
        gaps,
        "regions",
        _HOME.text,
        "no place was named; the region where most services start and cost least",
        True,
    )
    return (_HOME,)


def _eea_only(place: NamedPlace, residency: tuple[str, ...]) -> bool:
    return bool(_EEA_DUTIES & set(residency)) and place.country_or_area not in ("us", "apac", "gb", "ch")


def _within(place: NamedPlace, duties: tuple[str, ...]) -> tuple[str, ...]:
    """Countries of a duty, for a place that is one of them or leaves it open; never for a place elsewhere."""
    area = place.country_or_area
    return tuple(c for c in residency.countries(duties) if area in (None, "eu", "eea", c.lower()))


def _own_site(place: NamedPlace, facts: Facts) -> Place:
    """A place of one's own, where the platform has no regions to choose from: a machine room, a cluster anywhere."""
    country = geography.country_of(place)
    known = facts.countries.get(country)
    words = "-".join(re.findall(r"[a-z0-9]+", place.text.lower()))[:20].strip("-")
    return Place(
        code=words or "site",
        city=place.text,
        country=country,
        eea=known.eea if known else place.country_or_area in ("eu", "eea"),
        said=place.text,
    )


def _place(region: Region, said: str) -> Place:
    return Place(
        code=region.code,
        city=region.city,
        country=region.country,
        eea=region.eea,
        said=said,
        zones=region.zones,
    )


def _gap(gaps: list[Assumption], field: str, value: str, reason: str, confirm: bool = False) -> None:
    gaps.append(Assumption(field=f"regions.{field}", value=value, reason=reason, confirm=confirm))
