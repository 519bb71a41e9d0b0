"""The runbook's receivers, alarms and budget; what CloudWatch has no metric for is named as work by hand."""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.graph import Value, Var
from groundplan.model.plan import Plan, Route
from groundplan.platforms.aws import metrics
from groundplan.platforms.aws.metrics import NamedAlarm
from groundplan.platforms.aws.spot import Spot
from groundplan.platforms.aws.watching import BUDGET_CURRENCY, ENDPOINTS, buildable
from groundplan.syntax.markdown import inline
from groundplan.syntax.runbook import Step
from groundplan.syntax.shell import document, word

CHAT = {"slack": "Slack", "teams": "Microsoft Teams"}
_NAMES = {**CHAT, "email": "by e-mail", "sms": "by SMS", "pagerduty": "PagerDuty", "opsgenie": "Opsgenie"}
"""SNS cannot post to these; Amazon Q Developer in chat applications does, and is connected in the console."""
_ASKED = {"email": "E-mail address", "sms": "Phone number, as in +4915112345678"}
_CONFIRM = {"sms": "A new account sends SMS to verified numbers alone: leave the SMS sandbox of SNS first."}
_PROTOCOLS = {"email": "email", "sms": "sms"}


def receivers(spot: Spot) -> tuple[Step, ...]:
    return tuple(_receiver(spot, route) for route in spot.plan.routes)


def topic(channel: str) -> str:
    return f"TOPIC_{channel.upper()}"


def _receiver(spot: Spot, route: Route) -> Step:
    made = (
        f"{topic(route.channel)}=$(aws sns create-topic --name {spot.label}-{route.channel} "
        + ('--attributes "KmsMasterKeyId=$KEY" ' if spot.key else "")
        + f"--tags Key=Project,Value={spot.plan.draft.project} --query TopicArn --output text)"
    )
    title = f"Tell {_NAMES.get(route.channel, route.channel)}{spot.where}"
    test = f'`aws sns publish --topic-arn "${topic(route.channel)}" --subject Test --message Test` reaches the receiver.'
    if route.channel in CHAT:
        name = CHAT[route.channel]
        return Step(
            title=title,
            commands=(made,),
            note=f"In the console, open Amazon Q Developer in chat applications, configure a {name} client, authorise "
            f"the workspace, add a channel with the topic `{spot.label}-{route.channel}` and the permission template "
            "Notifications. SNS by itself cannot post there.",
            check="the button Send test message puts a message into the channel.",
        )
    if route.channel not in (*_ASKED, *ENDPOINTS):
        return Step(
            title=title,
            commands=(made,),
            note=f"SNS cannot write what {inline(route.channel)} reads. In the console, open Amazon EventBridge, create "
            "an API destination with the address of its webhook, and a rule "
            f"named `{spot.label}-{route.channel}` for the event CloudWatch Alarm State "
            f"Change with that destination as its target; or connect the topic `{spot.label}-{route.channel}` to "
            "something that posts there.",
            check="`aws cloudwatch set-alarm-state` on one of the alarms below puts a message there.",
        )
    asked = route.address or Var("RECEIVER")
    prompt = _ASKED.get(route.channel, f"https address of the {route.channel} integration")
    hidden = "" if route.channel in _ASKED else "-s "
    return Step(
        title=title,
        commands=(
            made,
            *([] if route.address else [f"read -r {hidden}-p '{prompt}: ' RECEIVER"]),
            f'aws sns subscribe --topic-arn "${topic(route.channel)}" --protocol '
            f"{_PROTOCOLS.get(route.channel, 'https')} --notification-endpoint {word(asked)}",
        ),
        note=_CONFIRM.get(
            route.channel, "The receiver must confirm the subscription; until then nothing arrives."
        ),
        check=test,
    )


