"""A graph in the Terraform vocabulary as a Pulumi program in Python. Knows files and options; not any resource."""

from __future__ import annotations

import re

from groundplan.model.files import File
from groundplan.model.graph import Block, Graph, Output, Provider, Ref, Resource, Value, Variable
from groundplan.model.knowledge import Lowered, Target
from groundplan.model.plan import Plan
from groundplan.syntax import yaml
from groundplan.syntax.python_source import Call, Expression, Name, assigned, expression
from groundplan.targets import _pulumi_names as table
from groundplan.targets._pulumi_guide import guide
from groundplan.targets._pulumi_program import Scope, arguments, is_sum, ordered, reference, scope, typed

REQUIREMENTS = "pulumi>=3.150,<4\npulumi-aws>=7.0,<8\n"
"""pulumi-aws 7 bridges version 6 of the Terraform provider, whose vocabulary the graph is in."""
STACK = "prod"
_SECTIONS = {
    "network": "Network, way out and security groups",
    "data": "Databases and caches",
    "service": "Balancer, cluster, tasks and their permissions",
    "scaling": "Minimum, maximum and triggers",
    "monitoring": "Logs, alarms and who is told",
    "budget": "The budget and its alerts",
}
_KINDS = {"string": "string", "number": "integer", "bool": "boolean", "list(string)": "array"}
_GETTERS = {"string": "", "number": "_int", "bool": "_bool", "list(string)": "_object"}


def emit(plan: Plan, lowered: Lowered) -> tuple[File, ...]:
    """Write infra/<platform>/: project, program, requirements, an example stack and how to run it."""
    if not isinstance(lowered, Graph) or lowered.vocabulary != "terraform":
        raise TypeError(f"`{plan.platform}` does not lower to what the target `pulumi` reads")
    folder = f"infra/{plan.platform}"
    texts = (
        ("Pulumi.yaml", _project(plan, lowered), "project and its configuration"),
        ("__main__.py", program(lowered), "the resources"),
        ("requirements.txt", REQUIREMENTS, "versions of Pulumi and the provider"),
        (f"Pulumi.{STACK}.yaml.example", _stack(plan, lowered), "values of one stack to copy and fill in"),
    )
    files = [File(path=f"{folder}/{name}", content=text, purpose=why) for name, text, why in texts]
    readme = File(
        path=f"{folder}/README.md", content=guide(plan, lowered, STACK), kind="text", purpose="how to run it"
    )
    return (*files, *lowered.files, readme)


def _project(plan: Plan, graph: Graph) -> str:
    """Typed configuration: Pulumi checks values against it and fills the defaults in before the program runs."""
    project: dict[str, yaml.Value] = {
        "name": plan.draft.project,
        "description": f"{plan.draft.project} on {plan.platform.upper()}",
        "runtime": {"name": "python", "options": {"virtualenv": "venv"}},
        "config": {v.name: _setting(v) for v in graph.variables},
    }
    return yaml.write(project)


def _setting(variable: Variable) -> dict[str, yaml.Value]:
    made: dict[str, yaml.Value] = {
        "type": "string" if is_sum(variable) else _KINDS[variable.kind],
        "description": " ".join(f"{variable.description}. {variable.message}".split()),
    }
    if variable.sensitive:
        made["secret"] = True
    if not variable.required and isinstance(variable.default, str | int):
        made["default"] = variable.default
    return made


def _stack(plan: Plan, graph: Graph) -> str:
    """Every value that has no default; a secret is set by a command, so that it is encrypted."""
    asked = [v for v in graph.variables if v.required and not v.sensitive]
    values: dict[str, yaml.Value] = {f"{plan.draft.project}:{v.name}": "" for v in asked}
    hidden = [v.name for v in graph.variables if v.sensitive]
    lines = [f"# pulumi config set --secret {name}" for name in hidden]
    return "".join(f"{line}\n" for line in lines) + yaml.write({"config": values})


def program(graph: Graph) -> str:
    """The whole program: configuration, providers, resources in the order in which they need each other, outputs."""
    at = scope(graph)
    body = [*_configuration(graph), "\n".join(_provider(p, at) for p in graph.providers)]
    here = -1
    for resource in ordered(graph.resources, lambda r: _rank(r, graph)):
        rank = _rank(resource, graph)
        lines = [_heading(resource, graph)] if rank != here else []
        here = rank
        body.append("\n".join([*lines, *_comment(resource), _resource(resource, at)]))
    body.append("\n".join(_export(o, at) for o in graph.outputs))
    text = "\n\n".join(part for part in body if part)
    needed = ["import base64"] if "encoded(" in text else []
    needed += ["import json"] if "json.dumps(" in text.replace("Output.json_dumps(", "") else []
    head = ['"""The production foundation; see README.md for the commands."""', "", *needed]
    head += [""] if needed else []
    encoder = [_ENCODER] if "encoded(" in text else []
    return "\n".join([*head, "import pulumi", "import pulumi_aws as aws", *encoder, "", text]) + "\n"


