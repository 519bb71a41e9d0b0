"""Where everything of a plan lies: machines, stores, logs, tools, backups and pairs. Knows places, claims no compliance.

A duty is the person's own word: `gdpr`, `eea` and `eu` are read as the European Economic Area, a country code as that
country. A law that names no place, HIPAA say, is about other things than this.
"""

from __future__ import annotations

from collections.abc import Iterator

from groundplan.model.infrastructure import Facts, Site
from groundplan.model.placement import Placement, What
from groundplan.model.plan import Component, Plan

_EEA = ("gdpr", "eea", "eu")
_KINDS: dict[str, What] = {
    "web": "compute", "worker": "compute", "autoscaler": "compute", "database": "database", "cache": "cache",
    "queue": "queue", "storage": "storage", "logs": "logs", "registry": "images", "metrics": "tool",
    "errors": "tool", "uptime": "tool", "route": "tool",
}  # fmt: skip


def inside(country: str, duties: tuple[str, ...], facts: Facts) -> bool | None:
    """Whether `country` lies in every area that the duties name; None where they name none or it is not known."""
    areas = [d for d in duties if d in _EEA or len(d) == 2]
    if not areas or not country:
        return None
    known = facts.countries.get(country)
    eea = known.eea if known else False
    return all(eea if d in _EEA else country == _code(d) for d in areas)


def countries(duties: tuple[str, ...]) -> tuple[str, ...]:
    """Codes of the single countries that the duties name."""
    return tuple(_code(d) for d in duties if len(d) == 2 and d not in _EEA)


def placements(plan: Plan, facts: Facts) -> tuple[Placement, ...]:
    """Everything that holds or carries data, in the order of the plan; what has no known place says so."""
    found: list[Placement] = []
    for component in plan.components:
        what = _KINDS.get(component.role)
        if what is None:
            continue
        found += _of(what, component, plan, facts)
        if what == "database" and component.provider == plan.platform:
            found += _copies(component, plan, facts)
    return tuple(found)


def kept(placed: tuple[Placement, ...]) -> bool | None:
    """Whether what runs, holds and logs lies inside; None where no area was named. Copies and tools are told apart."""
    own = [p for p in placed if p.what not in ("tool", "pair", "backup")]
    judged = [p.inside for p in own if p.inside is not None]
    return all(judged) if judged else None


def _of(what: What, component: Component, plan: Plan, facts: Facts) -> Iterator[Placement]:
    duties = plan.draft.residency
    place = next((p for p in plan.places if p.code == component.region), None)
    region = facts.regions.get(plan.platform, {}).get(component.region or "")
    if component.provider != plan.platform and not (region or place):
        yield _at_site(what, component, duties, facts)
    elif not (region or place):
        note = "kept by the platform; where is not known here"
        yield Placement(what=what, component=component.key, provider=component.provider, note=note)
    else:
        country = region.country if region else place.country if place else ""
        city = region.city if region else place.city if place else ""
        within = inside(country, duties, facts)
        if within is None and place and not country and place.eea:
            within = True if any(d in _EEA for d in duties) else None
        yield Placement(
            what=what,
            component=component.key,
            provider=component.provider,
            region=component.region or "",
            city=city,
            country=country,
            inside=within,
        )


def _at_site(what: What, component: Component, duties: tuple[str, ...], facts: Facts) -> Placement:
    """Of the places that a third party offers, one inside the area where there is one, else the usual one."""
    sites = facts.sites.get(component.provider, {}).values()
    best = min(sites, key=lambda s: (inside(s.country, duties, facts) is False, not s.default), default=None)
    if best is None:
        note = "where it keeps data is not known here"
        return Placement(what=what, component=component.key, provider=component.provider, note=note)
    return Placement(
        what=what,
        component=component.key,
        provider=component.provider,
        region=best.code,
        city=best.city,
        country=best.country,
        inside=inside(best.country, duties, facts),
        choice=best.chosen_at,
        note=_site_note(best),
    )


def _site_note(site: Site) -> str:
    if not site.chosen_at:
        return "no other place is offered"
    usual = "the usual place" if site.default else "not the usual place"
    when = "at sign-up" if site.chosen_at == "sign-up" else f"with the {site.chosen_at}"
    return f"{usual}; chosen {when}, and hard to change later"


def _copies(component: Component, plan: Plan, facts: Facts) -> Iterator[Placement]:
    """Backups of a store, and the region that the vendor pairs with it."""
    duties, code = plan.draft.residency, component.region or ""
    region = facts.regions.get(plan.platform, {}).get(code)
    rule = facts.copies.get(f"{plan.platform}.backup")
    if rule is None or (rule.lies == "region" and region is None):
        note = "where its backups lie is not known here"
        yield Placement(what="backup", component=component.key, provider=plan.platform, note=note)
    elif rule.lies == "country":
        yield Placement(
            what="backup",
            component=component.key,
            provider=plan.platform,
            country=rule.country,
            inside=inside(rule.country, duties, facts),
            note=rule.text,
        )
    elif region is not None:
        yield Placement(
            what="backup",
            component=component.key,
            provider=plan.platform,
            region=code,
            city=region.city,
            country=region.country,
            inside=inside(region.country, duties, facts),
            note=rule.text,
        )
    if region is not None and region.pair:
        other = facts.regions[plan.platform][region.pair]
        yield Placement(
            what="pair",
            component=component.key,
            provider=plan.platform,
            region=other.code,
            city=other.city,
            country=other.country,
            inside=inside(other.country, duties, facts),
            note="only where geo-redundant copies are switched on",
        )


def _code(duty: str) -> str:
    return "GB" if duty == "uk" else duty.upper()
