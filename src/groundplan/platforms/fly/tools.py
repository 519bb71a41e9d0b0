"""Named monitoring tools as components. Knows what each is for and which price row it has; not how alarms work."""

from __future__ import annotations

from groundplan.model.plan import Component, Draft, Meter, Role, Secret
from groundplan.model.quantity import Range
from groundplan.platforms.fly.scaling import scale

UPTIME = ("uptimerobot", "better_stack", "pingdom", "statuscake", "checkly", "updown", "cronitor", "site24x7",
          "freshping", "hetrixtools", "uptime_kuma", "gatus", "upptime")  # fmt: skip
_INCLUDED = ("fly_metrics", "prometheus", "grafana", "alertmanager")
"""Served by what Fly.io includes or by the alert app."""
_OTHER_CLOUDS = ("cloudwatch", "xray", "stackdriver", "azure_monitor", "app_insights", "heroku_metrics",
                 "vercel_analytics")  # fmt: skip
_ERRORS = (
    "sentry",
    "rollbar",
    "bugsnag",
    "bugsink",
    "glitchtip",
    "honeybadger",
    "airbrake",
    "raygun",
    "appsignal",
)
_LOGS = ("papertrail", "loggly", "logdna", "loki", "elk")
_PRICES = {
    "sentry": "sentry.developer",
    "uptimerobot": "uptimerobot.free",
    "datadog": "datadog.infrastructure.host",
}
_FREE = ("sentry", "uptimerobot")
_TITLES = {"uptimerobot": "UptimeRobot", "new_relic": "New Relic", "better_stack": "Better Stack"}
_KEYS = {
    "sentry": Secret(name="SENTRY_DSN", purpose="the application sends its errors there"),
    "datadog": Secret(name="DD_API_KEY", purpose="the agent sends metrics and logs with it"),
    "new_relic": Secret(name="NEW_RELIC_LICENSE_KEY", purpose="the agent reports with it"),
}


def tools(draft: Draft) -> tuple[Component, ...]:
    """What Fly.io includes, then each named tool that is not a check from outside."""
    return (_included(), *(_tool(t, draft) for t in _named(draft)))


def tool_secrets(draft: Draft) -> tuple[Secret, ...]:
    return tuple(_KEYS[t] for t in _named(draft) if t in _KEYS)


def outside_tool(draft: Draft) -> str:
    """The named tool that looks from outside; UptimeRobot, which has a free plan, where none was named."""
    return next((t for t in draft.tools if t in UPTIME), "uptimerobot")


def outside_check(tool: str) -> Component:
    return Component(
        key="uptime.outside", role="uptime", name=title(tool), provider=tool, sku=_sku(tool),
        meters=(Meter(name=f"{title(tool)} plan", price=_price(tool), quantity=Range.flat(1)),),
        reason="a check inside Fly.io goes down together with Fly.io", because=("monitoring",),
    )  # fmt: skip


def title(tool: str) -> str:
    return _TITLES.get(tool, tool.replace("_", " ").title())


def _named(draft: Draft) -> tuple[str, ...]:
    return tuple(t for t in draft.tools if t not in (*_INCLUDED, *_OTHER_CLOUDS, *UPTIME))


def _included() -> Component:
    return Component(
        key="metrics", role="metrics", name="Fly.io metrics, Grafana and live logs", provider="fly", sku="included",
        reason="collected from every Machine and kept for about 15 days, at no charge", because=("monitoring",),
    )  # fmt: skip


def _tool(tool: str, draft: Draft) -> Component:
    role: Role = "errors" if tool in _ERRORS else "logs" if tool in _LOGS else "metrics"
    meter = Meter(
        name=f"{title(tool)} plan",
        price=_price(tool),
        quantity=_quantity(tool, draft),
        assumption=_assumption(tool),
    )
    return Component(
        key=f"{role}.{tool}", role=role, name=title(tool), provider=tool, sku=_sku(tool), meters=(meter,),
        reason="named in the answer", because=("monitoring",),
    )  # fmt: skip


def _quantity(tool: str, draft: Draft) -> Range:
    if tool != "datadog":
        return Range.flat(1)
    way, places = scale(draft), len(draft.places)
    return Range.of(way.minimum * places, way.initial * places, way.maximum * places)


def _assumption(tool: str) -> str:
    if tool == "datadog":
        return "Each Machine counts as one host"
    return "The free plan is enough at the start" if tool in _FREE else "The smallest plan that fits"


def _sku(tool: str) -> str:
    return "free plan" if tool in _FREE else "plan"


def _price(tool: str) -> str:
    return _PRICES.get(tool, f"{tool}.plan")
