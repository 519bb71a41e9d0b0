"""Read how an application is watched: tools, needs, who is told, and what makes them be told."""

from __future__ import annotations

import itertools

from groundplan.facts import vocabulary
from groundplan.model.decision import AlertTrigger, Monitoring, Reading, Status
from groundplan.model.infrastructure import Facts
from groundplan.model.knowledge import Reader
from groundplan.model.question import Question
from groundplan.readers._alerts import alert_triggers
from groundplan.readers._environments import without_trials
from groundplan.readers._lasting import log_days
from groundplan.readers._nearest import misspelt
from groundplan.readers._notes import Notes, finish, too_long
from groundplan.readers._quantities import quantities
from groundplan.readers._stance import Meant, either, stances, supported
from groundplan.readers._status import bare_status
from groundplan.readers._tokens import Hit

_BUILT_IN = {
    "fly": "fly_metrics",
    "aws": "cloudwatch",
    "gcp": "stackdriver",
    "azure": "azure_monitor",
    "heroku": "heroku_metrics",
}
_FOLLOWS = {
    "downtime": "uptime",
    "cpu": "resources",
    "memory": "resources",
    "disk": "resources",
    "latency": "performance",
    "error_rate": "errors",
}
_PURPOSE = {
    **dict.fromkeys(
        [
            "uptimerobot",
            "uptime_kuma",
            "pingdom",
            "statuscake",
            "better_stack",
            "freshping",
            "updown",
            "hetrixtools",
            "upptime",
            "gatus",
        ],
        "uptime",
    ),
    **dict.fromkeys(
        ["sentry", "rollbar", "bugsnag", "bugsink", "glitchtip", "honeybadger", "airbrake", "raygun"],
        "errors",
    ),
    **dict.fromkeys(["papertrail", "loki", "loggly", "logdna", "graylog", "axiom", "elk", "splunk"], "logs"),
}
"""Tools that do one thing only."""
_LOOSE_CHANNELS = frozenset(("phone", "push", "webhook", "sns", "jira", "github_issues", "email"))


def read(question: Question | None, text: str, facts: Facts) -> Reading:  # noqa: ARG001  # the shape of every reader
    """Read `text` as an answer to the monitoring question."""
    notes = Notes("" if too_long(text) else text)
    tools = _tools(notes)
    channels, declined = _channels(notes)
    amounts = quantities(notes.text)
    triggers = _unless_asked(notes, alert_triggers(notes, amounts, channels))
    value = Monitoring(
        tools=_names(notes, "tools", tools),
        needs=_needs(notes, tools, triggers),
        alert_channels=_names(notes, "alert_channels", channels),
        alert_triggers=triggers,
        log_days=log_days(notes, amounts),
    )
    return finish(notes, question.key if question else "monitoring", value, _status(notes, value, declined))


def _unless_asked(notes: Notes, triggers: tuple[AlertTrigger, ...]) -> tuple[AlertTrigger, ...]:
    """None of them before the answer where it is asked which level means what."""
    if "alert_triggers" not in notes.unclear:
        return triggers
    notes.spans = [s for s in notes.spans if not s.field.startswith("alert_triggers.")]
    return ()


def _names(notes: Notes, field: str, hits: list[Hit]) -> tuple[str, ...]:
    names: list[str] = []
    for hit in hits:
        if hit.key not in names:
            names.append(hit.key)
        notes.take_hit(f"{field}.{names.index(hit.key)}", hit)
    return tuple(names)


def _tools(notes: Notes) -> list[Hit]:
    """Tools that are wanted now, and the platform's own metrics where they are meant by name."""
    hits = [h for h in notes.text.of("tool") if supported(notes.text, h)]
    found = stances(notes.text, notes.scope, hits)
    found = without_trials(notes, [_judge(notes, m) for m in found])
    notes.meant([m for m in found if m.stance != "chosen"])
    chosen = [m.hit for m in found if m.stance == "chosen"]
    for m in found:
        if m.stance == "maybe":
            notes.doubt(
                "tools",
                f"is “{notes.words(m.hit.first, m.hit.last)}” decided?",
                ("yes", {"tools": [m.hit.key]}),
                ("no", {}),
            )
    for a, b in itertools.pairwise(chosen):
        if either(notes.text, a, b):
            notes.doubt(
                "tools",
                f"{notes.words(a.first, a.last)} or {notes.words(b.first, b.last)}: which one?",
                (a.key, {"tools": [a.key]}),
                (b.key, {"tools": [b.key]}),
                ("both", {"tools": [a.key, b.key]}),
            )
    return sorted([*chosen, *_built_in(notes)], key=lambda h: h.first)


