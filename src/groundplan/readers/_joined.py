"""Join the names that mean one place: a code and its town, a town and its country. Knows no role of a place."""

from __future__ import annotations

import msgspec

from groundplan.readers._notes import Notes
from groundplan.readers._places import Mention, compatible, inside
from groundplan.readers._sites import Site
from groundplan.readers._words import words

_JOINTS = words(
    "datacenter datacentre dc rechenzentrum ( , / - – : area "
    "region in aka = region aws the i initially first now only"
)
MORE = words("and & + , und et y in")


def sites_of(notes: Notes, places: list[Mention]) -> list[Site]:
    """Join the names that mean one place: `Mumbai (ap-south-1)`, `Frankfurt, Germany`."""
    sites: list[Site] = []
    for place in places:
        if sites and _same(notes, sites[-1], place):
            last = place.last
            closing = (
                last < len(notes.text.tokens)
                and notes.text.tokens[last].text == ")"
                and notes.scope.bracket[place.first] >= sites[-1].first
            )
            sites[-1] = Site((*sites[-1].parts, place), sites[-1].first, last + closing)
        else:
            sites.append(Site((place,), place.first, place.last))
    return _without_repeats(notes, sites)


def _same(notes: Notes, site: Site, place: Mention) -> bool:
    between = notes.text.tokens[site.last : place.first]
    if notes.text.cue_between(site.last, place.first, "main", "secondary", "failover"):
        return False
    if site.where == place.where and any(t.text in _IDENTITY for t in between) and len(between) <= 4:
        return True
    if site.where == place.where and _code_and_city(notes, site, place):
        return True
    joined = len(between) <= 3 and all(t.text in _JOINTS for t in between)
    return joined and all(compatible(p, place) for p in site.parts)


def _code_and_city(notes: Notes, site: Site, place: Mention) -> bool:
    """`fsn1, Hetzner Falkenstein`: a data centre's short name beside the town."""
    tokens = notes.text.tokens
    short = [any(c.isdigit() for c in tokens[m.first].text) for m in (site.parts[-1], place)]
    provider = {i for h in notes.text.of("platform") for i in range(h.first, h.last)}
    between = range(site.last, place.first)
    return (
        sum(short) == 1
        and len(between) <= 3
        and all(i in provider or tokens[i].text in _JOINTS for i in between)
    )


_IDENTITY = words("that's thats = aka meaning i.e ie heisst heissen c'est")


def _without_repeats(notes: Notes, sites: list[Site]) -> list[Site]:
    kept: list[Site] = []
    for site in sites:
        same = next(
            (
                n
                for n, k in enumerate(kept)
                if _names(notes, k) & _names(notes, site) or _town_of(notes, k, site)
            ),
            None,
        )
        if same is None:
            kept.append(site)
        else:
            again = (*kept[same].again, (site.first, site.last))
            kept[same] = msgspec.structs.replace(kept[same], again=again)
    return kept


def _town_of(notes: Notes, site: Site, again: Site) -> bool:
    """`eu-west-3 for now. Paris is closest`: the town of a code that was named before."""
    tokens = notes.text.tokens
    if (
        again.where != site.where
        or any(p.kind != "city" for p in again.parts)
        or tokens[again.first - 1].text in MORE
    ):
        return False
    written = " ".join(t.text for t in tokens[again.first : again.last])
    return any(p.town and written in p.town for p in site.parts)


def _names(notes: Notes, site: Site) -> set[str]:
    """Its code and its written names; an area may be named twice and mean two places in it."""
    exact = [p for p in site.parts if p.kind in ("code", "city")]
    return {p.code or " ".join(t.text for t in notes.text.tokens[p.first : p.last]) for p in exact}


def most_exact(notes: Notes, sites: list[Site]) -> list[Site]:
    """`EU only: Frankfurt` is Frankfurt: an area that another place lies in is no place of its own."""
    kept = []
    for site in sites:
        wide = site.is_wide
        if wide and any(
            s is not site and s.where != site.where and inside(s.where, site.where) for s in sites
        ):
            notes.remark("note", "`{}` is taken as the area around the exact place", site.first, site.last)
        elif wide and any(
            s is not site
            and s.where == site.where
            and any(p.kind in ("code", "city", "compass") for p in s.parts)
            for s in sites
        ):
            notes.use(site.first, site.last)
        else:
            kept.append(site)
    return kept
