"""CloudFormation templates, parsed back: stacks, parameters, references, and text that stays text."""

import json
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from targets.aws_cases import (
    CLUSTERS,
    DRAFTS,
    FUNCTIONS,
    HOSTILE,
    INSTANCES,
    NASTY,
    draft,
    planned,
    routes,
    trigger,
    wish,
)
from targets.template import evaluated, names_in, parse

from groundplan.emit import emit
from groundplan.lower import lower
from groundplan.model.answer import App
from groundplan.model.graph import Graph, Join, Provider, Ref, Resource, Var
from groundplan.targets.cloudformation import TARGET

CASES = {**DRAFTS, **FUNCTIONS, **INSTANCES, **CLUSTERS, "hostile": HOSTILE}


def files(case):
    made = planned(case, "cloudformation")
    assert made.target == "cloudformation"
    return {f.path.removeprefix("infra/aws/"): f.content for f in emit(made, lower(made))}


def template(case, stack="service"):
    return parse(files(case)[f"{stack}.yaml"])


def test_one_region_is_a_registry_and_a_service():
    assert sorted(files(DRAFTS["clinic"])) == [
        "README.md",
        "registry.yaml",
        "service.parameters.example.json",
        "service.yaml",
    ]


def test_each_region_is_a_stack_with_the_same_names_and_the_primary_holds_the_data():
    first, second = (template(DRAFTS["two_regions"], code) for code in ("eu-central-1", "eu-west-1"))
    extra = set(first["Resources"]) - set(second["Resources"])
    assert not set(second["Resources"]) - set(first["Resources"])
    assert extra == {"Database", "DatabaseGroup", "DatabaseIn", "DatabaseSubnets", "DiskAlarm", "Budget"}
    assert first["Parameters"].keys() - second["Parameters"].keys() == {"BudgetEmail"}


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_reference_finds_its_parameter_or_resource_in_its_own_stack(name):
    for path, text in files(CASES[name]).items():
        if not path.endswith(".yaml") or path.startswith("kubernetes/"):
            continue
        made = parse(text)
        known = (
            set(made["Resources"])
            | set(made.get("Parameters", {}))
            | {"AWS::Partition", "AWS::AccountId", "AWS::StackName"}
        )
        used = set(_references({"r": made["Resources"], "o": made["Outputs"]}))
        assert used <= known
        assert set(made.get("Parameters", {})) <= used


