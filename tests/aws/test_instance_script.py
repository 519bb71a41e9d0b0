"""The script of an instance, run: by bash, with commands that write down how they are called."""

import json
import subprocess
from pathlib import Path

import pytest
from targets.aws_cases import INSTANCES, planned

from groundplan.model.graph import Join
from groundplan.platforms.aws.instance_script import script
from groundplan.platforms.aws.spot import spots

RECORDED = '#!/bin/bash\nprintf "%s\\0" "$(basename "$0")" "$@" $\'\\n\' >>"$RECORD"\n'
SHIMS = {
    "dnf": RECORDED,
    "systemctl": RECORDED,
    "amazon-cloudwatch-agent-ctl": RECORDED,
    "docker": '#!/bin/bash\n[ "$1" = login ] && cat >/dev/null\n'
    + RECORDED.removeprefix("#!/bin/bash\n")
    + '[ "$1" = run ] && env >"$RECORD.env"\nexit 0\n',
    "aws": """#!/bin/bash
[ "$1" = ecr ] && { echo token; exit; }
case "$*" in *master*) echo '{"username": "app", "password": "p$(touch broken)\\"w"}' ;; *) echo "value of $4" ;; esac
""",
    "jq": '#!/bin/bash\npython3 -c "import json, sys; print(json.load(sys.stdin)[sys.argv[1]])" "${2#.}"\n',
}
REFS = {"database": "db.example", "master": "arn:aws:x:master", "cache": "cache.example"}


class Machine:
    """A folder in which the script believes itself at home."""

    def __init__(self, root: Path) -> None:
        self.root, self.record = root, root / "record"
        for folder in ("bin", "etc", "agent/etc", "agent/bin"):
            (root / folder).mkdir(parents=True)
        for name, text in SHIMS.items():
            path = root / ("agent/bin" if name.startswith("amazon") else "bin") / name
            path.write_text(text)
            path.chmod(0o755)

    def run(self, text: str) -> None:
        moved = {
            "/usr/local/bin/web": "web",
            "/etc/systemd/system": "etc",
            "/opt/aws/amazon-cloudwatch-agent": "agent",
        }
        for there, here in moved.items():
            text = text.replace(there, str(self.root / here))
        for source in (text, None):
            command = ["bash", "-s"] if source else ["bash", str(self.root / "web")]
            env = {"PATH": f"{self.root}/bin:/usr/bin:/bin", "RECORD": str(self.record)}
            done = subprocess.run(
                command, input=source, cwd=self.root, env=env, capture_output=True, text=True
            )
            assert done.returncode == 0, done.stderr

    @property
    def calls(self) -> list[list[str]]:
        """Words of every recorded call."""
        return [call.split("\0")[:-1] for call in self.record.read_text().split("\n\0")[:-1]]


def texts(name: str, image: str) -> dict[str, str]:
    """The script of each region, with every reference as what it will be."""
    made = {}
    for spot in spots(planned(INSTANCES[name], "terraform")):
        refs = {**REFS, "image": image, "port": str(spot.plan.draft.app.port), "logs": f"/ec2/{spot.label}"}
        secrets = {s.name: f"arn:aws:x:{s.name}" for s in spot.plan.secrets}
        lines = script(spot, refs, secrets).lines
        assert not any("\n" in p for line in lines for p in line if isinstance(p, str))
        made[spot.code] = "".join("".join(map(part, line)) + "\n" for line in lines)
    return made


def part(value) -> str:
    return "".join(map(part, value.parts)) if isinstance(value, Join) else str(value)


@pytest.mark.parametrize("name", sorted(INSTANCES))
def test_the_script_starts_the_application_as_planned(name, tmp_path):
    plan = planned(INSTANCES[name], "terraform")
    image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.0"
    for index, (code, text) in enumerate(texts(name, image).items()):
        machine = Machine(tmp_path / code)
        machine.run(text)
        assert not list(machine.root.rglob("broken")), "a value of an answer became a command"
        run = next(c for c in machine.calls if c[:2] == ["docker", "run"])
        ran = run[run.index(image) + 1 :]
        assert ran == list(plan.draft.app.command)
        options = run[: run.index(image)]
        port = str(plan.draft.app.port)
        assert options[options.index("--publish") + 1] == f"{port}:{port}"
        assert f"awslogs-region={code}" in options and f"awslogs-group=/ec2/{plan.draft.project}" in options
        given = {options[i + 1] for i, word in enumerate(options) if word == "--env"}
        values = dict(
            line.split("=", 1)
            for line in Path(f"{machine.record}.env").read_text().splitlines()
            if "=" in line
        )
        assert given == wanted(plan, primary=index == 0)
        assert all(values[name] for name in given)
        if "DATABASE_PASSWORD" in given:
            assert values["DATABASE_PASSWORD"] == 'p$(touch broken)"w'
        agent = json.loads((machine.root / "agent/etc/instance.json").read_text())
        assert agent["logs"]["logs_collected"]["files"]["collect_list"][0]["log_group_name"].startswith(
            "/ec2/"
        )
        assert ["systemctl", "enable", "--now", "web"] in machine.calls
        assert any(c[:2] == ["docker", "login"] for c in machine.calls)


def wanted(plan, *, primary: bool) -> set[str]:
    names = {"PORT", *(s.name for s in plan.secrets)}
    if primary and plan.role("database", "aws"):
        names |= {f"DATABASE_{word}" for word in ("HOST", "PORT", "NAME", "USER", "PASSWORD")}
    return names | ({"REDIS_URL"} if primary and plan.role("cache", "aws") else set())


def test_an_image_from_elsewhere_needs_no_login(tmp_path):
    (text,) = texts("vm_usual", "ghcr.io/a/tickets:1").values()
    machine = Machine(tmp_path / "here")
    machine.run(text)
    assert not any(c[:2] == ["docker", "login"] for c in machine.calls)


@pytest.mark.parametrize("name", sorted(INSTANCES))
def test_a_script_is_far_below_what_ec2_takes(name):
    """16 KB before it is encoded: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html."""
    assert all(len(text.encode()) < 8192 for text in texts(name, "x:1").values())
