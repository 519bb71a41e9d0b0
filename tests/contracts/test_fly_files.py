"""What is written for Fly.io, judged by the field's own tools and by flyctl's own list of keys."""

import json
import subprocess
import tomllib
from pathlib import Path

import jsonschema
import pytest
from fly.fly_cases import DRAFTS, FACTS, REGIONAL, SEED, alarm, draft

from groundplan.model.plan import Route
from groundplan.platforms.fly.native import lower
from groundplan.platforms.fly.plan import plan

pytestmark = pytest.mark.contract

SCHEMA = json.loads((Path(__file__).parent / "fly_schema.json").read_text())
CHANNELS = ("email", "slack", "pagerduty", "opsgenie", "discord", "webhook")
ALERTED = {
    **{name: case for name, case in DRAFTS.items() if plan(case, FACTS).role("alarm")},
    "channels": draft(
        alarms=tuple(alarm("cpu", "85", "%", c) for c in CHANNELS),
        routes=tuple(Route(channel=c) for c in CHANNELS),
    ),
}


def written(case, folder: Path) -> dict[str, Path]:
    paths = {}
    for file in lower(plan(case, FACTS)):
        paths[file.path] = folder / file.path
        paths[file.path].parent.mkdir(parents=True, exist_ok=True)
        paths[file.path].write_text(file.content)
    return paths


def run(*command) -> subprocess.CompletedProcess:
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("name", sorted(DRAFTS))
def test_every_fly_toml_has_only_keys_that_flyctl_knows(name):
    documents = [
        tomllib.loads(f.content) for f in lower(plan(DRAFTS[name], FACTS)) if f.path.endswith("fly.toml")
    ]
    assert documents
    for document in documents:
        jsonschema.Draft202012Validator(SCHEMA).validate(document)