def _references(value):
    if isinstance(value, list):
        for item in value:
            yield from _references(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "Ref":
                yield item
            elif key == "Fn::GetAtt":
                yield item[0]
            elif key == "DependsOn":
                yield from [item] if isinstance(item, str) else item
            elif key == "Fn::Sub":
                yield from (name.split(".")[0] for name in names_in(item))
            else:
                yield from _references(item)


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_example_holds_every_parameter(name):
    for path, text in files(CASES[name]).items():
        if path.endswith(".json"):
            made = template(CASES[name], path.removesuffix(".parameters.example.json"))
            rows = dict(row.split("=", 1) for row in json.loads(text))
            assert rows == {k: str(p.get("Default", "")) for k, p in made["Parameters"].items()}


def test_counts_and_targets_are_those_of_the_answer():
    found = template(DRAFTS["requests"])["Resources"]
    assert found["Service"]["Properties"]["DesiredCount"] == 2
    assert (found["Scaling"]["Properties"]["MinCapacity"], found["Scaling"]["Properties"]["MaxCapacity"]) == (
        1,
        20,
    )
    policy = found["ScaleOnRequests"]["Properties"]["TargetTrackingScalingPolicyConfiguration"]
    assert policy["TargetValue"] == 3000
    assert found["Task"]["Properties"]["Cpu"] == "1024"


def test_an_update_does_not_reset_a_count_that_scaling_changed():
    assert "DesiredCount" not in template(DRAFTS["clinic"])["Resources"]["Service"]["Properties"]
    assert template(DRAFTS["manual"])["Resources"]["Service"]["Properties"]["DesiredCount"] == 3
    assert "Scaling" not in template(DRAFTS["manual"])["Resources"]


def test_an_address_of_an_integration_is_never_shown():
    found = template(DRAFTS["secure"])["Parameters"]
    assert found["PagerdutyEndpoint"]["NoEcho"] is True
    assert template(DRAFTS["stated_address"])["Parameters"]["AlertEmail"]["Default"] == "ops@example.com"


def test_a_limit_in_another_currency_is_asked_for_in_dollars():
    made = template(DRAFTS["outside_stores"])
    spent = made["Resources"]["Budget"]["Properties"]["Budget"]["BudgetLimit"]
    assert spent == {"Amount": {"Ref": "BudgetLimitUsd"}, "Unit": "USD"}
    assert "90.00 EUR" in made["Parameters"]["BudgetLimitUsd"]["Description"]
    stated = template(DRAFTS["clinic"])["Resources"]["Budget"]["Properties"]["Budget"]["BudgetLimit"]
    assert stated == {"Amount": 400, "Unit": "USD"}


def test_chat_tools_are_reached_by_a_channel_configuration_and_not_by_a_subscription():
    found = template(DRAFTS["chat"])["Resources"]
    assert found["SlackChannel"]["Properties"]["SnsTopicArns"] == [{"Ref": "SlackTopic"}]
    assert found["TeamsChannel"]["Properties"]["SnsTopicArns"] == [{"Ref": "TeamsTopic"}]
    subscriptions = [k for k, r in found.items() if r["Type"] == "AWS::SNS::Subscription"]
    assert subscriptions == ["WebhookSubscription"]


def test_words_of_an_answer_stay_words():
    odd = NASTY.replace("{{resolve:ssm:x}}", "")
    made = template(draft(app=App(health_path=odd, image="a${AWS::Region}\n!Sub b")))
    assert made["Parameters"]["HealthPath"]["Default"] == odd
    assert made["Parameters"]["Image"]["Default"] == "a${AWS::Region}\n!Sub b"


def test_a_dynamic_reference_of_an_answer_is_left_out_of_every_file():
    for path, text in files(HOSTILE).items():
        assert "{{resolve" not in text, path
    assert "Default" not in template(HOSTILE)["Parameters"]["HealthPath"]


def written(value):
    stack = Provider(name="aws", source="", version="", arguments={"region": "eu-west-1"}, alias="s")
    resource = Resource(kind="AWS::X::Y", name="Thing", arguments={"Value": value}, provider="s")
    graph = Graph(vocabulary="cloudformation", providers=(stack, stack), resources=(resource,))
    text = TARGET.emit(planned(DRAFTS["clinic"], "cloudformation"), graph)[0].content
    return parse(text)["Resources"]["Thing"]["Properties"]["Value"]


TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.lists(
    st.sampled_from(
        ["${", "}", "!", "{{", "resolve", ":", "!Sub", "\n", '"', "'", "#", "- ", "%", "AWS::Region"]
    )
).map("".join)


@settings(max_examples=600, deadline=None)
@given(TEXT)
def test_any_text_parses_back_equal(text):
    assume("{{resolve:" not in text)
    assert written(text) == text
    assert written({"k": (text, 1)}) == {"k": [text, 1]}


@settings(max_examples=600, deadline=None)
@given(TEXT, TEXT)
def test_any_text_in_a_join_is_substituted_back_equal(before, after):
    assume("{{resolve:" not in before + after + before)
    got = written(Join((before, after, Var("P"), Ref("", "R", "Arn"), before)))
    assert evaluated(got, {"P": "<p>", "R.Arn": "<r>"}) == f"{before}{after}<p><r>{before}"


@pytest.mark.parametrize(
    "value", ["{{resolve:ssm:x}}", Join(("{{res", "olve:ssm:x}}")), {"a": ("x{{resolve:",)}]
)
def test_a_dynamic_reference_is_refused(value):
    with pytest.raises(ValueError, match="resolve"):
        written(value)


def test_whole_numbers_have_no_decimals_and_others_keep_theirs():
    assert written((Decimal("60"), Decimal("90.5"), True)) == [60, 90.5, True]


def test_a_graph_of_another_vocabulary_is_refused():
    made = planned(DRAFTS["clinic"], "cloudformation")
    with pytest.raises(TypeError):
        TARGET.emit(made, Graph(vocabulary="terraform", providers=(), resources=()))


def test_every_route_and_metric_has_a_name_that_cloudformation_takes():
    case = draft(routes=routes("email", "opsgenie"), scaling=wish(triggers=[trigger("memory", "70")]))
    assert all(name.isalnum() for name in template(case)["Resources"])
