"""The alert app: rules that vmalert evaluates and routes that Alertmanager serves. Holds no address and no secret."""

from __future__ import annotations

from groundplan.model.files import File
from groundplan.model.plan import Alarm, Plan, Route
from groundplan.platforms.fly import queries
from groundplan.platforms.fly.native.apps import PROMETHEUS
from groundplan.platforms.fly.sizes import preset
from groundplan.platforms.fly.watching import RULE
from groundplan.syntax import toml, yaml

FOLDER = "infra/fly/alerts"
_RUN = "/run/alerts"
_TITLES = {"cpu": "Cpu", "error_rate": "ErrorRate", "p95_latency": "Latency"}
_SUMMARIES = {
    "downtime": "no Machine of {app} reports that it is up",
    "error_rate": "more than {limit} of the answers of {app} are errors",
    "cpu": "the Machines of {app} use more than {limit} of their CPU on average",
    "memory": "a Machine of {app} uses more than {limit} of its memory",
    "latency": "one in twenty answers of {app} takes longer than {limit}",
    "p95_latency": "one in twenty answers of {app} takes longer than {limit}",
    "disk": "a file system of {app} is more than {limit} full",
    "queue": "more than {limit} wait in the queue of {app}",
}


def alert_files(plan: Plan) -> tuple[File, ...]:
    app = next((c for c in plan.role("alarm") if "app" in c.settings), None)
    if app is None:
        return ()
    document: dict[str, toml.Value] = {
        "app": str(app.settings["app"]),
        "primary_region": str(app.region),
        "build": {"dockerfile": "Dockerfile"},
        "env": {"PROMETHEUS_URL": PROMETHEUS},
        "vm": [{"size": preset(app.sku), "memory": f"{app.memory_mib}mb"}],
    }
    comments = {
        "app": "Evaluates the alert rules and tells the receivers. Nothing reaches it from the internet."
    }
    return (
        File(path=f"{FOLDER}/fly.toml", content=toml.write(document, comments), purpose="the alert app"),
        File(
            path=f"{FOLDER}/Dockerfile", content=_DOCKERFILE, purpose="vmalert and Alertmanager in one image"
        ),
        File(
            path=f"{FOLDER}/start.sh",
            content=_start(plan),
            kind="script",
            purpose="starts both with their secrets",
        ),
        File(path=f"{FOLDER}/rules.yml", content=rules(plan), purpose="one rule for each alarm"),
        File(path=f"{FOLDER}/alertmanager.yml", content=alertmanager(plan), purpose="who is told what"),
    )


def rules(plan: Plan) -> str:
    """One rule for each alarm that a metric can state."""
    app = plan.draft.project
    ruled = (alarm for alarm in plan.alarms if alarm.served_by.startswith(RULE))
    made = [rule for alarm in ruled if (rule := _rule(alarm, app))]
    return yaml.write({"groups": [{"name": app, "interval": "30s", "rules": made}]})


def _rule(alarm: Alarm, app: str) -> dict[str, yaml.Value] | None:
    expression = queries.alarm(alarm, app)
    if expression is None:
        return None
    limit = "" if alarm.threshold is None else f"{alarm.threshold:f} {alarm.unit or ''}".strip()
    return {
        "alert": _TITLES.get(alarm.condition, alarm.condition.capitalize()),
        "expr": expression,
        "for": f"{alarm.window_s}s",
        "labels": {
            "receiver": _receiver(alarm.routes),
            "severity": "critical" if _severe(alarm) else "warning",
        },
        "annotations": {"summary": _SUMMARIES[alarm.condition].format(app=app, limit=limit)},
    }


def alertmanager(plan: Plan) -> str:
    """A receiver for each combination of channels that an alarm names; the first is the default."""
    routes = {r.channel: r for r in plan.routes}
    combinations = list(dict.fromkeys(a.routes for a in plan.alarms)) or [tuple(routes)]
    document: dict[str, yaml.Value] = {"global": _smtp()} if "email" in routes else {}
    document["route"] = {
        "receiver": _receiver(combinations[0]),
        "group_by": ["alertname"],
        "group_wait": "30s",
        "group_interval": "5m",
        "repeat_interval": "4h",
        "routes": [
            {"matchers": [f'receiver="{_receiver(c)}"'], "receiver": _receiver(c)} for c in combinations
        ],
    }
    document["receivers"] = [
        {"name": _receiver(c), **{k: v for channel in c for k, v in _config(routes[channel]).items()}}
        for c in combinations
    ]
    return yaml.write(document)


def _receiver(channels: tuple[str, ...]) -> str:
    return "-and-".join(channels)


def _severe(alarm: Alarm) -> bool:
    return alarm.condition == "downtime"


def _smtp() -> dict[str, yaml.Value]:
    return {
        "smtp_smarthost": "SMTP_SMARTHOST.invalid:587",
        "smtp_from": "SMTP_FROM@invalid",
        "smtp_auth_username": "SMTP_USERNAME@invalid",
        "smtp_auth_password_file": f"{_RUN}/SMTP_PASSWORD",
    }


