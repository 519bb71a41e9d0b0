"""A graph in the CloudFormation vocabulary as one YAML template a stack. Knows templates; not any resource.

A `Ref` without an attribute is `!Ref`, with one `!GetAtt`; a `Join` is `!Sub`; a data `Ref` of
`AWS::AvailabilityZones` with an index is the zone at that place; the block `lifecycle` holds what stands beside
`Properties`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from textwrap import indent

from groundplan.model.files import File
from groundplan.model.graph import (
    Base64,
    Block,
    Graph,
    Join,
    Output,
    Provider,
    Ref,
    Resource,
    Value,
    Var,
    Variable,
)
from groundplan.model.knowledge import Lowered, Target
from groundplan.model.plan import Plan
from groundplan.syntax import yaml
from groundplan.targets._cloudformation_guide import guide


def emit(plan: Plan, lowered: Lowered) -> tuple[File, ...]:
    """Write infra/<platform>/<stack>.yaml, example parameters where it has any, and how to deploy them in order."""
    if not isinstance(lowered, Graph) or lowered.vocabulary != "cloudformation":
        raise TypeError(f"`{plan.platform}` does not lower to what the target `cloudformation` reads")
    folder = f"infra/{plan.platform}"
    files: list[File] = []
    for stack in lowered.providers:
        resources = [r for r in lowered.resources if r.provider == stack.alias]
        used = set(_variables_of([r.arguments for r in resources]))
        variables = [v for v in lowered.variables if v.name in used]
        outputs = [o for o in lowered.outputs if o.provider == stack.alias]
        files.append(
            File(
                path=f"{folder}/{stack.alias}.yaml",
                content=_template(plan, stack, variables, resources, outputs),
                purpose=f"template of the stack {plan.draft.project}-{stack.alias}",
            )
        )
        if variables:
            example = File(
                path=f"{folder}/{stack.alias}.parameters.example.json",
                content=_example(variables),
                purpose="values to copy and fill in",
            )
            files.append(example)
    text = guide(plan, lowered)
    return (
        *files,
        *lowered.files,
        File(path=f"{folder}/README.md", content=text, kind="text", purpose="how to deploy it"),
    )


def _template(
    plan: Plan, stack: Provider, variables: list[Variable], resources: list[Resource], outputs: list[Output]
) -> str:
    about = f"{plan.draft.project}, {stack.alias}, for {stack.arguments['region']}"
    parts = [yaml.write({"AWSTemplateFormatVersion": "2010-09-09", "Description": about})]
    if variables:
        parts.append("Parameters:\n" + _entries({v.name: _parameter(v) for v in variables}))
    bodies = [_comment(r.comment) + yaml.write({r.name: _resource(r)}) for r in resources]
    parts.append("Resources:\n" + "\n".join(indent(body, "  ") for body in bodies))
    parts.append("Outputs:\n" + _entries({o.name: _output(o) for o in outputs}))
    return "\n".join(parts)


def _entries(values: dict[str, yaml.Value]) -> str:
    return "\n".join(indent(yaml.write({name: value}), "  ") for name, value in values.items())


def _comment(text: str) -> str:
    return "".join(f"# {line}\n" for line in text.splitlines())


def _parameter(variable: Variable) -> dict[str, yaml.Value]:
    made: dict[str, yaml.Value] = {
        "Type": variable.type or ("Number" if variable.kind == "number" else "String")
    }
    made["Description"] = variable.description
    if not variable.required:
        made["Default"] = _literal(variable.default)
    if variable.sensitive:
        made["NoEcho"] = True
    if variable.condition and variable.kind == "number":
        low, high = variable.condition.split("..")
        made |= {"MinValue": int(low), "MaxValue": int(high)}
    elif variable.condition:
        made["AllowedPattern"] = variable.condition
    if variable.message:
        made["ConstraintDescription"] = variable.message
    return made


def _resource(resource: Resource) -> dict[str, yaml.Value]:
    made: dict[str, yaml.Value] = {"Type": resource.kind}
    if resource.depends_on:
        names = [r.name for r in resource.depends_on]
        made["DependsOn"] = names[0] if len(names) == 1 else names
    own = resource.arguments.get("lifecycle")
    if isinstance(own, Block):
        made |= {key: _value(value) for key, value in own.arguments.items()}
    properties = {k: _value(v) for k, v in resource.arguments.items() if k != "lifecycle" and v is not None}
    return {**made, "Properties": properties} if properties else made


def _output(output: Output) -> dict[str, yaml.Value]:
    return {"Description": output.description, "Value": _value(output.value)}


def _value(value: Value) -> yaml.Value:
    match value:
        case Var():
            return yaml.Tagged("Ref", value.name)
        case Ref():
            return _reference(value)
        case Join():
            return _joined(value)
        case Base64():
            return {"Fn::Base64": yaml.Tagged("Sub", _lines(value))}
        case tuple():
            return [_value(v) for v in value]
        case dict():
            return {k: _value(v) for k, v in value.items() if v is not None}
        case Block():
            return _value(value.arguments)
    return _literal(value)


def _reference(value: Ref) -> yaml.Value:
    if value.data:
        return yaml.Tagged("Select", [value.index, yaml.Tagged("GetAZs", "")])
    if value.attribute:
        return yaml.Tagged("GetAtt", f"{value.name}.{value.attribute}")
    return yaml.Tagged("Ref", value.name)


def _joined(value: Join) -> yaml.Value:
    """`!Sub` reads best; a literal with `$` goes into a `!Join`, which substitutes nothing and needs no escape."""
    literals = [part for part in value.parts if isinstance(part, str)]
    _literal("".join(part if isinstance(part, str) else "" for part in value.parts))
    if any("$" in part for part in literals):
        return yaml.Tagged("Join", ["", [_value(part) for part in value.parts]])
    return yaml.Tagged("Sub", "".join(_part(part) for part in value.parts))


def _lines(value: Base64) -> str:
    """Lines of one text; `${` that is no reference keeps its meaning by an exclamation mark."""
    out = ""
    for line in value.lines:
        literals = "".join(part for part in line if isinstance(part, str))
        _literal(literals)
        out += "".join(p.replace("${", "${!") if isinstance(p, str) else _part(p) for p in line) + "\n"
    return out


def _part(part: Value) -> str:
    match part:
        case str():
            return part
        case Var():
            return f"${{{part.name}}}"
        case Ref():
            return f"${{{part.name}{'.' + part.attribute if part.attribute else ''}}}"
    raise TypeError(f"{type(part).__name__} cannot be part of a text")


def _literal(value: Value) -> yaml.Value:
    """A scalar as it is. Raises ValueError for a text that CloudFormation would resolve as a reference."""
    if isinstance(value, str) and "{{resolve:" in value:
        raise ValueError("a text with `{{resolve:` cannot be written: CloudFormation has no escape for it")
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    if isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} is no literal")


def _variables_of(value: Value | list[dict[str, Value]]) -> Iterator[str]:
    match value:
        case Var():
            yield value.name
        case Join():
            yield from _variables_of(value.parts)
        case Base64():
            yield from _variables_of(value.lines)
        case Block():
            yield from _variables_of(value.arguments)
        case list() | tuple():
            for item in value:
                yield from _variables_of(item)
        case dict():
            for item in value.values():
                yield from _variables_of(item)


def _example(variables: list[Variable]) -> str:
    """`Name=value` lines: the one form that `aws cloudformation deploy` reads in versions 1 and 2."""
    rows = [f"{v.name}={'' if v.required else v.default}" for v in variables]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


TARGET = Target(key="cloudformation", name="CloudFormation", emit=emit)