def alarms(spot: Spot) -> tuple[Step, ...]:
    found = metrics.alarms(spot)
    if not found:
        return ()
    names = " ".join(f"{spot.label}-{a.name}" for a in found)
    return (
        Step(
            title=f"Create the alarms{spot.where}",
            commands=(
                *(() if spot.serverless else _BALANCER),
                *(_alarm(spot, a) for a in found),
            ),
            check=f"`aws cloudwatch describe-alarms --alarm-names {names} --query "
            "'MetricAlarms[].[AlarmName,StateValue]'` lists them; within ten minutes each says OK.",
        ),
    )


_BALANCER = ("BALANCER_NAME=${BALANCER#*:loadbalancer/}", "TARGETS_NAME=${TARGETS##*:}")


def _alarm(spot: Spot, named: NamedAlarm) -> str:
    alarm = metrics.watched(spot, named.alarm)
    topics = " ".join(f'"${topic(r)}"' for r in named.alarm.routes)
    own = _names(spot)
    if alarm.share is None:
        values: dict[str, Value] = {key: own[part] for key, part in alarm.dimensions} | dict(alarm.fixed)
        about = " ".join(f"Name={key},Value={word(value)}" for key, value in values.items())
        statistic = "--extended-statistic" if alarm.statistic.startswith("p") else "--statistic"
        metric = (
            f"--namespace {alarm.namespace} --metric-name {alarm.metric} --dimensions {about} "
            f"{statistic} {alarm.statistic} --period {alarm.period_s}"
        )
    else:
        metric = f"--metrics {document(_share(alarm, alarm.share, own))}"
    return (
        f"aws cloudwatch put-metric-alarm --alarm-name {spot.label}-{named.name} {metric} "
        f"--evaluation-periods {alarm.periods} --datapoints-to-alarm {alarm.periods} --comparison-operator {alarm.compare} "
        f"--threshold {alarm.threshold:f} --treat-missing-data {alarm.missing} "
        f"--alarm-actions {topics} --ok-actions {topics} --tags Key=Project,Value={spot.plan.draft.project}"
    )


def _names(spot: Spot) -> dict[str, Value]:
    return {
        "balancer": Var("BALANCER_NAME"),
        "targets": Var("TARGETS_NAME"),
        "cluster": spot.label,
        "service": spot.label,
        "group": spot.label,
        "kubernetes": spot.label,
        "function": spot.label,
        "api": Var("API"),
        "database": f"{spot.label}-db",
    }


def _share(alarm: metrics.Watched, of: metrics.Share, own: dict[str, Value]) -> Value:
    about: Value = tuple({"Name": key, "Value": own[part]} for key, part in alarm.dimensions)

    def query(key: str, name: str) -> Value:
        metric: Value = {"Namespace": alarm.namespace, "MetricName": name, "Dimensions": about}
        return {
            "Id": key,
            "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Sum"},
            "ReturnData": False,
        }

    share: Value = {
        "Id": "share",
        "Expression": of.expression,
        "Label": of.label,
        "ReturnData": True,
    }
    return (share, *(query(key, name) for key, name in of.metrics.items()))


def budget(plan: Plan) -> tuple[Step, ...]:
    limit = plan.budget.limit
    if limit is None:
        return ()
    name, foreign = f"{plan.draft.project}-monthly", limit.currency != BUDGET_CURRENCY
    asked = f"read -r -p 'The limit of {limit.amount:f} {limit.currency} in US dollars: ' BUDGET_LIMIT_USD"
    about: Value = {
        "BudgetName": name,
        "BudgetType": "COST",
        "TimeUnit": "MONTHLY",
        "BudgetLimit": {
            "Amount": Var("BUDGET_LIMIT_USD") if foreign else f"{limit.amount:f}",
            "Unit": BUDGET_CURRENCY,
        },
    }
    sums = [s.amount for s in plan.budget.threshold_amounts if s.currency == BUDGET_CURRENCY]
    notes = [_notice(s, "ACTUAL", "ABSOLUTE_VALUE") for s in sums]
    notes = notes or [_notice(p, "ACTUAL") for p in plan.budget.thresholds_percent]
    notes.append(_notice(Decimal(100), "FORECASTED"))
    percents = ", ".join(f"{p:f}" for p in plan.budget.thresholds_percent)
    told = f"{', '.join(f'{s:f}' for s in sums)} {BUDGET_CURRENCY}" if sums else f"{percents} %"
    return (
        Step(
            title=f"Set the budget of {limit.amount:f} {limit.currency} a month",
            commands=(
                *((asked,) if foreign else ()),
                "read -r -p 'E-mail address that the budget notifies: ' BUDGET_EMAIL",
                f'aws budgets create-budget --account-id "$ACCOUNT" --budget {document(about)} '
                f"--resource-tags Key=Project,Value={plan.draft.project} "
                f"--notifications-with-subscribers {document(tuple(notes), 2)}",
            ),
            note=f"It tells at {told} of the actual cost and when the forecast passes 100 %. It is updated a few times "
            "a day; it notifies and stops nothing.",
            check=f'`aws budgets describe-notifications-for-budget --account-id "$ACCOUNT" --budget-name {name}` '
            f"lists {len(notes)} notifications.",
        ),
    )


