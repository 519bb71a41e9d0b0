"""Alarms, their routes and the budget. Each route is a topic of its own, so an alarm reaches exactly its receivers."""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.graph import Resource, Value, Var
from groundplan.model.plan import Plan
from groundplan.platforms.aws import metrics
from groundplan.platforms.aws.cloudformation_part import camel, part, ref, stack_of, tags
from groundplan.platforms.aws.cloudformation_relay import relay
from groundplan.platforms.aws.metrics import NamedAlarm, Share, Watched
from groundplan.platforms.aws.spot import Spot
from groundplan.platforms.aws.watching import BUDGET_CURRENCY, CHATS, ENDPOINTS, RELAYED

BUDGET_LIMIT = "BudgetLimitUsd"
_PLAIN = {"email": "email", "sms": "sms"}


def watch(spot: Spot) -> list[Resource]:
    made = [resource for route in spot.plan.routes for resource in _receiver(spot, route.channel)]
    if any(route.channel in CHATS for route in spot.plan.routes):
        made.append(_chat_role(spot))
    return made + [_alarm(spot, named) for named in metrics.alarms(spot)]


def receiver(channel: str) -> str:
    """Parameter that holds where a route leads."""
    return {"email": "AlertEmail", "sms": "AlertPhone"}.get(channel, f"{camel(channel)}Endpoint")


def topic(channel: str) -> str:
    return f"{camel(channel)}Topic"


def _receiver(spot: Spot, channel: str) -> list[Resource]:
    name = f"{spot.label}-{channel}"
    if channel in RELAYED:
        return relay(spot, channel)
    own: dict[str, Value] = {"KmsMasterKeyId": ref("Key", "Arn")} if spot.key else {}
    made = part(spot, "AWS::SNS::Topic", topic(channel), {"TopicName": name, **own})
    if channel not in (*CHATS, *_PLAIN, *ENDPOINTS):
        return [made]
    if channel in CHATS:
        return [made, _chat(spot, channel, name)]
    subscription: dict[str, Value] = {
        "TopicArn": ref(topic(channel)),
        "Protocol": _PLAIN.get(channel, "https"),
        "Endpoint": Var(receiver(channel)),
    }
    return [made, part(spot, "AWS::SNS::Subscription", f"{camel(channel)}Subscription", subscription)]


def _chat(spot: Spot, channel: str, name: str) -> Resource:
    common: dict[str, Value] = {
        "ConfigurationName": f"{name}-{spot.code}",
        "IamRoleArn": ref("ChatRole", "Arn"),
        "SnsTopicArns": (ref(topic(channel)),),
    }
    if channel == "slack":
        where = {"SlackWorkspaceId": Var("SlackWorkspaceId"), "SlackChannelId": Var("SlackChannelId")}
        return part(spot, "AWS::Chatbot::SlackChannelConfiguration", "SlackChannel", {**common, **where})
    where = {k: Var(k) for k in ("TeamId", "TeamsTenantId", "TeamsChannelId")}
    return part(spot, "AWS::Chatbot::MicrosoftTeamsChannelConfiguration", "TeamsChannel", {**common, **where})


def _chat_role(spot: Spot) -> Resource:
    allowed: Value = {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"Service": "chatbot.amazonaws.com"},
    }
    return part(
        spot,
        "AWS::IAM::Role",
        "ChatRole",
        {"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": (allowed,)}},
        comment="The chat tool shows alarms with it; it may read nothing else.",
    )


def _alarm(spot: Spot, named: NamedAlarm) -> Resource:
    alarm = metrics.watched(spot, named.alarm)
    topics: tuple[Value, ...] = tuple(
        ref(topic(route)) for route in named.alarm.routes if route not in RELAYED
    )
    return part(
        spot,
        "AWS::CloudWatch::Alarm",
        f"{camel(named.name)}Alarm",
        {
            "AlarmName": f"{spot.label}-{named.name}",
            **({"Metrics": _share(alarm, alarm.share)} if alarm.share else _single(alarm)),
            "EvaluationPeriods": alarm.periods,
            "DatapointsToAlarm": alarm.periods,
            "ComparisonOperator": alarm.compare,
            "Threshold": alarm.threshold,
            "TreatMissingData": alarm.missing,
            "AlarmActions": topics,
            "OKActions": topics,
        },
    )


_NAMES: dict[str, Value] = {
    "balancer": ref("Balancer", "LoadBalancerFullName"),
    "targets": ref("Targets", "TargetGroupFullName"),
    "cluster": ref("Cluster"),
    "service": ref("Service", "Name"),
    "group": ref("Group"),
    "kubernetes": ref("Cluster"),
    "function": ref("Function"),
    "api": ref("Api"),
    "database": ref("Database"),
}


def _dimensions(alarm: Watched) -> tuple[Value, ...]:
    named: dict[str, Value] = {key: _NAMES[part] for key, part in alarm.dimensions}
    return tuple({"Name": key, "Value": value} for key, value in {**named, **dict(alarm.fixed)}.items())


def _single(alarm: Watched) -> dict[str, Value]:
    statistic = "ExtendedStatistic" if alarm.statistic.startswith("p") else "Statistic"
    return {
        "Namespace": alarm.namespace,
        "MetricName": alarm.metric,
        "Dimensions": _dimensions(alarm),
        statistic: alarm.statistic,
        **({"EvaluateLowSampleCountPercentile": "ignore"} if statistic == "ExtendedStatistic" else {}),
        "Period": alarm.period_s,
    }


def _share(alarm: Watched, of: Share) -> tuple[Value, ...]:
    def query(key: str, name: str) -> Value:
        metric: Value = {
            "Namespace": alarm.namespace,
            "MetricName": name,
            "Dimensions": _dimensions(alarm),
        }
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


def budget(spot: Spot) -> list[Resource]:
    """The account's cost budget at the stated limit, in the primary stack; nothing where no limit was stated."""
    plan: Plan = spot.plan
    limit = plan.budget.limit
    if limit is None:
        return []
    sums = plan.budget.threshold_amounts
    notes = [_notice(s.amount, "ACTUAL", "ABSOLUTE_VALUE") for s in sums if s.currency == BUDGET_CURRENCY]
    notes = notes or [_notice(p, "ACTUAL") for p in plan.budget.thresholds_percent]
    notes.append(_notice(Decimal(100), "FORECASTED"))
    about: Value = {
        "BudgetName": f"{plan.draft.project}-monthly",
        "BudgetType": "COST",
        "TimeUnit": "MONTHLY",
        "BudgetLimit": {
            "Amount": limit.amount if limit.currency == BUDGET_CURRENCY else Var(BUDGET_LIMIT),
            "Unit": BUDGET_CURRENCY,
        },
    }
    return [
        part(
            spot,
            "AWS::Budgets::Budget",
            "Budget",
            {"Budget": about, "NotificationsWithSubscribers": tuple(notes), "ResourceTags": tags(spot)},
            comment="Updated a few times a day; it notifies and stops nothing.",
            stack=stack_of(spot),
        )
    ]


def _notice(level: Decimal, kind: str, unit: str = "PERCENTAGE") -> Value:
    return {
        "Notification": {
            "NotificationType": kind,
            "ComparisonOperator": "GREATER_THAN",
            "Threshold": level,
            "ThresholdType": unit,
        },
        "Subscribers": ({"SubscriptionType": "EMAIL", "Address": Var("BudgetEmail")},),
    }
