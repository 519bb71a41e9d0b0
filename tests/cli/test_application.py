"""What the repository shows of the application, through the commands: review, read, change, apply and check."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import groundplan

ANSWERS = """[project]
name = "orders"

[answers]
hosting = "{hosting}"
regions = "Frankfurt"
scaling = "2 instances with 1 GB"
monitoring = "email when it is down"
budget = "$400 a month, alert at $300"
iac = "{iac}"
"""
DOCKERFILE = (
    "FROM node:22-slim\nEXPOSE {port}\nHEALTHCHECK CMD curl -f http://localhost/healthz\nCMD node a.js\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "groundplan.toml").write_text(ANSWERS.format(hosting="AWS Fargate", iac="Terraform"))
    return tmp_path


def known(project: Path) -> dict:
    return groundplan("review", "-C", str(project), "--json").json["application"]


def codes(project: Path) -> dict[str, str]:
    found = groundplan("check", "-C", str(project), "--json").json["diagnostics"]
    mine = [d for d in found if d["code"].startswith(("GP15", "GP8"))]
    return {d["code"]: "; ".join(o["message"] for o in mine if o["code"] == d["code"]) for d in mine}


def test_the_review_says_what_was_seen_and_what_to_change(project: Path):
    text = groundplan("review", "-C", str(project), "--plain").out
    assert "assumed; groundplan change app.port 3000" in text
    (project / "Dockerfile").write_text(DOCKERFILE.format(port=3000))
    text = groundplan("review", "-C", str(project), "--plain").out
    assert "Dockerfile line 2 (EXPOSE 3000)" in text
    assert known(project)["port"] == {"value": 3000, "origin": "detected", "path": "Dockerfile", "line": 2}
    assert known(project)["command"]["value"] == ["/bin/sh", "-c", "node a.js"]


def test_read_shows_the_application_of_a_project(project: Path):
    (project / "Dockerfile").write_text(DOCKERFILE.format(port=3000))
    done = groundplan("read", "--app", "-C", str(project), "--json")
    assert done.json["application"]["port"]["value"] == 3000
    assert "Dockerfile line 2" in groundplan("read", "--app", "-C", str(project), "--plain").out


def test_a_set_value_wins_over_every_file_until_it_is_forgotten(project: Path):
    (project / "Dockerfile").write_text(DOCKERFILE.format(port=3000))
    assert groundplan("change", "-C", str(project), "app.port", "8080").code == 0
    assert known(project)["port"] == {"value": 8080, "origin": "file"}
    assert "sets the port to `8080`, and Dockerfile line 2 says `3000`" in codes(project)["GP154"]
    assert "app.port = 8080" in groundplan("change", "-C", str(project)).out
    assert groundplan("change", "-C", str(project), "--forget", "app.port").code == 0
    assert known(project)["port"]["value"] == 3000
    assert (
        "[app]" not in (project / "groundplan.toml").read_text()
        or "port" not in (project / "groundplan.toml").read_text().partition("[app]")[2]
    )


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("health_path", "/up", "/up"),
        ("image", "ghcr.io/acme/orders:1", "ghcr.io/acme/orders:1"),
        ("command", "node 'a b.js'", ["node", "a b.js"]),
        ("command", "node a.js --port $PORT", ["/bin/sh", "-c", "node a.js --port $PORT"]),
    ],
)
def test_each_field_can_be_set(project: Path, field: str, value: str, stored):
    assert groundplan("change", "-C", str(project), f"app.{field}", value).code == 0
    assert known(project)[field] == {"value": stored, "origin": "file"}


@pytest.mark.parametrize(
    ("what", "value", "code"),
    [
        ("app.port", "99999", "GP960"),
        ("app.port", "٣٠٠٠", "GP960"),
        ("app.health_path", "/a${b}", "GP960"),
        ("app.health_path", "up", "GP960"),
        ("app.image", "a b", "GP960"),
        ("app.command", "a\x07b", "GP960"),
        ("app.command", "echo {{resolve:ssm:x}}", "GP960"),
        ("app.prot", "3000", "GP963"),
    ],
)
def test_what_does_not_fit_is_refused_and_stored_nowhere(project: Path, what: str, value: str, code: str):
    before = (project / "groundplan.toml").read_text()
    done = groundplan("change", "-C", str(project), what, value)
    assert done.code != 0
    assert code in done.err
    assert (project / "groundplan.toml").read_text() == before


def test_a_later_change_of_the_dockerfile_is_drift(project: Path):
    dockerfile = project / "Dockerfile"
    dockerfile.write_text(DOCKERFILE.format(port=3000))
    assert groundplan("apply", "-C", str(project), "--yes").code == 0
    assert codes(project) == {}
    dockerfile.write_text("# a line above moves nothing\n" + DOCKERFILE.format(port=3000))
    assert codes(project) == {}
    dockerfile.write_text(DOCKERFILE.format(port=4000))
    found = codes(project)
    assert "generated for the port `3000`, and Dockerfile line 2 says `4000`" in found["GP819"]
    assert groundplan("check", "-C", str(project)).code == 1
    groundplan("change", "-C", str(project), "app.port", "3000", "-q")
    assert "GP819" not in codes(project)
    groundplan("change", "-C", str(project), "--forget", "app.port", "-q")
    assert groundplan("apply", "-C", str(project), "--yes").code == 0
    assert codes(project) == {}
    dockerfile.unlink()
    assert "nothing says it any more, so `8080` is assumed" in codes(project)["GP819"]


def test_an_apply_before_this_was_known_is_no_drift_of_the_application(project: Path):
    assert groundplan("apply", "-C", str(project), "--yes").code == 0
    lock = project / "groundplan.lock"
    lock.write_text(lock.read_text().replace('    "app": "",\n', ""))
    assert codes(project) == {}
    (project / "Dockerfile").write_text(DOCKERFILE.format(port=3000))
    assert set(codes(project)) == {"GP811", "GP812"}


@pytest.mark.parametrize(
    ("hosting", "iac"),
    [("AWS Fargate", "Terraform"), ("AWS Fargate", "Pulumi"), ("AWS Fargate", "CloudFormation"),
     ("AWS Fargate", "none"), ("Fly.io", "fly.toml")],
)  # fmt: skip
def test_every_target_holds_the_port_the_path_and_the_command(tmp_path: Path, hosting: str, iac: str):
    (tmp_path / "groundplan.toml").write_text(ANSWERS.format(hosting=hosting, iac=iac))
    (tmp_path / "Procfile").write_text("web: npm run serve -- --port 3456\n")
    (tmp_path / "compose.yaml").write_text(
        "services:\n  web:\n    build: .\n    image: ghcr.io/acme/orders:1\n    healthcheck:\n"
        "      test: curl http://localhost:3456/alive\n"
    )
    assert groundplan("apply", "-C", str(tmp_path), "--yes").code == 0
    written = [p for p in tmp_path.rglob("*") if p.is_file() and ("infra" in p.parts or p.name == "fly.toml")]
    text = "\n".join(p.read_text() for p in written)
    for words in ("3456", "/alive", "serve", "ghcr.io/acme/orders:1"):
        assert words in text, words
    assert "Procfile: web: npm run serve -- --port 3456" in text


@pytest.mark.parametrize(
    ("build", "files", "context"),
    [
        ("./services/api", ["services/api/Dockerfile"], "services/api"),
        ("{context: ., dockerfile: ops/web.Dockerfile}", ["ops/web.Dockerfile"], "-f ops/web.Dockerfile ."),
        (".", ["Dockerfile"], "."),
        ("../elsewhere", [], "."),
    ],
)
@pytest.mark.parametrize("iac", ["Terraform", "Pulumi", "CloudFormation", "no code, by hand: a runbook"])
def test_the_image_is_built_from_the_folder_that_compose_names(project: Path, build, files, context, iac):
    (project / "groundplan.toml").write_text(ANSWERS.format(hosting="AWS Fargate", iac=iac))
    (project / "compose.yaml").write_text(f"services:\n  web: {{build: {build}}}\n")
    for path in files:
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text("FROM scratch\nEXPOSE 3100\n")
    assert groundplan("apply", "-C", str(project), "--yes").code == 0
    text = "\n".join(p.read_text() for p in (project / "infra").rglob("*.md"))
    command = next(line for line in text.splitlines() if "docker build" in line)
    words = command.partition('" ')[2].split()
    assert " ".join(words).replace("../../", "").replace("../..", ".") == context
    assert known(project)["port"]["value"] == (3100 if files else 8080)


@pytest.mark.parametrize(
    ("build", "path", "deploy"),
    [
        ("services/api", "services/api/Dockerfile", "fly deploy services/api --config fly.toml --ha=false"),
        ("{context: ., dockerfile: ops/web}", "ops/web", "fly deploy --dockerfile ops/web --ha=false"),
        (".", "Dockerfile", "fly deploy --ha=false"),
    ],
)
def test_fly_builds_from_the_folder_that_compose_names(project: Path, build, path, deploy):
    (project / "groundplan.toml").write_text(ANSWERS.format(hosting="Fly.io", iac="fly.toml"))
    (project / "compose.yaml").write_text(f"services:\n  web: {{build: {build}}}\n")
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_text("FROM scratch\nEXPOSE 3100\n")
    assert groundplan("apply", "-C", str(project), "--yes").code == 0
    assert deploy in (project / "infra/fly/RUNBOOK.md").read_text()