def _config(route: Route) -> dict[str, yaml.Value]:
    match route.channel:
        case "slack":
            return {"slack_configs": [{"api_url_file": f"{_RUN}/SLACK_WEBHOOK_URL", "send_resolved": True}]}
        case "pagerduty":
            return {"pagerduty_configs": [{"routing_key_file": f"{_RUN}/PAGERDUTY_ROUTING_KEY"}]}
        case "opsgenie":
            return {"opsgenie_configs": [{"api_key_file": f"{_RUN}/OPSGENIE_API_KEY"}]}
        case "discord":
            return {"discord_configs": [{"webhook_url": "https://DISCORD_WEBHOOK_URL.invalid"}]}
        case "teams":
            return {"msteams_configs": [{"webhook_url": "https://TEAMS_WEBHOOK_URL.invalid"}]}
        case "webhook":
            return {"webhook_configs": [{"url": "https://ALERT_WEBHOOK_URL.invalid"}]}
    return {"email_configs": [{"to": route.address or "ALERT_EMAIL@invalid", "send_resolved": True}]}


_FILES = ("SMTP_PASSWORD", "SLACK_WEBHOOK_URL", "PAGERDUTY_ROUTING_KEY", "OPSGENIE_API_KEY")
"""Secrets that Alertmanager reads from a file; the others take the place of a word in its configuration."""
_PLACES = {
    "SMTP_SMARTHOST": "SMTP_SMARTHOST.invalid:587", "SMTP_FROM": "SMTP_FROM@invalid",
    "SMTP_USERNAME": "SMTP_USERNAME@invalid", "ALERT_EMAIL": "ALERT_EMAIL@invalid",
    "DISCORD_WEBHOOK_URL": "https://DISCORD_WEBHOOK_URL.invalid",
    "TEAMS_WEBHOOK_URL": "https://TEAMS_WEBHOOK_URL.invalid", "ALERT_WEBHOOK_URL": "https://ALERT_WEBHOOK_URL.invalid",
}  # fmt: skip


def alert_secrets(plan: Plan) -> tuple[str, ...]:
    """Names of the secrets of the alert app, in the order of the plan."""
    known = (*_FILES, *_PLACES, "FLY_PROMETHEUS_TOKEN")
    return tuple(s.name for s in plan.secrets if s.name in known)


def _start(plan: Plan) -> str:
    names = alert_secrets(plan)
    keep = [f"keep {name}" for name in names if name in _FILES]
    place = [f"place {name} '{_PLACES[name]}'" for name in names if name in _PLACES]
    return _START.replace("@CALLS@", "\n".join([*keep, *place]))


_DOCKERFILE = """\
FROM victoriametrics/vmalert:v1.151.0 AS vmalert

FROM prom/alertmanager:v0.27.0
USER root
COPY --from=vmalert /vmalert-prod /bin/vmalert
COPY rules.yml alertmanager.yml start.sh /etc/alerts/
ENTRYPOINT ["/bin/sh", "/etc/alerts/start.sh"]
"""

_START = """\
#!/bin/sh
set -eu
umask 077
mkdir -p /run/alerts
cp /etc/alerts/alertmanager.yml /run/alerts/alertmanager.yml

value() {
  eval "value=\\${$1:-}"
  if [ -z "$value" ]; then
    echo "the secret $1 is not set" >&2
    exit 1
  fi
}

# A secret that Alertmanager reads from a file of its own.
keep() {
  value "$1"
  printf '%s' "$value" > "/run/alerts/$1"
}

# A setting that takes the place of a word in the configuration.
place() {
  value "$1"
  case "$value" in
    *'"'* | *'\\'* | *'
'*) echo "the secret $1 holds a quote, a backslash or a line break" >&2; exit 1 ;;
  esac
  escaped=$(printf '%s' "$value" | sed 's/[&|]/\\\\&/g')
  sed -i "s|$2|$escaped|g" /run/alerts/alertmanager.yml
}

@CALLS@

value FLY_PROMETHEUS_TOKEN
case "$value" in
  "FlyV1 "*) export VM_datasource_headers="Authorization: $value" ;;
  *) export VM_datasource_headers="Authorization: Bearer $value" ;;
esac

/bin/alertmanager --config.file=/run/alerts/alertmanager.yml --storage.path=/tmp/alertmanager \\
  --cluster.listen-address= --web.listen-address=127.0.0.1:9093 &
alertmanager=$!
/bin/vmalert -rule=/etc/alerts/rules.yml -datasource.url="$PROMETHEUS_URL" -envflag.enable -envflag.prefix=VM_ \\
  -secret.flags=datasource.headers \\
  -notifier.url=http://127.0.0.1:9093 -httpListenAddr=127.0.0.1:8880 -evaluationInterval=30s &
vmalert=$!

# Either one ending ends the Machine, and Fly.io starts it again.
while kill -0 "$alertmanager" 2>/dev/null && kill -0 "$vmalert" 2>/dev/null; do
  sleep 5
done
exit 1
"""
