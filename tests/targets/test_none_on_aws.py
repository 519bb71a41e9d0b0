"""The runbook for AWS: what the plan holds it creates, in shell that no value of an answer can leave."""

import json
import re
import shlex
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from targets.aws_cases import CLUSTERS, DRAFTS, FUNCTIONS, HOSTILE, INSTANCES, draft, planned

from groundplan.emit import emit
from groundplan.lower import lower
from groundplan.model.graph import Join, Var
from groundplan.platforms.aws.nights import nights
from groundplan.platforms.aws.watching import buildable, where
from groundplan.syntax.runbook import folded, heredoc
from groundplan.syntax.shell import document, word

CASES = {**DRAFTS, **FUNCTIONS, **INSTANCES, **CLUSTERS, "hostile": HOSTILE}


RUNS = {
    "lambda": "lambda create-function",
    "ec2": "autoscaling create-auto-scaling-group",
    "eks": "eks create-nodegroup",
}


def book(name: str) -> str:
    made = planned(CASES[name], "none")
    file, *objects = sorted(emit(made, lower(made)), key=lambda f: "kubernetes" in f.path)
    assert bool(objects) is (made.service == "eks")
    assert (made.target, file.path, file.kind) == ("none", "infra/aws/RUNBOOK.md", "text")
    return file.content


def commands(text: str) -> str:
    return "\n".join(re.findall(r"^```bash\n(.*?)\n```$", text, re.M | re.S))


