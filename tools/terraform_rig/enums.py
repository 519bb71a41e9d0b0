"""Allowed words of AWS arguments, from the resource schemas that cfn-lint publishes. Reads its wheel; installs nothing."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

from terraform_rig.schema import Block, Provider

Enums = dict[str, dict[str, list[str]]]
"""Allowed words by resource type, then by argument path: `protocol`, `health_check.protocol`."""

_SCHEMAS = "cfnlint/data/schemas"
_DEEPEST = 5
_RENAMED = {
    "lb": "elasticloadbalancingv2loadbalancer",
    "lblistener": "elasticloadbalancingv2listener",
    "lbtargetgroup": "elasticloadbalancingv2targetgroup",
    "appautoscalingpolicy": "applicationautoscalingscalingpolicy",
    "appautoscalingtarget": "applicationautoscalingscalabletarget",
    "cloudwatchmetricalarm": "cloudwatchalarm",
    "cloudwatchloggroup": "logsloggroup",
    "dbinstance": "rdsdbinstance",
    "snstopicsubscription": "snssubscription",
}
_OTHER: Enums = {
    "aws_budgets_budget": {
        "budget_type": [
            "COST", "USAGE", "RI_UTILIZATION", "RI_COVERAGE", "SAVINGS_PLANS_UTILIZATION", "SAVINGS_PLANS_COVERAGE",
        ],
        "limit_unit": ["USD"],
        "time_unit": ["DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY", "CUSTOM"],
        "notification.comparison_operator": ["GREATER_THAN", "LESS_THAN", "EQUAL_TO"],
        "notification.threshold_type": ["PERCENTAGE", "ABSOLUTE_VALUE"],
        "notification.notification_type": ["ACTUAL", "FORECASTED"],
    },
    "aws_sns_topic_subscription": {
        "protocol": ["application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"],
    },
    "aws_db_instance": {"storage_type": ["standard", "gp2", "gp3", "io1", "io2"]},
}  # fmt: skip
"""Where the two vendors nest or name arguments differently.

AWS Budgets, SNS and RDS API references, data types Budget, Notification, Subscribe and DBInstance,
https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Notification.html, 2026-11-24.
"""


def enums(wheel: Path, provider: Provider) -> Enums:
    """Allowed words of every argument that bears the name of a property with an enumeration."""
    vendor = _vendor_types(wheel)
    found: Enums = dict(_OTHER)
    for name, block in provider.resources.items():
        key = name.removeprefix("aws_").replace("_", "")
        root = vendor.get(_RENAMED.get(key, key)) or vendor.get("ec2" + key)
        if root is None:
            continue
        words = _words(block, root, root, ())
        if words:
            found[name] = {**words, **found.get(name, {})}
    return found


def _vendor_types(wheel: Path) -> dict[str, Any]:
    with zipfile.ZipFile(wheel) as archive:
        index = json.loads(archive.read(f"{_SCHEMAS}/providers/us-east-1.json"))
        return {
            re.sub(r"[^a-z0-9]", "", name.removeprefix("AWS::").lower()): json.loads(
                archive.read(f"{_SCHEMAS}/resources/{key}.json")
            )
            for name, key in index.items()
            if name.startswith("AWS::")
        }


def _words(block: Block, schema: Any, root: Any, path: tuple[str, ...]) -> dict[str, list[str]]:
    if len(path) > _DEEPEST:
        return {}
    properties = {k.lower(): v for k, v in _element(schema, root).get("properties", {}).items()}
    found = {}
    for name, attribute in block.attributes.items():
        rule = _resolved(properties.get(name.replace("_", "")), root)
        if attribute.type == "string" and "enum" in rule:
            found[".".join((*path, name))] = [str(word) for word in rule["enum"]]
    for name, nested in block.blocks.items():
        key = name.replace("_", "")
        inner = properties.get(key) or properties.get(key + "s")
        if inner is not None:
            found.update(_words(nested.block, inner, root, (*path, name)))
    return found


def _element(schema: Any, root: Any) -> Any:
    found = _resolved(schema, root)
    return _resolved(found["items"], root) if "items" in found else found


def _resolved(schema: Any, root: Any) -> Any:
    while isinstance(schema, dict) and "$ref" in schema:
        schema = root.get("definitions", {}).get(schema["$ref"].rsplit("/", 1)[-1])
    return schema if isinstance(schema, dict) else {}