def test_the_schema_refuses_what_flyctl_refuses():
    document = tomllib.loads(lower(plan(SEED, FACTS))[0].content)
    for wrong in (
        {"aap": "x"},
        {"http_service": {**document["http_service"], "check": []}},
        {"vm": [{"size": "huge"}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(SCHEMA).validate({**document, **wrong})


@pytest.mark.parametrize("name", sorted(ALERTED))
def test_promtool_accepts_the_rules(name, tool, tmp_path):
    promtool = tool("promtool")
    result = run(promtool, "check", "rules", written(ALERTED[name], tmp_path)["infra/fly/alerts/rules.yml"])
    assert result.returncode == 0 and "SUCCESS" in result.stdout, result.stdout + result.stderr


@pytest.mark.parametrize("name", sorted(ALERTED))
def test_amtool_accepts_the_routes(name, tool, tmp_path):
    amtool = tool("amtool")
    config = written(ALERTED[name], tmp_path)["infra/fly/alerts/alertmanager.yml"]
    result = run(amtool, "check-config", config)
    assert result.returncode == 0, result.stdout + result.stderr


def test_amtool_sends_each_alarm_to_its_stated_receivers(tool, tmp_path):
    amtool = tool("amtool")
    config = written(REGIONAL, tmp_path)["infra/fly/alerts/alertmanager.yml"]
    for receiver in ("pagerduty-and-email", "email", "slack", "pagerduty"):
        result = run(amtool, "config", "routes", "test", f"--config.file={config}", f"receiver={receiver}")
        assert result.stdout.strip() == receiver, result.stderr


@pytest.mark.parametrize("name", ["seed", "regional"])
def test_promtool_understands_the_autoscaler_query(name, tool, tmp_path):
    promtool = tool("promtool")
    for path in written(DRAFTS[name], tmp_path).values():
        if "autoscaler" not in path.parts:
            continue
        query = tomllib.loads(path.read_text())["env"]["FAS_PROMETHEUS_QUERY"]
        rules = tmp_path / "query.yml"
        rules.write_text(
            json.dumps({"groups": [{"name": "q", "rules": [{"record": "wanted", "expr": query}]}]})
        )
        result = run(promtool, "check", "rules", rules)
        assert result.returncode == 0, result.stdout + result.stderr


def instance_series(app: str, region: str, name: str, busy: str) -> list[dict[str, str]]:
    """A Machine with one CPU: 100 clock ticks a second, `busy` of them at work, the rest idle."""
    labels = f'app="{app}", region="{region}", instance="{name}", cpu_id="0"'
    idle = 100 * 15 - int(busy)
    return [
        {"series": f'fly_instance_cpu{{{labels}, mode="user"}}', "values": f"0+{busy}x40"},
        {"series": f'fly_instance_cpu{{{labels}, mode="idle"}}', "values": f"0+{idle}x40"},
    ]


LOADS = [
    # busy ticks in 15 s for each Machine, Machines wanted at 80 %
    (["300", "300"], 0.5),
    (["1200", "1200"], 2),
    (["1500", "1500"], 2.5),
    (["1500", "1500", "1500", "1500"], 5),
]


def evaluates(promtool: str, folder: Path, query: str, series: list[dict[str, str]], value: float) -> None:
    """`promtool test rules` computes `query` over made-up Machines, to three decimals."""
    sample = {"labels": "{}", "value": value}
    expected = {"expr": f"round({query}, 0.001)", "eval_time": "10m", "exp_samples": [sample]}
    test = {"interval": "15s", "input_series": series, "promql_expr_test": [expected]}
    path = folder / "test.yml"
    path.write_text(json.dumps({"evaluation_interval": "15s", "tests": [test]}))
    result = run(promtool, "test", "rules", path)
    assert result.returncode == 0, result.stdout + result.stderr


def autoscaler_query(case, folder: Path, path: str) -> str:
    return tomllib.loads(written(case, folder)[path].read_text())["env"]["FAS_PROMETHEUS_QUERY"]


@pytest.mark.parametrize(("loads", "wanted"), LOADS)
def test_the_autoscaler_query_counts_the_machines_that_are_needed(loads, wanted, tool, tmp_path):
    query = autoscaler_query(SEED, tmp_path, "infra/fly/autoscaler/fly.toml")
    series = [s for n, busy in enumerate(loads) for s in instance_series("orders", "iad", f"m{n}", busy)]
    evaluates(
        tool("promtool"), tmp_path, query, series + instance_series("another", "iad", "x", "1500"), wanted
    )


def test_of_several_triggers_the_largest_counts_and_other_regions_do_not(tool, tmp_path):
    query = autoscaler_query(REGIONAL, tmp_path, "infra/fly/autoscaler/cdg/fly.toml")
    labels = 'app="ledger", region="cdg", instance="a"'
    series = instance_series("ledger", "cdg", "a", "750") + instance_series("ledger", "lhr", "b", "1500")
    series += [
        {"series": f"fly_instance_up{{{labels}}}", "values": "1x40"},
        {"series": f"fly_instance_memory_mem_available{{{labels}}}", "values": "10x40"},
        {"series": f"fly_instance_memory_mem_total{{{labels}}}", "values": "100x40"},
    ]
    evaluates(tool("promtool"), tmp_path, query, series, 1.2)


def test_slow_answers_ask_for_more_machines(tool, tmp_path):
    """Two Machines whose p95 is nearly twice the stated 500 ms want nearly four."""
    query = autoscaler_query(REGIONAL, tmp_path, "infra/fly/autoscaler/cdg/fly.toml")
    labels = 'app="ledger", region="cdg"'
    buckets = [("0.5", 0), ("1", 15), ("+Inf", 15)]
    series = [{"series": f'fly_instance_up{{{labels}, instance="{n}"}}', "values": "1x40"} for n in "ab"]
    series += [
        {
            "series": f'fly_app_http_response_time_seconds_bucket{{{labels}, le="{le}"}}',
            "values": f"0+{step}x40",
        }
        for le, step in buckets
    ]
    evaluates(tool("promtool"), tmp_path, query, series, 3.9)


FIRING = [
    # alarm, values of (busy ticks, memory available of 100), fires
    (alarm("cpu", "85", "%"), "1400", 50, True),
    (alarm("cpu", "85", "%"), "1200", 50, False),
    (alarm("memory", "85", "%"), "10", 10, True),
    (alarm("memory", "85", "%"), "10", 20, False),
    (alarm("downtime"), None, 50, True),
    (alarm("downtime"), "10", 50, False),
]


@pytest.mark.parametrize(("said", "busy", "available", "fires"), FIRING)
def test_alarms_ring_at_their_threshold(said, busy, available, fires, tool, tmp_path):
    promtool = tool("promtool")
    rules = written(draft(alarms=(said,)), tmp_path)["infra/fly/alerts/rules.yml"]
    labels = 'app="orders", region="iad", instance="m0"'
    series = [{"series": 'fly_instance_up{app="another"}', "values": "1x40"}]
    if busy is not None:
        series += instance_series("orders", "iad", "m0", busy)
        series += [
            {"series": f"fly_instance_up{{{labels}}}", "values": "1x40"},
            {"series": f"fly_instance_memory_mem_available{{{labels}}}", "values": f"{available}x40"},
            {"series": f"fly_instance_memory_mem_total{{{labels}}}", "values": "100x40"},
        ]
    name = said.condition.capitalize()
    query = f'ALERTS{{alertname="{name}", alertstate="firing"}}'
    samples = [{"labels": f"{query[:-1]}, {FIXED_LABELS[said.condition]}}}", "value": 1}] if fires else []
    test = {
        "rule_files": [str(rules)],
        "evaluation_interval": "30s",
        "tests": [
            {
                "interval": "15s",
                "input_series": series,
                "promql_expr_test": [{"expr": query, "eval_time": "9m", "exp_samples": samples}],
            }
        ],
    }
    path = tmp_path / "test.yml"
    path.write_text(json.dumps(test))
    result = run(promtool, "test", "rules", path)
    assert result.returncode == 0, result.stdout + result.stderr


FIXED_LABELS = {
    "cpu": 'receiver="email", severity="warning"',
    "memory": 'receiver="email", severity="warning"',
    "downtime": 'receiver="email", severity="critical"',
}