def count(text: str, words: str) -> int:
    return len(re.findall(rf"\baws {words}(?![\w-])", commands(text).replace("\\\n", " ")))


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_step_is_numbered_in_order_and_ends_with_a_check(name):
    text = book(name)
    numbers = [int(n) for n in re.findall(r"^## (\d+)\. ", text, re.M)]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) >= 12
    assert len(re.findall(r"^Check: ", text, re.M)) == len(numbers)


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_commands_are_shell_that_bash_can_read(name):
    done = subprocess.run(
        ["bash", "-n"], input=commands(book(name)), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", sorted(CASES))
def test_it_creates_what_the_plan_holds_and_nothing_else(name):
    made, text = planned(CASES[name], "none"), book(name)
    regions = len(made.places)
    alarms = sum(len(where(a, made.draft)) for a in made.alarms if buildable(a))
    wish = made.draft.scaling
    hours = nights(wish.schedule) is not None
    policies = len({t.metric for t in wish.triggers if t.metric in ("cpu", "memory", "requests")}) or 1
    function, instances, cluster = (made.service == s for s in ("lambda", "ec2", "eks"))
    gateways = sum(1 for c in made.role("network") if c.key.startswith("nat."))
    kept = sum(1 for c in made.role("web") if c.minimum) if function else 0
    hours, scaled = (
        hours and (not function or kept > 0),
        wish.mode != "manual" and not function and not cluster,
    )
    scaler = "autoscaling" if instances else "application-autoscaling"
    expected = {
        "ec2 create-vpc": gateways if function else regions,
        "ec2 create-nat-gateway": gateways,
        "eks create-cluster": regions if cluster else 0,
        ("apigatewayv2 create-api" if function else "elbv2 create-load-balancer"): len(made.role("balancer")),
        RUNS.get(made.service, "ecs create-service"): len(made.role("web")),
        "ec2 create-launch-template": len(made.role("web")) if instances or cluster else 0,
        "route53 create-health-check": regions * len(made.role("dns")) if function else 0,
        "lambda put-function-concurrency": regions if function else 0,
        "lambda put-provisioned-concurrency-config": kept,
        "rds create-db-instance": len(made.role("database", "aws")),
        "elasticache create-replication-group": len(made.role("cache", "aws")),
        "logs create-log-group": len(made.role("logs")) * (5 if cluster else 1),
        "ecr create-repository": len(made.role("registry")),
        "application-autoscaling register-scalable-target": regions
        if (hours or scaled) and not instances
        else 0,
        f"{scaler} {'put-scheduled-update-group-action' if instances else 'put-scheduled-action'}": 2
        * regions
        if hours
        else 0,
        "kms create-key": sum(1 for c in made.components if c.key.startswith("key.")),
        f"{scaler} put-scaling-policy": policies * regions if scaled else 0,
        "sns create-topic": len(made.routes) * regions,
        "cloudwatch put-metric-alarm": alarms,
        "budgets create-budget": 1 if made.budget.limit else 0,
        "secretsmanager create-secret": len(made.secrets),
    }
    assert {words: count(text, words) for words in expected} == expected
    created = set(re.findall(r"\baws ([a-z0-9-]+ (?:create|put|register)-[a-z-]+)", commands(text)))
    support = {"ec2 create-internet-gateway", "ec2 create-subnet", "ec2 create-route-table", "ec2 create-route",
               "ec2 create-security-group", "elbv2 create-target-group", "elbv2 create-listener",
               "ecs create-cluster", "ecs register-task-definition", "iam create-role", "iam put-role-policy",
               "logs put-retention-policy", "ecr put-lifecycle-policy", "kms create-alias", "rds create-db-subnet-group",
               "elasticache create-cache-subnet-group", "lambda create-alias", "apigatewayv2 create-integration",
               "apigatewayv2 create-route", "apigatewayv2 create-stage", "apigatewayv2 create-domain-name",
               "apigatewayv2 create-api-mapping"}  # fmt: skip
    if instances:
        support |= {"iam create-instance-profile", "ec2 create-launch-template-version"}
    if cluster:
        support |= {f"eks create-{what}" for what in ("access-entry", "addon", "pod-identity-association")}
    assert created <= support | set(expected)


@pytest.mark.parametrize("name", sorted(CASES))
def test_counts_limits_and_thresholds_are_those_of_the_plan(name):
    made, text = planned(CASES[name], "none"), commands(book(name)).replace("\\\n", " ")
    web = made.role("web")[0]
    if made.service == "lambda":
        assert re.search(rf"--reserved-concurrent-executions {web.maximum}$", text, re.M)
        assert f"--memory-size {web.memory_mib} " in text
    elif made.service == "ec2":
        counts = f"--min-size {web.minimum} --max-size {web.maximum} --desired-capacity {web.initial} "
        assert counts in re.sub(" +", " ", text)
    elif made.service == "eks":
        held = made.role("worker")[0]
        assert f"minSize={held.minimum},maxSize={held.maximum},desiredSize={held.initial}" in text
    else:
        assert f"--desired-count {web.initial} " in text
    if made.service == "fargate" and made.draft.scaling.mode != "manual":
        assert re.search(rf"--min-capacity {web.minimum}\s+--max-capacity {web.maximum}\b", text)
    if made.budget.limit:
        stated = made.budget.limit
        amount = stated.amount if stated.currency == "USD" else "'\"$BUDGET_LIMIT_USD\"'"
        assert f'"Amount": "{amount}"' in text
        for percent in made.budget.thresholds_percent:
            assert f'"Threshold": {percent}' in text
    for found in made.alarms:
        if not buildable(found):
            assert f"- {found.condition} above" in book(name)


def test_a_secret_is_read_from_the_terminal_and_never_an_argument():
    text = commands(book("outside_stores"))
    assert "read -r -s -p 'DATABASE_URL: ' VALUE" in text
    assert "--secret-string file:///dev/stdin" in text.replace("\\\n", " ")


def test_the_tools_of_others_are_set_up_by_hand():
    case = draft(tools=("cloudwatch", "sentry", "uptimerobot"))
    (file,) = lower(planned(case, "none"))
    assert "Watch from outside with UptimeRobot" in file.content and "Connect Sentry" in file.content


def test_chat_tools_are_connected_in_the_console_because_sns_cannot_post_to_them():
    text = book("chat")
    assert text.count("Amazon Q Developer in chat applications") == 2
    assert count(text, "sns subscribe") == 1


@settings(max_examples=400, deadline=None)
@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
def test_any_text_is_one_word_and_reads_back(text):
    assert shlex.split(word(text)) == [text]
    assert json.loads(shlex.split(document({"a": text, "b": (text, 1, True, None)}))[0]) == {
        "a": text,
        "b": [text, 1, True, None],
    }


def test_variables_are_spliced_into_words_and_documents():
    script = f"X='a b' && printf '%s\\n' {word(Join((Var('X'), ':$x:')))} {document({'k': Var('X')})}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == 'a b:$x:\n{"k": "a b"}\n'


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text("ab -'\"\\$\n", max_size=12), max_size=6))
def test_folding_a_command_changes_no_word(values):
    command = " ".join(["printf", "'%s|'", *(f"--option {shlex.quote(v)}" for v in values)])
    printed = [subprocess.run(["bash", "-c", c], capture_output=True) for c in (command, folded(command, 20))]
    assert printed[0].stdout == printed[1].stdout


def test_a_heredoc_holds_its_own_mark():
    assert heredoc("f", "EOF\nEOF_\n$(x)\n") == ("cat > f <<'EOF__'", "EOF", "EOF_", "$(x)", "EOF__")