def _notice(level: Decimal, kind: str, unit: str = "PERCENTAGE") -> Value:
    return {
        "Notification": {
            "NotificationType": kind,
            "ComparisonOperator": "GREATER_THAN",
            "Threshold": level,
            "ThresholdType": unit,
        },
        "Subscribers": ({"SubscriptionType": "EMAIL", "Address": Var("BUDGET_EMAIL")},),
    }


_OWN = ("cloudwatch", "xray")
_OUTSIDE = (
    "uptimerobot", "uptime_kuma", "better_stack", "pingdom", "statuscake", "checkly", "healthchecks_io", "cronitor",
    "site24x7", "freshping", "updown", "hetrixtools",
)  # fmt: skip
_WRITTEN = {"uptimerobot": "UptimeRobot", "statuscake": "StatusCake", "healthchecks_io": "Healthchecks.io"}


def tools(plan: Plan) -> tuple[Step, ...]:
    """The stated tools of others: a check from outside, and what the application itself reports to."""
    named = {t: _WRITTEN.get(t, t.replace("_", " ").title()) for t in plan.draft.tools if t not in _OWN}
    path = inline(plan.draft.app.health_path)
    told = " and ".join(dict.fromkeys(r for a in plan.alarms if a.condition == "downtime" for r in a.routes))
    outside = [
        Step(
            title=f"Watch from outside with {name}",
            note=f"Add an HTTP(s) monitor for the public name and the path `{path}`, whose contact is "
            f"{told or 'the receiver'}. The alarms above go down together with their region; this check does not.",
            check="the monitor is green.",
        )
        for key, name in named.items()
        if key in _OUTSIDE
    ]
    inside = [
        Step(
            title=f"Connect {name}",
            note=f"Create a project at {name}. Store its key with `aws secretsmanager create-secret` as "
            f"`{plan.draft.project}/{key.upper()}_KEY`, allow the execution role to read it, and add it to `secrets` "
            "in the container definition of a new revision.",
            check=f"an event of the application arrives at {name}.",
        )
        for key, name in named.items()
        if key not in _OUTSIDE
    ]
    return (*outside, *inside)


def by_hand(plan: Plan) -> tuple[Step, ...]:
    """Alarms that no CloudWatch metric of the platform can raise."""
    odd = [a for a in plan.alarms if not buildable(a)]
    if not odd:
        return ()
    lines = []
    for alarm in odd:
        level = (
            f" above {alarm.threshold:f} {inline(alarm.unit or '')}" if alarm.threshold is not None else ""
        )
        lines.append(f"- {inline(alarm.condition)}{level}, to {', '.join(alarm.routes)}")
    return (
        Step(
            title="Watch what only the application can measure",
            note="AWS has no metric for the following. Publish one from the application with "
            "`aws cloudwatch put-metric-data`, then add an alarm on it to the topics above.\n\n"
            + "\n".join(lines),
            check="`aws cloudwatch describe-alarms` lists one alarm for each line.",
        ),
    )