def _judge(notes: Notes, m: Meant) -> Meant:
    """A command line that only prints a name chooses nothing, nor does `the dog is called Sentry`."""
    before = [t.text for t in notes.text.tokens[max(0, m.hit.first - 3) : m.hit.first]]
    if m.stance == "chosen" and any(
        w in ("echo", "print", "printf", "curl", "called", "named") for w in before
    ):
        return Meant(m.hit, "other")
    return m


def _built_in(notes: Notes) -> list[Hit]:
    """`built-in Fly metrics`, `the Heroku dashboard`: a platform's own tools."""
    found = []
    tokens = notes.text.tokens
    for hit in notes.text.of("platform"):
        after = [t.text for t in tokens[hit.last : hit.last + 4]]
        own = any(
            w in ("metrics", "dashboard", "dashboards", "monitoring", "logs", "metric", "grafana")
            for w in after[:3]
        )
        builtin = notes.text.cue_between(max(0, hit.first - 3), min(len(tokens), hit.last + 3), "builtin")
        if (
            hit.key in _BUILT_IN
            and (own or builtin)
            and not any(t.first <= hit.first < t.last for t in notes.text.of("tool"))
        ):
            negative = notes.text.cue_between(max(0, hit.first - 2), hit.first, "neg")
            if not negative:
                found.append(Hit("tool", _BUILT_IN[hit.key], hit.first, hit.last))
    return found


def _channels(notes: Notes) -> tuple[list[Hit], bool]:
    """Who is told; and whether being told was declined altogether."""
    hits = [h for h in notes.text.of("channel") if supported(notes.text, h) and not _not_a_channel(notes, h)]
    found = without_trials(notes, stances(notes.text, notes.scope, hits))
    for m in found:
        if m.stance == "maybe":
            notes.doubt(
                "alert_channels",
                f"is “{notes.words(m.hit.first, m.hit.last)}” decided?",
                ("yes", {"alert_channels": [m.hit.key]}),
                ("no", {}),
            )
    notes.meant([m for m in found if m.stance != "chosen"])
    off = notes.text.cues("none_yet", "nobody")
    notes.use_hits(off)
    chosen = _without_transport(notes, [m.hit for m in found if m.stance == "chosen"])
    notes.use_hits(m.hit for m in found if m.stance == "chosen")
    return chosen, not chosen and (bool(off) or any(m.stance == "rejected" for m in found))


def _without_transport(notes: Notes, hits: list[Hit]) -> list[Hit]:
    """`SNS -> email`, `Discord webhook`: the means is no channel of its own beside where it leads."""
    means = [h for h in hits if h.key in ("sns", "webhook") or notes.text.tokens[h.first].text == "twilio"]
    ends = [h for h in hits if h not in means]
    explained = {e.first - 1 for e in ends if notes.scope.bracket[e.first] == e.first - 1}
    ends = [h for h in ends if h.key != "phone" or h.last not in explained]
    return [h for h in hits if h in ends or not any(_leads_to(notes, h, e) for e in ends)]


def _leads_to(notes: Notes, means: Hit, end: Hit) -> bool:
    low, high = min(means.last, end.last), max(means.first, end.first)
    between = [t.text for t in notes.text.tokens[low:high]]
    return len(between) <= 4 and not {",", ";", ".", "and", "&"} & set(between)


def _not_a_channel(notes: Notes, hit: Hit) -> bool:
    """`the email workflow is broken`, `webhooks for payments`: things that are called like a channel."""
    after = [t.text for t in notes.text.tokens[hit.last : hit.last + 2]]
    tool = any(t.first <= hit.first and hit.last <= t.last for t in notes.text.of("tool"))
    removed = any(
        0 <= c.first - hit.last <= 4 and notes.scope.sentence[c.first] == notes.scope.sentence[hit.first]
        for c in notes.text.cues("removed")
    )
    if removed:
        notes.remark("rejected", "`{}` is taken as not wanted", hit.first, hit.last)
    return (
        tool
        or removed
        or (bool(after) and after[0] in ("service", "sending", "delivery", "queue", "templates", "provider"))
    )


