"""How an alarm reaches people: a topic for each channel, and what carries its messages on.

Slack and Teams take no message from a topic by themselves; AWS's own chat application does it, without a secret.
Chats that only have a webhook are reached by EventBridge, which writes the message that they want.
Sources: https://docs.aws.amazon.com/chatbot/latest/adminguide/slack-setup.html and
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html, 2026-11-24.
"""

from __future__ import annotations

from groundplan.model.graph import Block, Json, Resource, Value, Var, Variable
from groundplan.model.plan import Alarm
from groundplan.platforms.aws.terraform_key import key_of
from groundplan.platforms.aws.terraform_site import Site, sites
from groundplan.platforms.aws.watching import CHATS, ENDPOINTS, RELAYED

_PLAIN = {"email": "email", "sms": "sms"}
_VARIABLES = {
    "email": (("alert_email", "Address that alarms are sent to", False),),
    "sms": (("alert_phone", "Phone number that alarms are sent to, in the form +4915112345678", False),),
    "slack": (
        ("slack_team_id", "Id of the Slack workspace, authorised once in Amazon Q Developer in chat applications", False),
        ("slack_channel_id", "Id of the Slack channel that alarms are sent to", False),
    ),
    "teams": (
        ("teams_tenant_id", "Microsoft Entra tenant, authorised once in Amazon Q Developer in chat applications", False),
        ("teams_team_id", "Id of the Teams team", False),
        ("teams_channel_id", "Id of the Teams channel that alarms are sent to", False),
    ),
}  # fmt: skip


def variables(channel: str) -> tuple[Variable, ...]:
    """What must be known of a receiver; nothing where a person connects it by hand."""
    known = _VARIABLES.get(channel, ())
    if channel in (*ENDPOINTS, *RELAYED):
        known = ((f"{channel}_endpoint", f"https address of the {channel} integration for alarms", True),)
    return tuple(_variable(name, described, sensitive) for name, described, sensitive in known)


def _variable(name: str, described: str, sensitive: bool) -> Variable:
    rule, message = "", ""
    if name.endswith("_endpoint"):
        rule, message = f'startswith(var.{name}, "https://")', "The address starts with https://."
    elif name == "alert_email":
        rule, message = 'can(regex("@", var.alert_email))', "An e-mail address holds an @."
    elif name == "alert_phone":
        rule, message = (
            'can(regex("^[+][0-9]{6,15}$", var.alert_phone))',
            "The number is + and 6 to 15 digits.",
        )
    return Variable(
        name=name,
        kind="string",
        description=described,
        required=True,
        sensitive=sensitive,
        condition=rule,
        message=message,
    )


def topics(site: Site, alarm: Alarm) -> tuple[Value, ...]:
    return tuple(site.ref("aws_sns_topic", "arn", route) for route in alarm.routes if route not in RELAYED)


def route(site: Site, channel: str, alarms: tuple[str, ...]) -> list[Resource]:
    """The resources of one channel in one region; `alarms` are the names of those that it is told of."""
    if channel in RELAYED:
        return _relay(site, channel, alarms)
    topic = site.resource(
        "aws_sns_topic",
        {"name": f"{site.label}-{channel}", "kms_master_key_id": key_of(site)},
        file="monitoring",
        suffix=channel,
    )
    if channel in CHATS:
        return [topic, *(_chat(site, channel) if site.primary else [])]
    if channel not in (*_PLAIN, *ENDPOINTS):
        return [topic]
    return [topic, _subscription(site, channel)]


def _subscription(site: Site, channel: str) -> Resource:
    (where,) = variables(channel)
    arguments: dict[str, Value] = {
        "topic_arn": site.ref("aws_sns_topic", "arn", channel),
        "protocol": _PLAIN.get(channel, "https"),
        "endpoint": Var(where.name),
    }
    if channel in ENDPOINTS:
        arguments["endpoint_auto_confirms"] = channel != "webhook"
    comment = {
        "email": "The receiver confirms the subscription by a link in the first message.",
        "webhook": "The receiver must confirm: the first request holds a SubscribeURL to open.",
    }.get(channel, "")
    return site.resource(
        "aws_sns_topic_subscription", arguments, file="monitoring", suffix=channel, comment=comment
    )


