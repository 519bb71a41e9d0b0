"""Read a CloudFormation template back: short tags become the long functions, as CloudFormation itself does it."""

import re
from typing import Any

import yaml


class Loader(yaml.SafeLoader):
    pass


def _tagged(loader: Loader, suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        raise AssertionError(f"a mapping under !{suffix}")
    if suffix == "GetAtt":
        value = value.split(".", 1)
    return {"Ref": value} if suffix == "Ref" else {f"Fn::{suffix}": value}


Loader.add_multi_constructor("!", _tagged)


def parse(text: str) -> dict[str, Any]:
    return yaml.load(text, Loader)  # a SafeLoader with CloudFormation's tags


def names_in(text: str) -> list[str]:
    """What `!Sub` looks up in a text: `${!Literal}` is a text, and no name."""
    return re.findall(r"\$\{([^!}][^}]*)\}", text)


def evaluated(value: Any, values: dict[str, str]) -> str:
    """A text, `!Ref`, `!GetAtt`, `!Sub` or `!Join` as CloudFormation evaluates it."""
    if isinstance(value, str):
        return value
    ((function, inside),) = value.items()
    if function == "Fn::Join":
        return inside[0].join(evaluated(part, values) for part in inside[1])
    if function == "Fn::Sub":
        named = re.sub(r"\$\{([^!}][^}]*)\}", lambda found: values[found[1]], inside)
        return named.replace("${!", "${")
    return values[inside if function == "Ref" else ".".join(inside)]
