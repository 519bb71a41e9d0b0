"""Places and distances: which region of a provider serves a named place. Knows no prices and no law.

Centres of countries and areas are where most of their people live, to a tenth of a degree, from GeoNames
(geonames.org, population-weighted by hand, 2026-11); they only pick the nearest region.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from groundplan.model.decision import NamedPlace
from groundplan.model.infrastructure import Facts, Region

Point = tuple[float, float]

_CENTRES: dict[str, Point] = {
    "us": (39.0, -77.5), "us_east": (39.0, -77.5), "us_west": (37.4, -121.9), "us_central": (41.3, -95.9),
    "ca": (43.7, -79.4), "mx": (19.4, -99.1), "br": (-23.5, -46.6), "ar": (-34.6, -58.4), "cl": (-33.4, -70.7),
    "co": (4.7, -74.1), "pe": (-12.0, -77.0), "latam": (-23.5, -46.6),
    "eu": (50.1, 8.7), "eu_west": (53.3, -6.3), "eu_central": (50.1, 8.7), "eu_north": (59.3, 18.1),
    "eu_south": (45.5, 9.2), "emea": (50.1, 8.7), "eea": (50.1, 8.7),
    "de": (50.1, 8.7), "at": (48.2, 16.4), "ch": (47.4, 8.5), "fr": (48.9, 2.4), "gb": (51.5, -0.1),
    "ie": (53.3, -6.3), "nl": (52.4, 4.9), "be": (50.9, 4.4), "lu": (49.6, 6.1), "es": (40.4, -3.7),
    "pt": (38.7, -9.1), "it": (45.5, 9.2), "se": (59.3, 18.1), "no": (59.9, 10.7), "dk": (55.7, 12.6),
    "fi": (60.2, 24.9), "is": (64.1, -21.9), "pl": (52.2, 21.0), "cz": (50.1, 14.4), "sk": (48.1, 17.1),
    "hu": (47.5, 19.0), "ro": (44.4, 26.1), "bg": (42.7, 23.3), "gr": (38.0, 23.7), "hr": (45.8, 16.0),
    "si": (46.1, 14.5), "ee": (59.4, 24.8), "lv": (56.9, 24.1), "lt": (54.7, 25.3), "ua": (50.5, 30.5),
    "tr": (41.0, 29.0), "il": (32.1, 34.8), "ae": (25.2, 55.3), "sa": (24.7, 46.7), "qa": (25.3, 51.5),
    "bh": (26.2, 50.6), "mena": (25.2, 55.3), "gcc": (25.2, 55.3),
    "za": (-26.2, 28.0), "ng": (6.5, 3.4), "ke": (-1.3, 36.8), "eg": (30.0, 31.2),
    "africa": (-26.2, 28.0), "in": (19.1, 72.9), "pk": (24.9, 67.0), "bd": (23.8, 90.4), "lk": (6.9, 79.9),
    "sg": (1.4, 103.8), "my": (3.1, 101.7), "id": (-6.2, 106.8), "th": (13.8, 100.5), "vn": (10.8, 106.7),
    "ph": (14.6, 121.0), "hk": (22.3, 114.2), "tw": (25.0, 121.5), "cn": (31.2, 121.5), "kr": (37.6, 127.0),
    "jp": (35.7, 139.7), "au": (-33.9, 151.2), "nz": (-36.8, 174.8), "apac": (1.4, 103.8), "asia": (1.4, 103.8),
    "oceania": (-33.9, 151.2),
}  # fmt: skip

_SIDES = {"east": "east", "west": "west", "central": "central", "north": "north", "south": "south"}
_HOMES = {
    ("aws", "eu_west"): "eu-west-1",
    ("aws", "us_east"): "us-east-1",
    ("aws", "us_west"): "us-west-2",
    ("aws", "us"): "us-east-1",
    ("gcp", "us_east"): "us-east4",
    ("gcp", "eu_west"): "europe-west1",
    ("azure", "eu_west"): "westeurope",
    ("azure", "us_east"): "eastus",
    ("fly", "eu_west"): "ams",
    ("fly", "us_east"): "iad",
    ("fly", "us_west"): "sjc",
}
"""What the vendor itself, or common use, calls by such a name; where none does, the nearest region is taken.
Fly.io: Amsterdam rather than London for “EU West”, because London is not in the EU."""


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance on a sphere of 6371 km."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


def latency_ms(km: float) -> tuple[float, float, float]:
    """Estimated round trip: low, middle and high. No route beats 1 ms per 100 km.

    Median error 14 % against Microsoft's published inter-region medians (2026); last mile and TLS are extra.
    """
    middle = 5 + 1.5 * km / 100
    return max(km / 100, middle * 0.75), middle, middle * 1.6


def resolve(
    place: NamedPlace,
    provider: str,
    facts: Facts,
    eea_only: bool = False,
    within: tuple[str, ...] = (),
    taken: Collection[str] = (),
) -> tuple[Region, bool] | None:
    """The region of `provider` that `place` means, and whether the words name it exactly; None where unknown.

    A region that is closed or must be enabled first is taken only where its own code or city was named. `within`:
    countries that a duty names; they bind wherever the provider has a region in one of them. `taken`: codes that
    another place has already, where this one is to stand in for it.
    """
    regions = {c: r for c, r in facts.regions.get(provider, {}).items() if c not in taken}
    usable = {c: r for c, r in regions.items() if r.status == "open" and (r.eea or not eea_only)}
    usable = {c: r for c, r in usable.items() if r.country in within} or usable
    if place.provider_region and (hit := regions.get(place.provider_region)) and hit.status == "open":
        return hit, True
    if city := _by_city(place.text, usable):
        return city, True
    area = _area(place)
    home = usable.get(_HOMES.get((provider, area), ""))
    if home:
        return home, True
    point = _point(place, area, facts)
    candidates = [r for r in usable.values() if r.default_enabled] or list(usable.values())
    if point is None or not candidates:
        return None
    nearest = min(candidates, key=lambda r: (distance_km(point, (r.latitude, r.longitude)), r.code))
    return nearest, False


def country_of(place: NamedPlace) -> str:
    """ISO code of the country that `place` lies in, upper case; empty where only an area is known."""
    area = place.country_or_area or ""
    return area.upper() if len(area) == 2 and area != "eu" else ""


def point(text: str, facts: Facts) -> Point | None:
    """Where a place that was named in words, or by the code of a country or area, lies; None where unknown."""
    if text in _CENTRES:
        return _CENTRES[text]
    for regions in facts.regions.values():
        if city := _by_city(text, regions):
            return city.latitude, city.longitude
    return None


def _by_city(text: str, regions: Mapping[str, Region]) -> Region | None:
    words = text.lower()
    hits = [r for r in regions.values() if _city(r) in words]
    return min(hits, key=lambda r: (not r.default_enabled, -len(r.city), r.code)) if hits else None


def _city(region: Region) -> str:
    return region.city.split(",")[0].lower()


def _area(place: NamedPlace) -> str:
    """`us` with “East” in the words is `us_east`."""
    area = place.country_or_area or ""
    if area in ("us", "eu"):
        words = place.text.lower().replace("-", " ").replace("virginia", "east").replace("oregon", "west")
        for word, side in _SIDES.items():
            if word in words and f"{area}_{side}" in _CENTRES:
                return f"{area}_{side}"
    return area


def _point(place: NamedPlace, area: str, facts: Facts) -> Point | None:
    """Where the place is: a region of any provider with that code or city, else the centre of its area."""
    for regions in facts.regions.values():
        if place.provider_region and (hit := regions.get(place.provider_region)):
            return hit.latitude, hit.longitude
    for regions in facts.regions.values():
        if city := _by_city(place.text, regions):
            return city.latitude, city.longitude
    return _CENTRES.get(area)


def centre(area: str) -> Point | None:
    """Where most people of a country or area live; None where it is not listed."""
    return _CENTRES.get(area)
