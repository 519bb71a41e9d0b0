"""A graph in the Terraform vocabulary as HCL files, one a concern. Knows files and blocks; not any resource."""

from __future__ import annotations

from groundplan.model.files import File
from groundplan.model.graph import Graph, Output, Provider, Ref, Resource, Value, Variable
from groundplan.model.knowledge import Lowered, Target
from groundplan.model.plan import Plan
from groundplan.syntax import hcl

REQUIRED = ">= 1.10.0"
"""S3 state is locked by a file of its own, without a table, from 1.10 on."""


def emit(plan: Plan, lowered: Lowered) -> tuple[File, ...]:
    """Write infra/<platform>/: versions, providers, variables, outputs, one file a concern, and example values."""
    if not isinstance(lowered, Graph):
        raise TypeError(f"`{plan.platform}` lowers to files, which the target `terraform` does not read")
    folder = f"infra/{plan.platform}"
    texts = {
        "versions": [_versions(lowered)],
        "providers": [_provider(p) for p in lowered.providers],
        "variables": [_variable(v) for v in lowered.variables],
        "outputs": [_output(o) for o in lowered.outputs],
    }
    for resource in lowered.resources:
        texts.setdefault(resource.file, []).append(_resource(resource))
    files = [
        File(path=f"{folder}/{name}.tf", content="\n\n".join(blocks) + "\n", purpose=_PURPOSE.get(name, name))
        for name, blocks in texts.items()
        if blocks
    ]
    example = File(
        path=f"{folder}/terraform.tfvars.example",
        content=_example(lowered.variables),
        purpose="values to copy to terraform.tfvars",
    )
    guide = File(
        path=f"{folder}/README.md",
        content=lowered.guide,
        kind="text",
        purpose="from an empty account to running",
    )
    guides = (guide,) if lowered.guide else ()
    return (*files, *lowered.files, example, *guides)


_PURPOSE = {
    "versions": "versions of Terraform and the providers, and where the state lies",
    "providers": "regions and the tags of every resource",
    "variables": "what differs between environments",
    "outputs": "addresses that people and pipelines need",
    "network": "network, NAT and security groups",
    "service": "balancer, cluster, tasks and their permissions",
    "scaling": "minimum, maximum and triggers",
    "data": "databases and caches",
    "monitoring": "logs, alarms and who is told",
    "budget": "the budget and its alerts",
}


def _versions(graph: Graph) -> str:
    providers: dict[str, Value] = {
        p.name: {"source": p.source, "version": p.version} for p in graph.providers
    }
    lines = ["terraform {", *hcl.body({"required_version": REQUIRED}, 1), ""]
    lines += hcl.nested("required_providers", providers, 1)
    if graph.backend:
        head = "cloud" if graph.backend == "cloud" else f"backend {hcl.quoted(graph.backend)}"
        lines += ["", *hcl.nested(head, graph.backend_arguments, 1)]
    return "\n".join([*lines, "}"])


def _provider(provider: Provider) -> str:
    arguments: dict[str, Value] = {"alias": provider.alias} if provider.alias else {}
    return "\n".join(hcl.nested(f"provider {hcl.quoted(provider.name)}", {**arguments, **provider.arguments}))


def _resource(resource: Resource) -> str:
    lines = [f"# {line}" for line in resource.comment.splitlines()]
    arguments: dict[str, Value] = dict(resource.arguments)
    word = "data" if resource.data else "resource"
    head = f"{word} {hcl.quoted(resource.kind)} {hcl.quoted(resource.name)}"
    inside = hcl.body(arguments, 1)
    if resource.provider:
        inside = [f"  provider = {resource.provider}", *(["", *inside] if inside else [])]
    if resource.depends_on:
        refs = tuple(Ref(r.kind, r.name, "") for r in resource.depends_on)
        inside += ["", f"  depends_on = {hcl.expression(refs, 1)}"]
    return "\n".join([*lines, f"{head} {{", *inside, "}"] if inside else [*lines, f"{head} {{}}"])


def _variable(variable: Variable) -> str:
    lines = [f"variable {hcl.quoted(variable.name)} {{"]
    pairs = [("description", hcl.quoted(variable.description)), ("type", variable.kind)]
    if not variable.required:
        pairs.append(("default", hcl.expression(variable.default, 1)))
    if variable.sensitive:
        pairs.append(("sensitive", "true"))
    width = max(len(name) for name, _ in pairs)
    lines += [f"  {name:<{width}} = {text}" for name, text in pairs]
    if variable.condition:
        lines += ["", "  validation {", f"    condition     = {variable.condition}"]
        lines += [f"    error_message = {hcl.quoted(variable.message)}", "  }"]
    return "\n".join([*lines, "}"])


def _output(output: Output) -> str:
    return "\n".join(
        hcl.nested(
            f"output {hcl.quoted(output.name)}", {"description": output.description, "value": output.value}
        )
    )


def _example(variables: tuple[Variable, ...]) -> str:
    lines = [
        "# Copy to terraform.tfvars and fill in. Values of secrets belong into TF_VAR_ variables instead.",
        "",
    ]
    for variable in variables:
        lines.append(f"# {variable.description}")
        mark = "" if variable.required and not variable.sensitive else "# "
        empty = {"number": "0", "bool": "false", "list(string)": "[]"}.get(variable.kind, '""')
        shown = empty if variable.required else hcl.expression(variable.default)
        lines.append(f"{mark}{variable.name} = {shown}")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


TARGET = Target(key="terraform", name="Terraform", emit=emit)
