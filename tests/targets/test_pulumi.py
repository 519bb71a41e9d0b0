"""Pulumi programs without the SDK: names, order, formatting, and text that stays text."""

import ast
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from targets.aws_cases import CLUSTERS, DRAFTS, FUNCTIONS, HOSTILE, INSTANCES, draft, planned

from groundplan.emit import emit
from groundplan.lower import lower
from groundplan.model.answer import App
from groundplan.model.graph import Block, Graph, Join, Ref, Resource, Var, Variable
from groundplan.model.plan import CodeWish
from groundplan.syntax.python_source import Call, Name, assigned, expression
from groundplan.targets import _pulumi_names as table
from groundplan.targets.pulumi import TARGET, program

CASES = {**DRAFTS, **FUNCTIONS, **INSTANCES, **CLUSTERS, "hostile": HOSTILE}


def files(case):
    made = planned(case, "pulumi")
    assert made.target == "pulumi"
    return {f.path.removeprefix("infra/aws/"): f.content for f in emit(made, lower(made))}


def test_a_project_has_its_program_its_requirements_and_an_example_stack():
    assert sorted(files(DRAFTS["clinic"])) == [
        "Pulumi.prod.yaml.example",
        "Pulumi.yaml",
        "README.md",
        "__main__.py",
        "requirements.txt",
    ]


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_name_is_made_before_it_is_used(name):
    tree = ast.parse(files(CASES[name])["__main__.py"])
    known = {"pulumi", "aws", "json", "str"}
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef):
            known.add(statement.name)
            continue
        used = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        assert used <= known, used - known
        for target in getattr(statement, "targets", []):
            assert target.id not in known, f"{target.id} is made twice"
            known.add(target.id)


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_resource_of_the_graph_is_in_the_program_once(name):
    graph = lower(planned(CASES[name], "pulumi"))
    calls = [n for n in ast.walk(ast.parse(program(graph))) if isinstance(n, ast.Call)]
    made = sorted((ast.unparse(c.func), c.args[0].value) for c in calls if c.args and ast.unparse(c.func) != "aws.Provider"
                  and re.fullmatch(r"aws\.\w+\.\w+", ast.unparse(c.func)))  # fmt: skip
    kinds = table.names().resources
    wanted = sorted((f"aws.{kinds[r.kind].class_}", r.name) for r in graph.resources if not r.data)
    assert made == wanted


