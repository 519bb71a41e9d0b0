"""The scripts for Fly.io run for real: the budget check with a local server, the alert app with stand-in programs."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from fly.fly_cases import CONTINENTS, FACTS, REGIONAL, SEED

from groundplan.platforms.fly.native import lower
from groundplan.platforms.fly.plan import plan

pytestmark = pytest.mark.contract


class FlyApi(ThreadingHTTPServer):
    """Answers the Machines API for given apps and keeps what a webhook was sent."""

    def __init__(self, machines, status=200, body=None):
        super().__init__(("127.0.0.1", 0), _Answers)
        self.machines, self.status, self.body = machines, status, body
        self.tokens: set[str] = set()
        self.posted: list[dict[str, str]] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class _Answers(BaseHTTPRequestHandler):
    server: FlyApi

    def do_GET(self):
        self.server.tokens.add(self.headers["Authorization"])
        app = self.path.removeprefix("/v1/apps/").removesuffix("/machines")
        body = self.server.body or json.dumps(self.server.machines.get(app, [])).encode()
        self._answer(self.server.status, body)

    def do_POST(self):
        self.server.posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self._answer(200, b"ok")

    def _answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def machine(state="started", memory=1024, cpus=1, kind="shared", region="iad"):
    return {
        "id": "148e",
        "state": state,
        "region": region,
        "config": {"guest": {"cpu_kind": kind, "cpus": cpus, "memory_mb": memory}},
    }


HELPERS = {"orders-autoscaler": [machine(memory=256)], "orders-alerts": [machine(memory=256)]}


@pytest.fixture
def check(tmp_path):
    def run(api, case=SEED, token="FlyV1 fm2_test", **environment):
        for file in lower(plan(case, FACTS)):
            if file.path.startswith("infra/fly/budget/"):
                (tmp_path / Path(file.path).name).write_text(file.content)
        names = {
            "FLY_API_HOSTNAME": api.url if api else "http://127.0.0.1:9",
            "FLY_API_TOKEN": token,
            **environment,
        }
        return subprocess.run(
            [sys.executable, "-I", tmp_path / "check_budget.py"],
            capture_output=True, text=True, timeout=60, env={"PATH": os.environ["PATH"], **names},
        )  # fmt: skip

    return run


def test_below_the_threshold_it_passes(check):
    orders = [machine(), machine(), machine("stopped"), machine("stopped"), machine("destroyed")]
    with FlyApi({"orders": orders, **HELPERS}) as api:
        result = check(api)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.splitlines()[-1] == "projected 67.38 USD a month, limit 100.00 USD"
    assert "2 running, 2 stopped" in result.stdout
    assert api.tokens == {"FlyV1 fm2_test"} and api.posted == []


def test_at_the_threshold_it_fails_and_tells_the_webhook(check):
    with FlyApi({"orders": [machine() for _ in range(5)], **HELPERS}) as api:
        result = check(api, BUDGET_WEBHOOK_URL=f"{api.url}/hook")
    assert result.returncode == 1
    verdict = "projected 84.18 USD a month, limit 100.00 USD, at or above 80 % of it"
    assert result.stdout.splitlines()[-1] == verdict
    assert api.posted == [{"text": verdict}]


def test_a_performance_machine_is_priced_by_its_own_row(check):
    with FlyApi({"orders": [machine(kind="performance", memory=2048)], **HELPERS}) as api:
        result = check(api)
    assert (result.returncode, "     31.00  Machines of orders: 1 running, 0 stopped" in result.stdout) == (
        1,
        True,
    )


UNTELLABLE = [
    ({"status": 401}, "the Machines API answered 401 for orders"),
    ({"status": 500, "body": b"oops"}, "the Machines API answered 500 for orders"),
    ({"body": b"{not json"}, "gave no usable answer for orders"),
    ({"body": b'{"error": "x"}'}, "something else than a list of Machines"),
    ({"body": b"[1, 2]"}, "something else than a list of Machines"),
    ({"body": b"\xff\xfe"}, "gave no usable answer for orders"),
    ({"body": b'[{"state": "started"}]'}, "does not say its size"),
    ({"machines": {"orders": [machine(memory=777)]}}, "no price for a Machine shared-cpu-1x-777 in iad"),
    ({"machines": {"orders": [machine(region="syd")]}}, "no price for a Machine shared-cpu-1x-1024 in syd"),
]


@pytest.mark.parametrize(("answer", "reason"), UNTELLABLE)
def test_what_cannot_be_told_is_neither_a_pass_nor_an_alarm(answer, reason, check):
    with FlyApi(**{"machines": {}, **answer}) as api:
        result = check(api)
    assert result.returncode == 2
    assert reason in result.stdout and result.stdout.startswith("budget check could not tell")
    assert "Traceback" not in result.stderr


def test_no_server_and_no_token_are_told(check):
    assert "gave no usable answer" in (unreachable := check(None)).stdout and unreachable.returncode == 2
    assert "FLY_API_TOKEN is not set" in (nobody := check(None, token="")).stdout and nobody.returncode == 2


def test_an_old_style_token_is_a_bearer(check):
    with FlyApi(HELPERS) as api:
        assert check(api, token="fo1_abc").returncode == 0
    assert api.tokens == {"Bearer fo1_abc"}


def test_a_limit_in_euros_waits_for_a_person(check):
    with FlyApi({}) as api:
        unset = check(api, REGIONAL)
        given = check(api, REGIONAL, BUDGET_LIMIT_USD="500")
        wrong = check(api, REGIONAL, BUDGET_LIMIT_USD="a lot")
    assert (unset.returncode, given.returncode, wrong.returncode) == (2, 0, 2)
    assert "90.00 EUR; set BUDGET_LIMIT_USD" in unset.stdout
    assert "`a lot` is not an amount" in wrong.stdout


def test_what_has_no_price_is_listed(check):
    with FlyApi({}) as api:
        assert "   unknown  Postgres: postgres at neon" in check(api, CONTINENTS).stdout


def test_a_webhook_that_refuses_does_not_hide_the_verdict(check):
    with FlyApi({"orders": [machine() for _ in range(9)], **HELPERS}) as api:
        result = check(api, BUDGET_WEBHOOK_URL="http://127.0.0.1:9/")
    assert result.returncode == 1 and "the webhook did not take the message" in result.stderr


STAND_IN = """#!/bin/sh
printf '%s\\n' "$@" > "{folder}/{name}.arguments"
env > "{folder}/{name}.environment"
"""


@pytest.fixture
def start(tmp_path):
    """Run start.sh of a plan with its absolute paths moved into a temporary folder."""

    def run(case, **secrets):
        moves = {"/run/alerts": "run", "/etc/alerts": "etc"}
        for name in moves.values():
            (tmp_path / name).mkdir(exist_ok=True)
        for name in ("alertmanager", "vmalert"):
            (tmp_path / name).write_text(STAND_IN.format(folder=tmp_path, name=name))
            (tmp_path / name).chmod(0o755)
        for file in lower(plan(case, FACTS)):
            if file.path.startswith("infra/fly/alerts/"):
                text = file.content
                for path, name in moves.items():
                    text = text.replace(path, str(tmp_path / name))
                text = text.replace("/bin/alertmanager", str(tmp_path / "alertmanager"))
                text = text.replace("/bin/vmalert", str(tmp_path / "vmalert")).replace(
                    "sleep 5", "sleep 0.05"
                )
                (tmp_path / "etc" / Path(file.path).name).write_text(text)
        environment = {"PATH": os.environ["PATH"], "PROMETHEUS_URL": "https://p.example", **secrets}
        command = ["/bin/sh", str(tmp_path / "etc/start.sh")]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)

    return run


MAIL = {
    "ALERT_EMAIL": "a&b|c@example.com", "SMTP_SMARTHOST": "mail.example.com:465", "SMTP_FROM": "from@example.com",
    "SMTP_USERNAME": "user/name", "SMTP_PASSWORD": "p\"$w'\\&|\n!", "FLY_PROMETHEUS_TOKEN": "FlyV1 fm2_abc,fm2_def",
}  # fmt: skip


def test_the_alert_app_puts_secrets_where_alertmanager_reads_them(start, tmp_path):
    result = start(SEED, **MAIL)
    assert result.returncode == 1, "ends with the Machine when either program ends"
    assert result.stderr == ""
    config = yaml.safe_load((tmp_path / "run/alertmanager.yml").read_text())
    assert config["global"]["smtp_smarthost"] == "mail.example.com:465"
    assert config["global"]["smtp_from"] == "from@example.com"
    assert config["global"]["smtp_auth_username"] == "user/name"
    assert config["receivers"][0]["email_configs"][0]["to"] == "a&b|c@example.com"
    assert (tmp_path / "run/SMTP_PASSWORD").read_text() == MAIL["SMTP_PASSWORD"]
    assert (tmp_path / "run/SMTP_PASSWORD").stat().st_mode & 0o077 == 0


def test_the_metrics_token_is_an_environment_variable_and_no_argument(start, tmp_path):
    start(SEED, **MAIL)
    assert (
        "VM_datasource_headers=Authorization: FlyV1 fm2_abc,fm2_def"
        in (tmp_path / "vmalert.environment").read_text()
    )
    arguments = (tmp_path / "vmalert.arguments").read_text()
    assert "fm2_" not in arguments and "-datasource.url=https://p.example" in arguments


def test_a_missing_secret_is_named(start):
    result = start(SEED, **{**MAIL, "SMTP_FROM": ""})
    assert result.returncode == 1 and result.stderr.strip() == "the secret SMTP_FROM is not set"


@pytest.mark.parametrize("value", ['a"b', "a\\b", "a\nb"])
def test_a_setting_that_would_break_the_configuration_is_refused(value, start):
    result = start(SEED, **{**MAIL, "ALERT_EMAIL": value})
    assert result.returncode == 1 and "ALERT_EMAIL holds a quote" in result.stderr


def test_the_runbook_is_bash(tmp_path):
    for case in (SEED, REGIONAL, CONTINENTS):
        text = next(f.content for f in lower(plan(case, FACTS)) if f.path.endswith("RUNBOOK.md"))
        blocks = [part.split("```")[0] for part in text.split("```bash\n")[1:]]
        script = tmp_path / "runbook.sh"
        script.write_text("\n".join(blocks))
        result = subprocess.run(["bash", "-n", script], capture_output=True, text=True, timeout=60)
        assert len(blocks) > 5 and result.returncode == 0, result.stderr