_ENCODER = """

def encoded(text: pulumi.Output[str]) -> pulumi.Output[str]:
    \"\"\"Text as the base64 that the provider takes.\"\"\"
    return text.apply(lambda plain: base64.b64encode(plain.encode()).decode())
"""


def _rank(resource: Resource, graph: Graph) -> int:
    """Region by region, and within one the sections in the order of their list."""
    sections = list(_SECTIONS)
    section = sections.index(resource.file) if resource.file in sections else len(sections)
    return _region(resource, graph) * (len(sections) + 1) + section


def _region(resource: Resource, graph: Graph) -> int:
    aliases = [f"aws.{p.alias}" if p.alias else None for p in graph.providers]
    return aliases.index(resource.provider) if resource.provider in aliases else 0


def _heading(resource: Resource, graph: Graph) -> str:
    where = graph.providers[_region(resource, graph)].arguments["region"] if len(graph.providers) > 1 else ""
    return f"# {_SECTIONS.get(resource.file, resource.file)}{f', in {where}' if where else ''}."


def _configuration(graph: Graph) -> list[str]:
    lines = ["config = pulumi.Config()"] if graph.variables else []
    for variable in graph.variables:
        kept = "_secret" if variable.sensitive else ""
        typed_as = "" if is_sum(variable) else _GETTERS[variable.kind]
        getter = f"config.require{kept}{typed_as}"
        lines.append(assigned(variable.name, Call(getter, (variable.name,))))
    return ["\n".join(lines)]


def _provider(provider: Provider, at: Scope) -> str:
    known = table.names().resources["aws"].arguments
    region = provider.arguments.get("region")
    name = region if isinstance(region, str) else provider.name
    made = Call("aws.Provider", (name,), arguments("aws", provider.arguments, known, at))
    return assigned(_provider_name(provider.alias), made, tall=True)


def _provider_name(alias: str | None) -> str:
    return f"provider_{alias.removeprefix('aws.')}" if alias else "provider"


def _comment(resource: Resource) -> list[str]:
    return [f"# {line}" for line in resource.comment.splitlines()]


def _resource(resource: Resource, at: Scope) -> str:
    name = at.resources[(resource.kind, resource.name)]
    provider = Name(_provider_name(resource.provider))
    if resource.data:
        function = table.names().data[resource.kind]
        options = Call("pulumi.InvokeOutputOptions", (), {"provider": provider})
        read = arguments(resource.kind, resource.arguments, function.arguments, at)
        return assigned(name, Call(f"aws.{function.class_}", (), {**read, "opts": options}), tall=True)
    kind = table.names().resources[resource.kind]
    made = arguments(resource.kind, resource.arguments, kind.arguments, at)
    options = Call("pulumi.ResourceOptions", (), {"provider": provider, **_options(resource, at)})
    return assigned(name, Call(f"aws.{kind.class_}", (resource.name,), {**made, "opts": options}), tall=True)


def _options(resource: Resource, at: Scope) -> dict[str, Expression]:
    made: dict[str, Expression] = {}
    if resource.depends_on:
        made["depends_on"] = tuple(Name(reference(Ref(r.kind, r.name, ""), at)) for r in resource.depends_on)
    lifecycle = resource.arguments.get("lifecycle")
    for name, value in lifecycle.arguments.items() if isinstance(lifecycle, Block) else ():
        made |= _lifecycle(resource.kind, name, value)
    return made


def _lifecycle(kind: str, name: str, value: Value) -> dict[str, Expression]:
    """Pulumi creates before it deletes by itself; anything unknown is a bug of the lowering."""
    known = table.names().resources[kind].arguments
    if name == "ignore_changes" and isinstance(value, tuple):
        return {
            "ignore_changes": tuple(_ignored(kind, v.kind, known) for v in value if isinstance(v, Ref)),
        }
    if name == "prevent_destroy":
        return {"protect": value is True}
    if name == "create_before_destroy" and value is True:
        return {}
    raise KeyError(f"`lifecycle.{name}` has no option in Pulumi")


def _ignored(kind: str, path: str, known: dict[str, str]) -> str:
    """An argument; a path into one is not translated by the SDK, so it is written as the engine spells it."""
    if "." not in path:
        return table.argument(kind, path, known)[0]
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), path.replace("[0]", ""))


def _export(output: Output, at: Scope) -> str:
    made = Call("pulumi.export", (output.name, typed("", output.value, "", at)))
    return f"# {output.description}.\n{expression(made)}"


TARGET = Target(key="pulumi", name="Pulumi", emit=emit, reads="terraform")