def test_the_formatter_of_the_field_leaves_every_program_alone(tmp_path):
    for name, case in CASES.items():
        (tmp_path / f"{name}.py").write_text(files(case)["__main__.py"])
    ruff = Path(sys.executable).with_name("ruff")
    done = subprocess.run([ruff, "format", "--isolated", "--diff", tmp_path], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    linted = subprocess.run(
        [ruff, "check", "--isolated", "--select", "F,E9,B,I,UP", tmp_path], capture_output=True, text=True
    )
    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_configuration_is_declared_with_its_defaults(name):
    written, graph = files(CASES[name]), lower(planned(CASES[name], "pulumi"))
    project = yaml.safe_load(written["Pulumi.yaml"])
    assert set(project["config"]) == {v.name for v in graph.variables}
    for variable in graph.variables:
        made = project["config"][variable.name]
        assert made.get("default") == (None if variable.required else variable.default)
        assert made.get("secret", False) == variable.sensitive
        assert f'("{variable.name}")' in written["__main__.py"]
    stack = yaml.safe_load(written["Pulumi.prod.yaml.example"])["config"]
    asked = {f"{project['name']}:{v.name}" for v in graph.variables if v.required and not v.sensitive}
    assert set(stack) == asked


def test_the_state_lies_where_it_was_stated():
    stated = msgspec.structs.replace(
        planned(DRAFTS["clinic"], "pulumi"),
        draft=draft(code=CodeWish(tool="pulumi", state_backend="s3")),
    )
    text = next(f.content for f in emit(stated, lower(stated)) if f.path.endswith("README.md"))
    assert 'pulumi login "s3://$BUCKET/orders"' in text
    assert "pulumi login\n" in files(DRAFTS["clinic"])["README.md"]


def test_words_of_an_answer_are_literals():
    nasty = "/a'\"\\\n{x}${y}\u202e"
    project = yaml.safe_load(files(draft(app=App(health_path=nasty)))["Pulumi.yaml"])
    assert project["config"]["health_path"]["default"] == nasty


TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.lists(
    st.sampled_from(['"', "'", "\\", "\n", "{", "}", "${", '"""', "\u202e", "\x00", "#"])
).map("".join)


@settings(max_examples=800, deadline=None)
@given(TEXT)
def test_any_text_evaluates_back_to_itself(text):
    assert ast.literal_eval(expression(text)) == text
    assert ast.literal_eval(expression({text: (text, 1, True, None)})) == {text: [text, 1, True, None]}
    assert "\n" not in expression(text)


@settings(max_examples=300, deadline=None)
@given(st.recursive(TEXT | st.integers() | st.booleans() | st.none(), lambda inner: st.lists(inner, max_size=4).map(tuple)
       | st.dictionaries(TEXT, inner, max_size=4), max_leaves=12))  # fmt: skip
def test_any_value_evaluates_back_to_itself(value):
    def listed(item):
        if isinstance(item, tuple):
            return [listed(i) for i in item]
        return {k: listed(v) for k, v in item.items()} if isinstance(item, dict) else item

    assert ast.literal_eval(expression(value)) == listed(value)


@settings(max_examples=300, deadline=None)
@given(TEXT, TEXT)
def test_any_text_around_a_value_is_formatted_back_equal(before, after):
    vpc = Resource(kind="aws_vpc", name="main", arguments={"cidr_block": "10.0.0.0/16"})
    parts = (before, Ref("aws_vpc", "main", "id"), after)
    graph = graph_of(vpc, Resource(kind="aws_ecs_cluster", name="main", arguments={"name": Join(parts)}))
    calls = [n for n in ast.walk(ast.parse(program(graph))) if isinstance(n, ast.Call)]
    (call,) = [c for c in calls if ast.unparse(c.func) == "pulumi.Output.format"]
    assert call.args[0].value.format("<id>") == f"{before}<id>{after}"


def test_numbers_calls_and_long_names():
    assert expression((Decimal("60"), Decimal("90.5"), Name("vpc.id"))) == "[60, 90.5, vpc.id]"
    assert assigned("a", Call("f", (1,), {"x": True})) == "a = f(1, x=True)"
    assert assigned("a", Call("f", (1,)), tall=True) == "a = f(\n    1,\n)"
    assert assigned("a" * 80, Call("f" * 9, (1,)), tall=True).startswith("a" * 80 + " = (\n    fffffffff(\n")


def graph_of(*resources, variables=()):
    return Graph(vocabulary="terraform", providers=(), resources=resources, variables=variables)


def test_a_resource_comes_after_what_it_reads_and_waits_for():
    late = Resource(kind="aws_vpc", name="main", arguments={"cidr_block": "10.0.0.0/16"})
    reads = Resource(kind="aws_subnet", name="main", arguments={"vpc_id": Ref("aws_vpc", "main", "id")})
    waits = Resource(kind="aws_eip", name="main", arguments={}, depends_on=(Ref("aws_subnet", "main", ""),))
    text = program(graph_of(waits, reads, late))
    assert text.index("vpc = ") < text.index("subnet = ") < text.index("eip = ")
    assert "depends_on=[subnet]" in text


def test_names_that_collide_are_told_apart():
    variable = Variable(name="vpc", kind="string", description="x", required=True)
    vpc = Resource(kind="aws_vpc", name="main", arguments={"cidr_block": Var("vpc")})
    text = program(graph_of(vpc, variables=(variable,)))
    assert 'vpc = config.require("vpc")' in text and "vpc_resource = aws.ec2.Vpc(" in text


def test_a_sum_of_money_may_have_decimals_so_it_is_read_as_text():
    variable = Variable(name="limit", kind="number", description="x", required=True)
    made = Resource(kind="aws_budgets_budget", name="main", arguments={"limit_amount": Var("limit")})
    text = program(graph_of(made, variables=(variable,)))
    assert 'limit = config.require("limit")' in text and "limit_amount=limit," in text


LIFECYCLES = [
    ({"ignore_changes": (Ref("desired_count", "", ""),)}, 'ignore_changes=["desired_count"]'),
    ({"prevent_destroy": True}, "protect=True"),
]


@pytest.mark.parametrize(("lifecycle", "option"), LIFECYCLES)
def test_a_lifecycle_becomes_an_option(lifecycle, option):
    service = Resource(kind="aws_ecs_service", name="main", arguments={"lifecycle": Block(lifecycle)})
    assert option in program(graph_of(service))


@pytest.mark.parametrize("arguments", [{"cidr_blok": "x"}, {"lifecycle": Block({"odd": True})}])
def test_what_the_sdk_does_not_have_is_a_bug_and_never_written(arguments):
    with pytest.raises(KeyError):
        program(graph_of(Resource(kind="aws_vpc", name="main", arguments=arguments)))


def test_files_and_other_vocabularies_are_refused():
    made = planned(DRAFTS["clinic"], "pulumi")
    for wrong in ((), Graph(vocabulary="cloudformation", providers=(), resources=())):
        with pytest.raises(TypeError):
            TARGET.emit(made, wrong)
