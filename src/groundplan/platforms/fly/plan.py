"""A neutral draft made concrete for Fly.io. Knows the order of the parts; each part knows its own concern."""

from __future__ import annotations

import msgspec

from groundplan.model.infrastructure import Facts
from groundplan.model.plan import Assumption, Draft, Place, Plan
from groundplan.platforms.fly.budgeting import budgeting
from groundplan.platforms.fly.part import join
from groundplan.platforms.fly.stores import stores
from groundplan.platforms.fly.watching import watching
from groundplan.platforms.fly.web import web

_ORGANISATION = Assumption(
    field="hosting.organisation",
    value="personal",
    reason="the slug of a new account; `fly orgs list` shows yours, and the runbook's variable ORG takes it",
    confirm=True,
)


_HOME = "iad"
"""Where Fly.io costs least and offers everything."""


def plan(draft: Draft, facts: Facts) -> Plan:
    """Choose SKUs, counts and regions, and serve what Fly.io cannot by what it can; the same draft, the same plan."""
    draft = _placed(draft, facts)
    watch = watching(draft)
    most = join((web(draft, facts), stores(draft, facts), watch.part))
    money = budgeting(draft, most.components, facts)
    whole = join((most, money.part))
    return Plan(
        draft=draft,
        platform="fly",
        service="machines",
        target="native",
        components=whole.components,
        alarms=watch.alarms,
        routes=watch.routes,
        budget=money.wish,
        substitutions=whole.substitutions,
        assumptions=(*draft.assumptions, *whole.assumptions, _ORGANISATION),
        secrets=whole.secrets,
    )


def _placed(draft: Draft, facts: Facts) -> Draft:
    """The draft with at least one place: where none could be resolved, the cheapest region is assumed."""
    if draft.places:
        return draft
    region = facts.regions["fly"][_HOME]
    place = Place(code=region.code, city=region.city, country=region.country, eea=region.eea)
    reason = "no region of Fly.io could be told from the answer; this is the cheapest"
    gap = Assumption(field="regions.regions", value=_HOME, reason=reason, confirm=True)
    return msgspec.structs.replace(draft, places=(place,), assumptions=(*draft.assumptions, gap))
