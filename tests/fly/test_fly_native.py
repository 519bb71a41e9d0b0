"""The files for Fly.io, parsed back: what the plan holds, the files hold; no value of an answer becomes shell."""

import json
import shlex
import tomllib
from decimal import Decimal

import msgspec
import pytest
import yaml
from fly.fly_cases import (
    CONTINENTS,
    DRAFTS,
    FACTS,
    FIXED,
    REGIONAL,
    SEED,
    SLEEPY,
    alarm,
    draft,
    trigger,
    wish,
)

from groundplan.model.answer import App
from groundplan.model.graph import Graph
from groundplan.model.plan import Route, StoreWish
from groundplan.platforms.fly import queries
from groundplan.platforms.fly.native import lower
from groundplan.platforms.fly.plan import plan
from groundplan.targets.native import TARGET


def files(changed):
    return {f.path: f for f in lower(plan(changed, FACTS))}


def toml_of(changed, path="fly.toml"):
    return tomllib.loads(files(changed)[path].content)


def yaml_of(changed, path):
    return yaml.safe_load(files(changed)[path].content)


def test_the_seed_answers_write_eleven_files():
    assert sorted(files(SEED)) == [
        "fly.toml",
        "infra/fly/RUNBOOK.md",
        "infra/fly/alerts/Dockerfile",
        "infra/fly/alerts/alertmanager.yml",
        "infra/fly/alerts/fly.toml",
        "infra/fly/alerts/rules.yml",
        "infra/fly/alerts/start.sh",
        "infra/fly/autoscaler/fly.toml",
        "infra/fly/budget/budget-check.workflow.yml",
        "infra/fly/budget/budget.json",
        "infra/fly/budget/check_budget.py",
    ]


def test_what_the_plan_does_not_hold_makes_no_file():
    assert sorted(files(FIXED)) == ["fly.toml", "infra/fly/RUNBOOK.md"]


@pytest.mark.parametrize("name", sorted(DRAFTS))
def test_files_are_the_same_each_time_and_end_with_one_line_break(name):
    made = plan(DRAFTS[name], FACTS)
    assert lower(made) == lower(made)
    for file in lower(made):
        assert file.content.endswith("\n") and not file.content.endswith("\n\n")
        assert file.purpose and ".." not in file.path and not file.path.startswith("/")


def test_the_application_file_holds_size_port_health_and_region():
    app = toml_of(CONTINENTS)
    assert (app["app"], app["primary_region"]) == ("photo-share", "fra")
    assert app["build"] == {"image": "registry.example/photo:1"}
    assert app["vm"] == [{"size": "shared-cpu-1x", "memory": "512mb"}]
    assert app["http_service"]["internal_port"] == 3000
    assert app["http_service"]["checks"][0]["path"] == "/up"


SERVICES = [
    # draft, auto_stop, auto_start, min running, soft limit
    (SEED, "off", False, None, 20),
    (CONTINENTS, "stop", True, 1, 13),
    (SLEEPY, "stop", True, 0, 20),
    (FIXED, "off", False, None, 20),
]


@pytest.mark.parametrize(("case", "stop", "start", "minimum", "limit"), SERVICES)
def test_the_proxy_stops_and_starts_only_where_it_scales(case, stop, start, minimum, limit):
    service = toml_of(case)["http_service"]
    assert (service["auto_stop_machines"], service["auto_start_machines"]) == (stop, start)
    assert service.get("min_machines_running") == minimum
    assert service["concurrency"] == {"type": "requests", "soft_limit": limit}


def test_one_machine_is_replaced_without_a_gap():
    assert toml_of(FIXED)["deploy"] == {"strategy": "bluegreen"}
    assert toml_of(SEED)["deploy"] == {"strategy": "rolling"}


def test_the_autoscaler_keeps_the_stated_bounds_and_asks_for_the_stated_share():
    env = toml_of(SEED, "infra/fly/autoscaler/fly.toml")["env"]
    assert env["FAS_APP_NAME"] == "orders"
    assert env["FAS_STARTED_MACHINE_COUNT"] == "max(2, min(5, ceil(wanted)))"
    assert env["FAS_PROMETHEUS_METRIC_NAME"] == "wanted"
    assert env["FAS_PROMETHEUS_ADDRESS"] == "https://api.fly.io/prometheus/personal"
    assert 'fly_instance_cpu{app="orders"' in env["FAS_PROMETHEUS_QUERY"]
    assert "/ 0.8)" in env["FAS_PROMETHEUS_QUERY"]
    assert not any("TOKEN" in name for name in env)


