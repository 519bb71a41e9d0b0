"""What pulumi-aws calls a Terraform kind and its arguments. Knows the table's rules; the table is generated."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

_RENAMED = {
    ("aws_cloudwatch_metric_alarm", "alarm_name"): "name",
    ("aws_sns_topic_subscription", "topic_arn"): "topic",
    ("aws_lambda_function", "function_name"): "name",
    ("aws_lambda_permission", "function_name"): "function",
}
"""Arguments with another name altogether; the others are the same or its plural."""


class Kind(msgspec.Struct, frozen=True):
    class_: str = msgspec.field(name="class")
    arguments: dict[str, str]
    """Argument -> `str`, `[str]`, `{str}`, `NameArgs` or `[NameArgs]`; empty where it takes several."""
    outputs: tuple[str, ...]
    """Attributes that are no arguments."""


class Names(msgspec.Struct, frozen=True):
    data: dict[str, Kind]
    resources: dict[str, Kind]
    types: dict[str, dict[str, str]]


@cache
def names() -> Names:
    text = resources.files("groundplan.targets").joinpath("pulumi_names.json").read_bytes()
    return msgspec.json.decode(text, type=Names)


def kind_of(kind: str) -> Kind:
    """A resource or a data source; its class says in which module its nested types are."""
    found = names()
    return found.data[kind] if kind in found.data else found.resources[kind]


def argument(kind: str, name: str, known: dict[str, str]) -> tuple[str, str]:
    """Pulumi's name and type of one argument. Raises KeyError where the SDK has none: the table or the lowering is old."""
    for candidate in _candidates(kind, name):
        if candidate in known:
            return candidate, known[candidate]
    raise KeyError(f"`{kind}.{name}` is not in pulumi_names.json: run tools/build_pulumi_names.py")


def attribute(kind: str, name: str) -> str:
    """Pulumi's name of an attribute that another resource reads."""
    found = names().resources[kind]
    known = {*found.arguments, *found.outputs, "id"}
    for candidate in _candidates(kind, name):
        if candidate in known:
            return candidate
    raise KeyError(f"`{kind}.{name}` is not in pulumi_names.json: run tools/build_pulumi_names.py")


def single(kind: str, theirs: str) -> bool:
    """Whether Pulumi has one object where Terraform has a list of blocks with one."""
    return not names().resources[kind].arguments.get(theirs, "[]").startswith("[")


def _candidates(kind: str, name: str) -> tuple[str, ...]:
    ending = {"y": "ies", "s": "ses"}.get(name[-1:])
    plural = f"{name[:-1]}{ending}" if ending else f"{name}s"
    renamed = _RENAMED.get((kind, name))
    return (renamed,) if renamed else (name, plural)