def _chat(site: Site, channel: str) -> list[Resource]:
    """One configuration for the topics of every region: a chat channel may have no second one in an account."""
    names = ("slack_team_id", "slack_channel_id")
    ids: dict[str, Value] = {name: Var(name) for name in names}
    if channel == "teams":
        ids = {name: Var(f"teams_{name}") for name in ("tenant_id", "team_id", "channel_id")}
    arguments: dict[str, Value] = {
        "configuration_name": f"{site.label}-alarms",
        "iam_role_arn": site.ref("aws_iam_role", "arn", channel),
        **ids,
        "sns_topic_arns": tuple(s.ref("aws_sns_topic", "arn", channel) for s in sites(site.plan)),
        "logging_level": "ERROR",
    }
    return [
        _role(site, channel, "chatbot.amazonaws.com", "It may show messages and nothing else."),
        site.resource(
            f"aws_chatbot_{channel}_channel_configuration", arguments, file="monitoring", suffix=channel
        ),
    ]


def _role(site: Site, channel: str, service: str, comment: str) -> Resource:
    allowed: Value = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service}}
    return site.resource(
        "aws_iam_role",
        {
            "name": f"{site.label}-{site.place.code}-{channel}",
            "assume_role_policy": Json({"Version": "2012-10-17", "Statement": (allowed,)}),
        },
        file="monitoring",
        suffix=channel,
        comment=comment,
    )


def _relay(site: Site, channel: str, alarms: tuple[str, ...]) -> list[Resource]:
    destination = site.ref("aws_cloudwatch_event_api_destination", "arn", channel)
    name = f"{site.label}-{channel}"
    pattern: Value = {
        "source": ("aws.cloudwatch",),
        "detail-type": ("CloudWatch Alarm State Change",),
        "detail": {"alarmName": alarms},
    }
    allowed: Value = {"Effect": "Allow", "Action": "events:InvokeApiDestination", "Resource": destination}
    field = RELAYED[channel]
    shown = Block(
        {
            "input_paths": {"alarm": "$.detail.alarmName", "state": "$.detail.state.value"},
            "input_template": f'{{"{field}": "<alarm> is <state>"}}',
        }
    )
    made: list[tuple[str, dict[str, Value], str]] = [
        ("aws_cloudwatch_event_rule", {"name": name, "event_pattern": Json(pattern)}, ""),
        (
            "aws_cloudwatch_event_connection",
            {
                "name": name,
                "authorization_type": "API_KEY",
                "auth_parameters": Block({"api_key": Block({"key": "X-Sent-By", "value": "cloudwatch"})}),
            },
            "The webhook's address is its secret; EventBridge wants a header all the same.",
        ),
        (
            "aws_cloudwatch_event_api_destination",
            {
                "name": name,
                "invocation_endpoint": Var(f"{channel}_endpoint"),
                "http_method": "POST",
                "connection_arn": site.ref("aws_cloudwatch_event_connection", "arn", channel),
            },
            "",
        ),
        (
            "aws_iam_role_policy",
            {
                "name": "send",
                "role": site.ref("aws_iam_role", "id", channel),
                "policy": Json({"Version": "2012-10-17", "Statement": (allowed,)}),
            },
            "",
        ),
        (
            "aws_cloudwatch_event_target",
            {
                "rule": site.ref("aws_cloudwatch_event_rule", "name", channel),
                "arn": destination,
                "role_arn": site.ref("aws_iam_role", "arn", channel),
                "input_transformer": shown,
            },
            "",
        ),
    ]
    role = _role(site, channel, "events.amazonaws.com", "EventBridge sends with it, to this address alone.")
    return [
        role,
        *(
            site.resource(kind, arguments, file="monitoring", suffix=channel, comment=comment)
            for kind, arguments, comment in made
        ),
    ]