def test_each_region_has_its_own_autoscaler_and_process_group():
    app = toml_of(REGIONAL)
    assert app["processes"] == {"cdg": "", "lhr": ""}
    assert app["http_service"]["processes"] == ["cdg", "lhr"]
    for region in ("cdg", "lhr"):
        env = toml_of(REGIONAL, f"infra/fly/autoscaler/{region}/fly.toml")["env"]
        assert env["FAS_PROCESS_GROUP"] == region
        assert f'region="{region}"' in env["FAS_PROMETHEUS_QUERY"]
        assert env["FAS_STARTED_MACHINE_COUNT"] == "max(1, min(6, ceil(wanted)))"


def test_a_queue_is_read_from_the_application():
    case = draft(scaling=wish(triggers=[trigger("queue", "100", "messages")]), app=App(port=9000))
    assert toml_of(case)["metrics"] == [{"port": 9000, "path": "/metrics"}]
    query = toml_of(case, "infra/fly/autoscaler/fly.toml")["env"]["FAS_PROMETHEUS_QUERY"]
    assert query == 'max_over_time((sum(queue_depth{app="orders"}) / 100)[5m:30s])'


def test_a_throttled_machine_counts_as_busy():
    """Steal is time that a Machine waits for its CPU; were it idle, a throttled pool would be made smaller."""
    query = queries.wanted((trigger("cpu", "80", "%"),), "a", None)
    assert 'mode=~"idle|iowait"' in query and "steal" not in query


EXPRESSIONS = [
    (alarm("error_rate", "2", "%"), "> 2"),
    (alarm("cpu", "85", "%"), "> 85"),
    (alarm("memory", "90.5", "%"), "> 90.5"),
    (alarm("latency", "1.5", "s"), "> 1500"),
    (alarm("p95_latency", "800", "ms"), "> 800"),
    (alarm("disk", "85", "%"), "> 85"),
    (alarm("queue", "100", "messages"), "> 100"),
    (alarm("downtime"), "== 1)"),
]


@pytest.mark.parametrize(("said", "end"), EXPRESSIONS)
def test_an_alarm_compares_with_the_stated_threshold(said, end):
    expression = queries.alarm(said, "orders")
    assert expression is not None
    assert expression.endswith(end) and 'app="orders"' in expression


def test_every_alarm_has_a_rule_and_every_rule_a_receiver():
    rules = yaml_of(REGIONAL, "infra/fly/alerts/rules.yml")["groups"][0]["rules"]
    assert [r["alert"] for r in rules] == [
        "Downtime",
        "Cpu",
        "Memory",
        "Latency",
        "Disk",
        "Queue",
        "ErrorRate",
    ]
    config = yaml_of(REGIONAL, "infra/fly/alerts/alertmanager.yml")
    receivers = {r["name"] for r in config["receivers"]}
    assert {r["labels"]["receiver"] for r in rules} == receivers
    assert receivers == {"pagerduty-and-email", "email", "slack", "pagerduty"}
    assert {r["receiver"] for r in config["route"]["routes"]} == receivers


def test_a_stated_address_is_used_and_others_are_secrets():
    config = files(REGIONAL)["infra/fly/alerts/alertmanager.yml"].content
    assert "ops@example.com" in config and "ALERT_EMAIL" not in config
    start = files(REGIONAL)["infra/fly/alerts/start.sh"].content
    assert "keep PAGERDUTY_ROUTING_KEY" in start and "keep SLACK_WEBHOOK_URL" in start
    assert "place ALERT_EMAIL" not in start
    assert "place ALERT_EMAIL" in files(SEED)["infra/fly/alerts/start.sh"].content


def test_the_budget_file_holds_the_limit_the_apps_and_what_else_costs():
    settings = json.loads(files(SEED)["infra/fly/budget/budget.json"].content)
    assert (settings["limit_usd"], settings["fail_at_percent"]) == ("100.00", "80")
    assert settings["apps"] == ["orders", "orders-autoscaler", "orders-alerts"]
    assert settings["machines"]["shared-cpu-1x-1024"] == {"iad": "5.70"}
    assert sum(Decimal(v) for v in settings["fixed"].values()) == Decimal("51.80")
    assert settings["unpriced"] == []


def test_what_has_no_price_is_named_in_the_budget_file():
    settings = json.loads(files(CONTINENTS)["infra/fly/budget/budget.json"].content)
    assert settings["unpriced"] == ["Postgres: postgres at neon"]


def test_a_limit_in_euros_is_left_for_a_person():
    settings = json.loads(files(REGIONAL)["infra/fly/budget/budget.json"].content)
    assert (settings["limit_usd"], settings["limit_stated"]) == ("", "90.00 EUR")
    assert "gh variable set BUDGET_LIMIT_USD" in files(REGIONAL)["infra/fly/RUNBOOK.md"].content
    assert "gh variable set" not in files(SEED)["infra/fly/RUNBOOK.md"].content


