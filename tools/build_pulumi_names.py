"""Write what pulumi-aws calls the Terraform kinds that we emit, or say with --check that the table is stale.

Reads the SDK's own sources as text (make pulumi-rig installs them) and keeps names and types of arguments alone.
Kinds are the `aws_…` words of the modules that lower to the Terraform vocabulary.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "src/groundplan/targets/pulumi_names.json"
LOWERINGS = ROOT / "src/groundplan/platforms/aws"
SDK = next(iter(sorted((ROOT / ".rig/pulumi/lib").glob("python3.*/site-packages/pulumi_aws"))), None)
# the classes that do not follow from the kind's own words: `aws_<module>_<rest>` is `<module>.<Rest>`
CLASSES = {
    "aws_lb": "lb.LoadBalancer",
    "aws_lb_listener": "lb.Listener",
    "aws_lb_target_group": "lb.TargetGroup",
    "aws_db_instance": "rds.Instance",
    "aws_db_subnet_group": "rds.SubnetGroup",
    "aws_cloudwatch_event_rule": "cloudwatch.EventRule",
    "aws_vpc_security_group_ingress_rule": "vpc.SecurityGroupIngressRule",
    "aws_vpc_security_group_egress_rule": "vpc.SecurityGroupEgressRule",
    "aws_route53_health_check": "route53.HealthCheck",
    "aws_route53_record": "route53.Record",
}
COMPOSED = ("aws_chatbot_slack_channel_configuration", "aws_chatbot_teams_channel_configuration")
"""Kinds whose words the lowering puts together, so that its source does not show them."""
RESERVED = {"lambda": "lambda_"}
"""Modules that are words of Python."""
ROOT_DATA = ("aws_availability_zones", "aws_caller_identity", "aws_partition", "aws_region")


MODULE_DATA = {"aws_ssm_parameter": "ssm"}
"""Data sources that are a function of a module."""


def kinds() -> list[str]:
    words: set[str] = set(COMPOSED)
    for path in LOWERINGS.glob("terraform*.py"):
        words |= set(re.findall(r'"(aws_[a-z0-9_]+)"', path.read_text(encoding="utf-8")))
    return sorted(words)


def class_of(kind: str) -> str:
    if kind in CLASSES:
        return CLASSES[kind]
    words = kind.removeprefix("aws_").split("_")
    own = RESERVED.get(words[0], words[0])
    module = own if len(words) > 1 and (SDK / own).is_dir() else "ec2"
    rest = words[1:] if module == own else words
    return f"{module}.{''.join(w.capitalize() for w in rest)}"


@cache
def classes(module: str) -> dict[str, ast.ClassDef]:
    """Every class of one module of the SDK, nested argument types too."""
    found: dict[str, ast.ClassDef] = {}
    folder = SDK / module if module else SDK
    for path in sorted(folder.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found[node.name] = node
    return found


def arguments(function: ast.FunctionDef) -> dict[str, str]:
    hidden = ("__self__", "resource_name", "opts", "__props__")
    named = [*function.args.args, *function.args.kwonlyargs]
    return {a.arg: shape(ast.unparse(a.annotation)) for a in named if a.arg not in hidden and a.annotation}


def shape(annotation: str) -> str:
    """`str`, `[str]`, `{str}`, `NameArgs` or `[NameArgs]`."""
    nested = re.search(r"'(?:\w+\.)*(\w+Args)'", annotation) or re.search(r"'(Get\w+)'", annotation)
    scalars = re.findall(r"_builtins\.(str|int|float|bool)", annotation)
    either = "Union[_builtins.str" in annotation
    inner = nested[1] if nested and not either else scalars[-1] if scalars else ""
    if "Mapping[" in annotation:
        return f"{{{inner}}}"
    return f"[{inner}]" if "Sequence[" in annotation else inner


def method(node: ast.ClassDef, name: str) -> ast.FunctionDef:
    return next(f for f in node.body if isinstance(f, ast.FunctionDef) and f.name == name)


def properties(node: ast.ClassDef) -> list[str]:
    return sorted(
        f.name
        for f in node.body
        if isinstance(f, ast.FunctionDef) and any("property" in ast.unparse(d) for d in f.decorator_list)
    )


def resource(kind: str, types: dict[str, dict[str, str]]) -> dict[str, object]:
    name = class_of(kind) if kind != "aws" else "Provider"
    module, _, short = name.rpartition(".")
    node = classes(module)[short]
    made = arguments(method(node, "_internal_init"))
    keep_types(module, made, types)
    return {"class": name, "arguments": made, "outputs": [p for p in properties(node) if p not in made]}


def function(kind: str, types: dict[str, dict[str, str]]) -> dict[str, object]:
    """A data source: a function of the SDK's root or of a module; what it returns keeps Terraform's names."""
    module = MODULE_DATA.get(kind, "")
    stem = f"get_{kind.removeprefix('aws_').removeprefix(f'{module}_')}"
    tree = ast.parse((SDK / module / f"{stem}.py").read_text(encoding="utf-8"))
    found = [f for f in tree.body if isinstance(f, ast.FunctionDef) and f.name == f"{stem}_output"]
    made = arguments(found[-1])
    keep_types(module, made, types)
    return {
        "class": ".".join(part for part in (module, f"{stem}_output") if part),
        "arguments": made,
        "outputs": [],
    }


def keep_types(module: str, made: dict[str, str], types: dict[str, dict[str, str]]) -> None:
    for inner in {v.strip("[]{}") for v in made.values()}:
        key = f"{module}.{inner}".lstrip(".")
        if inner.endswith("Args") and key not in types:
            types[key] = arguments(method(classes(module)[inner], "__init__"))
            keep_types(module, types[key], types)


def table() -> dict[str, dict[str, object]]:
    types: dict[str, dict[str, str]] = {}
    data = [k for k in kinds() if k in (*ROOT_DATA, *MODULE_DATA)]
    resources = {k: resource(k, types) for k in ["aws", *kinds()] if k not in data}
    functions = {k: function(k, types) for k in data}
    return {"data": functions, "resources": resources, "types": dict(types)}


def written(found: dict[str, dict[str, object]]) -> str:
    """JSON with one line for each resource and type, so that a change reads well."""
    groups = []
    for group, rows in found.items():
        lines = [f"{json.dumps(k)}: {json.dumps(v, sort_keys=True)}" for k, v in sorted(rows.items())]
        groups.append(f"{json.dumps(group)}: {{\n" + ",\n".join(lines) + "\n}")
    return "{\n" + ",\n".join(groups) + "\n}\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 where the table is stale"
    )
    check = parser.parse_args().check
    if SDK is None:
        print("pulumi-aws is not installed: run `make pulumi-rig`", file=sys.stderr)
        return 2
    text = written(table())
    if TABLE.exists() and TABLE.read_text(encoding="utf-8") == text:
        print("the table of Pulumi names is up to date")
        return 0
    print(f"{'stale' if check else 'written'}: {TABLE.relative_to(ROOT)}")
    if not check:
        TABLE.write_text(text, encoding="utf-8")
    return 1 if check else 0


if __name__ == "__main__":
    sys.exit(main())
