"""A simulated cloud: whatever is asked for exists at once, and every value that a cloud would choose is made up.

The same question gets the same answer, so a second plan finds no change. Only deletion is judged, as AWS does it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from terraform_rig.schema import Attribute, Block
from terraform_rig.wire import UNKNOWN, is_unknown

ACCOUNT = "123456789012"
Choose = Callable[[str, Attribute], Any]
Values = dict[str, Any]


def planned(block: Block, wanted: Values, region: str) -> Values:
    """What was asked for, with everything that the cloud will choose marked unknown; the region is known already."""
    return _filled(
        block, wanted, lambda name, _: region if name == "region" else UNKNOWN, lambda v: v is None
    )


def applied(kind: str, block: Block, planned: Values, region: str) -> Values:
    """The planned values with the unknown ones chosen."""
    return _filled(block, planned, _chooser(kind, region), is_unknown)


def refusal(prior: Values | None) -> str:
    """Why the cloud would not delete a resource; empty where it would."""
    found = prior or {}
    for name in ("deletion_protection", "enable_deletion_protection", "deletion_protection_enabled"):
        if found.get(name) is True:
            return f"{name} is on."
    if not found.get("skip_final_snapshot", True) and not found.get("final_snapshot_identifier"):
        return "skip_final_snapshot is off, and there is no final_snapshot_identifier."
    return ""


def looked_up(kind: str, block: Block, config: Values, region: str) -> Values:
    """What a data source answers."""
    found = _filled(block, config, _chooser(kind, region), lambda v: v is None)
    return {**found, **_known(kind, region)}


def _known(kind: str, region: str) -> Values:
    match kind:
        case "aws_availability_zones":
            return {"names": [region + letter for letter in "abc"]}
        case "aws_caller_identity":
            return {"account_id": ACCOUNT, "arn": f"arn:aws:iam::{ACCOUNT}:user/rig"}
        case "aws_region":
            return {"region": region}
        case "aws_partition":
            return {"partition": "aws", "dns_suffix": "amazonaws.com"}
    return {}


_FILLED = ("master_user_secret", "resources", "autoscaling_groups")
"""Lists of which the cloud makes one element; the others stay empty."""


def _chooser(kind: str, region: str) -> Choose:
    def choose(name: str, attribute: Attribute) -> Any:
        match attribute.type:
            case "string" if name == "region":
                return region
            case "string" if name.endswith("arn"):
                return f"arn:aws:sim:{region}:{ACCOUNT}:{kind}/{name}"
            case "string":
                return f"sim-{kind}-{name}"
            case "number":
                return 0
            case "bool":
                return False
            case ["list" | "set", ["object", dict(fields)]] if name in _FILLED:
                return [{field: choose(field, Attribute(type=inner)) for field, inner in fields.items()}]
            case ["list" | "set", _]:
                return []
            case ["map", _]:
                return {}
        return None

    return choose


def _filled(block: Block, values: Values, choose: Choose, missing: Callable[[Any], bool]) -> Values:
    made = dict(values)
    for name, attribute in block.attributes.items():
        if missing(made.get(name)) and (attribute.computed or is_unknown(made.get(name))):
            made[name] = choose(name, attribute)
    for name, nested in block.blocks.items():
        inside = made.get(name)
        if isinstance(inside, list):
            made[name] = [_filled(nested.block, one, choose, missing) for one in inside]
        elif isinstance(inside, dict) and nested.nesting == "map":
            made[name] = {k: _filled(nested.block, one, choose, missing) for k, one in inside.items()}
        elif isinstance(inside, dict):
            made[name] = _filled(nested.block, inside, choose, missing)
        elif is_unknown(inside):
            made[name] = None if nested.nesting == "single" else []
    return made