def _needs(notes: Notes, tools: list[Hit], triggers: tuple[AlertTrigger, ...]) -> tuple[str, ...]:
    """What is watched: said in words, or following from a condition or a tool that does one thing."""
    names: list[str] = []
    hits = [h for h in notes.text.of("need") if not _inside(notes, h) and not _counts(notes, h)]
    for m in stances(notes.text, notes.scope, hits):
        if m.stance not in ("chosen", "maybe") or _in_command(notes, m.hit):
            notes.use(m.hit.first, m.hit.last)
            continue
        if m.hit.key not in names:
            names.append(m.hit.key)
        notes.take_hit(f"needs.{names.index(m.hit.key)}", m.hit)
    for tool in tools:
        if notes.text.tokens[tool.last - 1].text in ("logs", "logging") and "logs" not in names:
            names.append("logs")
            notes.take_hit(f"needs.{names.index('logs')}", tool)
    for source in [_FOLLOWS.get(t.condition) for t in triggers] + [_PURPOSE.get(t.key) for t in tools]:
        if source is not None and source not in names:
            names.append(source)
            _infer(notes, f"needs.{names.index(source)}")
    return tuple(names)


def _counts(notes: Notes, hit: Hit) -> bool:
    """`4 cpu`: the unit of a number, and nothing to watch."""
    return hit.first > 0 and notes.text.tokens[hit.first - 1].value is not None


def _in_command(notes: Notes, hit: Hit) -> bool:
    before = [t.text for t in notes.text.tokens[max(0, hit.first - 4) : hit.first]]
    return "/" in before[-1:] or "|" in before[-1:]


def _infer(notes: Notes, field: str) -> None:
    for span in list(notes.spans):
        if span.field.startswith(("alert_triggers", "tools")):
            notes.spans.append(
                type(span)(field=field, start=span.start, end=span.end, text=span.text, basis="inferred")
            )
            return


def _inside(notes: Notes, hit: Hit) -> bool:
    """Part of a tool's name, a channel's, or a word that means something else here."""
    longer = any(
        o.first <= hit.first and hit.last <= o.last and o.last - o.first > hit.last - hit.first
        for o in notes.text.of("tool", "channel")
    )
    word = notes.text.tokens[hit.first].text
    verb = (
        word in ("log", "load", "ping", "pings", "error")
        and hit.last - hit.first == 1
        and not _alone(notes, hit)
    )
    return longer or verb or _goal(notes, hit)


def _alone(notes: Notes, hit: Hit) -> bool:
    after = notes.text.tokens[hit.last].text if hit.last < len(notes.text.tokens) else ","
    return after in (
        ",",
        ".",
        "+",
        "/",
        "and",
        ")",
        ";",
        "|",
        "monitoring",
        "checks",
        "aggregation",
        "tracking",
        "reporting",
        "average",
    )


def _goal(notes: Notes, hit: Hit) -> bool:
    """`99.9% uptime` is an aim."""
    before = notes.text.tokens[max(0, hit.first - 2) : hit.first]
    return hit.key == "uptime" and any(t.text == "%" for t in before)


def _status(notes: Notes, value: Monitoring, declined: bool) -> Status:
    if value.tools or (declined and not value.alert_triggers and not value.needs):
        return "unclear" if "tools" in notes.unclear else "ok"
    if value.alert_channels or value.alert_triggers or value.needs:
        what = "what should watch the application?"
        notes.doubt(
            "tools",
            what,
            ("the platform's own metrics", {"tools": ["platform"]}),
            ("Sentry", {"tools": ["sentry"]}),
            ("Datadog", {"tools": ["datadog"]}),
        )
        if value.alert_triggers and not value.alert_channels:
            notes.doubt(
                "alert_channels",
                "who is told?",
                ("e-mail", {"alert_channels": ["email"]}),
                ("Slack", {"alert_channels": ["slack"]}),
            )
        return "ok" if value.alert_channels or value.alert_triggers else "unclear"
    status = bare_status(notes)
    near = misspelt(notes.text, "tool")
    if near is not None:
        key = next(n.key for _, ns in vocabulary.load().by_first[near[1]] for n in ns if n.domain == "tool")
        notes.doubt(
            "tools",
            f"is “{notes.words(near[0], near[0] + 1)}” {near[1]}?",
            (near[1], {"tools": [key]}),
            ("no", {}),
        )
        return "unclear"
    if status == "unclear":
        notes.doubt(
            "tools",
            "which tool should watch the application, or none?",
            ("the platform's own metrics", {"tools": ["platform"]}),
            ("none", {"tools": []}),
        )
    return status


READER = Reader(
    key="monitoring",
    titles=("monitoring alerting", "monitoring", "alerting", "observability", "monitoring and alerting"),
    value=Monitoring,
    read=read,
)