def test_the_workflow_is_an_example_outside_of_github_and_reads_secrets_by_name():
    assert not any(path.startswith(".github") for path in files(SEED))
    workflow = yaml_of(SEED, "infra/fly/budget/budget-check.workflow.yml")
    assert workflow["on"]["schedule"][0]["cron"]
    step = workflow["jobs"]["check"]["steps"][1]
    assert step["run"] == "python3 infra/fly/budget/check_budget.py"
    assert step["env"]["FLY_API_TOKEN"] == "${{ secrets.FLY_BUDGET_TOKEN }}"
    assert workflow["permissions"] == {"contents": "read"}


def test_the_runbook_goes_from_the_account_to_the_rollback():
    text = files(SEED)["infra/fly/RUNBOOK.md"].content
    order = ["fly auth login", "fly apps create orders ", "fly mpg create", "fly redis create", "SENTRY_DSN",
             "fly deploy --ha=false -a orders", "fly scale count 5 --region iad", "infra/fly/autoscaler",
             "infra/fly/alerts", "UptimeRobot", "check_budget.py", "fly releases -a orders"]  # fmt: skip
    found = [text.index(words) for words in order]
    assert found == sorted(found)
    assert text.count("\nCheck: ") == text.count("\n## ")


def test_the_runbook_scales_every_region_and_takes_misplaced_machines_away():
    text = files(REGIONAL)["infra/fly/RUNBOOK.md"].content
    assert "fly scale count cdg=6 --region cdg" in text
    assert "fly scale count lhr=6 --region lhr" in text
    assert "fly scale count lhr=0 --region cdg" in text
    assert "fly scale count 4 --region iad" in files(CONTINENTS)["infra/fly/RUNBOOK.md"].content


@pytest.mark.parametrize("name", sorted(DRAFTS))
def test_every_secret_of_the_plan_is_set_by_the_runbook(name):
    made = plan(DRAFTS[name], FACTS)
    text = files(DRAFTS[name])["infra/fly/RUNBOOK.md"].content
    assert all(secret.name in text for secret in made.secrets)


def test_hostile_words_stay_words():
    nasty = "/'; rm -rf / #$(reboot)`reboot`"
    case = draft(
        app=App(health_path=nasty, image="x'; touch y"),
        alarms=(alarm("cpu", "85", '%"; exit', "email"),),
        routes=(Route(channel="email", address="a@b\"\n- evil: 'x"),),
        stores=(StoreWish(kind="postgres", provider="evil`id`"),),
    )
    app = toml_of(case)
    assert app["http_service"]["checks"][0]["path"] == nasty
    assert app["build"]["image"] == "x'; touch y"
    config = yaml_of(case, "infra/fly/alerts/alertmanager.yml")
    assert config["receivers"][0]["email_configs"][0]["to"] == "a@b\"\n- evil: 'x"
    assert len(config["receivers"]) == 1
    commands = [
        c for c in files(case)["infra/fly/RUNBOOK.md"].content.splitlines() if "fly.dev" in c and "curl" in c
    ]
    assert shlex.quote(f"https://orders.fly.dev{nasty}") in commands[0]


def test_no_file_holds_a_secret_value():
    for path, file in files(REGIONAL).items():
        for line in file.content.splitlines():
            assert "hooks.slack.com" not in line, path
            assert "fm2_" not in line, path


def test_the_native_target_passes_files_through_and_refuses_a_graph():
    made = plan(SEED, FACTS)
    lowered = lower(made)
    assert TARGET.emit(made, lowered) == lowered
    with pytest.raises(TypeError):
        TARGET.emit(made, Graph(vocabulary="terraform", providers=(), resources=()))


def test_an_address_of_a_route_does_not_change_the_other_files():
    routes = (Route(channel="email", address="ops@example.com"),)
    changed = files(msgspec.structs.replace(SEED, routes=routes))
    same = {p for p, f in files(SEED).items() if changed[p] == f}
    assert {"fly.toml", "infra/fly/autoscaler/fly.toml", "infra/fly/alerts/rules.yml"} <= same


def test_sqlite_has_a_volume_in_the_plan_the_price_and_the_file():
    from rules.rule_world import compiled

    made = compiled(
        {"hosting": "Fly.io with SQLite", "scaling": "Manual: 1 instance with 512 MB", "iac": "fly.toml"}
    )
    assert made.estimate is not None
    fly = next(f.content for f in made.files if f.path == "fly.toml")
    assert 'source = "data"' in fly and 'destination = "/data"' in fly and 'strategy = "rolling"' in fly
    assert [str(line.monthly.expected) for line in made.estimate.lines if line.role == "database"] == ["1.50"]
    assert not [s for s in made.plan.secrets if s.name == "DATABASE_URL"]
