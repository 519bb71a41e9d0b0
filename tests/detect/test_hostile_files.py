"""What a hostile repository cannot do: escape a string, lead out of the project, or keep the compiler busy."""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import subprocess
import time
import tomllib

import pytest
import yaml
from cli_world import groundplan
from hypothesis import given
from hypothesis import strategies as st
from targets.template import parse

from groundplan.cli.application import look
from groundplan.detect import LARGEST, detect
from groundplan.detectors import detectors
from groundplan.model.application import is_command, is_image, is_port, is_url_path
from groundplan.store import Workspace

FITS = {"port": is_port, "health_path": is_url_path, "command": is_command, "image": is_image}
PATHS = sorted({path for d in detectors() for path in d.paths} | {"config/puma.rb", "config/routes.rb"})
PIECES = ["FROM a", "EXPOSE ", "CMD ", "HEALTHCHECK CMD curl http://localhost:80/", "web: ", "services:\n web:\n  build: ",
          "\n", "\r\n", " ", "\\\n", "${A}", "$A", "ENV A=", "${jndi:x}", "{{resolve:ssm:x}}", "!Sub", "%{if}", '"', "'",
          "<<EOF", "\u2028", "\x00", "&a", "*a", "[", "{", "3000", "-p 80", ": ", "- ", "../..", "\ud800"]  # fmt: skip


@given(st.dictionaries(st.sampled_from(PATHS), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))
def test_whatever_the_files_hold_nothing_raises_and_every_value_fits(files):
    found = detect(files.get)
    for sign in found.signs:
        assert FITS.get(sign.field, lambda value: isinstance(value, str))(sign.value)
        assert sign.source.words.isprintable()
        assert sign.source.path.isprintable()
    assert all(remark.message.isprintable() for remark in found.remarks)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Dockerfile", "FROM a\n" + "ENV A=$A$A$A\n" * 20_000 + "EXPOSE $A"),
        ("Dockerfile", "FROM a\nENV A=" + "x" * 500 + "\nEXPOSE " + "$A" * 400_000),
        ("Dockerfile", "FROM a\n" + "\\\n" * 400_000),
        ("Dockerfile", "\n" * LARGEST),
        ("Dockerfile", "FROM a\nCMD " + "[" * 500_000),
        ("Dockerfile", "FROM a\nHEALTHCHECK CMD " + "http://localhost:" * 50_000),
        ("Dockerfile", "FROM a\nRUN " + "<<A " * 200_000),
        ("Gemfile", "\n" * LARGEST),
        ("Gemfile", " " * LARGEST),
        ("requirements.txt", " \n" * (LARGEST // 2)),
        ("pyproject.toml", "a = " + "[" * 500_000),
        ("pyproject.toml", "[project]\n" + " \n" * 300_000),
        ("package.json", "[" * LARGEST),
        ("package.json", '{"scripts": {"start": "' + "-p " * 300_000 + '"}}'),
        ("Procfile", "web: " + "-b " * 300_000),
        ("Procfile", "web: " + "a" * 1_000_000),
        ("Procfile", "\n".join(f"w{n}: x" for n in range(100_000))),
        ("compose.yaml", "a: " + "[" * 100_000),
        ("compose.yaml", "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(3000))),
        ("compose.yaml", "services: &s\n  web: *s\n"),
        ("compose.yaml", "x: &x\n  <<: [*y, *y]\n"),
        ("compose.yaml", "services:\n  web: &w\n    build: .\n    <<: [*w, *w, *w, *w]\n"),
        ("pom.xml", "org.springframework.boot" + "sourceCompatibility" * 50_000),
        ("go.mod", "go " * 300_000),
    ],
)
def test_a_file_of_a_megabyte_is_looked_at_in_a_moment(path, text):
    start = time.process_time()
    detect({path: text}.get)
    assert time.process_time() - start < 4


def test_a_link_is_not_followed_and_told(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "Dockerfile").write_text("FROM a\nEXPOSE 3000\n")
    project = tmp_path / "project"
    project.mkdir()
    (project / "Dockerfile").symlink_to(outside / "Dockerfile")
    (project / "config").symlink_to(outside)
    (project / "Gemfile").write_text('gem "rails"\n')
    found = look(Workspace(project))
    assert found.sign("port").value == 3000
    assert found.sign("port").source.path == "Gemfile"
    assert {r.source.path for r in found.remarks} >= {"Dockerfile"}
    assert all("links are not followed" in r.message for r in found.remarks)


def test_a_large_file_a_pipe_and_other_bytes_are_told(tmp_path):
    (tmp_path / "Dockerfile").write_bytes(b"FROM a\nEXPOSE 3000\n" + b"#" * LARGEST)
    os.mkfifo(tmp_path / "Procfile")
    (tmp_path / "package.json").write_bytes(b"\xff\xfe{}")
    found = look(Workspace(tmp_path))
    assert found.signs == ()
    assert {r.source.path: r.message for r in found.remarks} == {
        "Dockerfile": "is larger than 1 MB",
        "Procfile": "is no file",
        "package.json": "is not UTF-8",
    }


@given(st.text(min_size=1, max_size=80), st.text(max_size=80))
def test_a_command_is_its_words_or_no_command(word, path):
    docker = f"FROM a\nEXPOSE 1\nCMD {json.dumps([word])}\n"
    compose = yaml.safe_dump(
        {"services": {"web": {"build": ".", "command": [word], "image": "r.example/" + path}}}
    )
    found = detect({"compose.yaml": compose, "Dockerfile": docker}.get)
    command, image = found.sign("command"), found.sign("image")
    assert command is None or command.value in ((word,), ("/bin/sh", "-c", json.dumps([word])))
    assert image is None or image.value == "r.example/" + path


NASTY = 'node a.js \'${file("/etc/passwd")}%{if true}\' "`touch broken`" !Sub ${AWS::Region} $(touch broken) \\ EOF {{x}}'


@pytest.mark.parametrize(
    "iac", ["Terraform", "Pulumi", "CloudFormation", "no code, by hand: a runbook", "fly.toml"]
)
def test_a_command_of_a_hostile_procfile_stays_a_command(tmp_path, iac):
    hosting = "Fly.io" if iac == "fly.toml" else "AWS Fargate"
    (tmp_path / "groundplan.toml").write_text(
        f'[project]\nname = "orders"\n[answers]\nhosting = "{hosting}"\nregions = "Frankfurt"\niac = "{iac}"\n'
    )
    (tmp_path / "Procfile").write_text(f"web: {NASTY}\n")
    assert groundplan("apply", "-C", str(tmp_path), "--defaults", "--yes").code == 0
    assert READ[iac](tmp_path) == ["/bin/sh", "-c", NASTY]


def _terraform(root):
    text = (root / "infra/aws/service.tf").read_text()
    written = re.search(r"\bcommand\s*=\s*\[\n(.*?)\n\s*\]", text, re.S)[1]
    plain = written.strip().rstrip(",").replace("$${", "${").replace("%%{", "%{")
    return json.loads(f"[{plain}]")


def _pulumi(root):
    tree = ast.parse((root / "infra/aws/__main__.py").read_text())
    dicts = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    for node in dicts:
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "command":
                return list(ast.literal_eval(value))
    return None


def _cloudformation(root):
    template = parse((root / "infra/aws/service.yaml").read_text())
    return template["Resources"]["Task"]["Properties"]["ContainerDefinitions"][0]["Command"]


def _runbook(root):
    text = next((root / "infra/aws").glob("R*.md")).read_text()
    start = text.index("aws ecs register-task-definition")
    command = text[start : text.index("```", start)]
    script = f"aws() {{ printf '%s\\0' \"$@\"; }}\n{command}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, cwd=root)
    assert not (root / "broken").exists()
    words = done.stdout.split("\0")
    return json.loads(words[words.index("--container-definitions") + 1])[0]["command"]


def _fly(root):
    command = tomllib.loads((root / "fly.toml").read_text())["processes"]
    return shlex.split(next(iter(command.values())))


READ = {
    "Terraform": _terraform,
    "Pulumi": _pulumi,
    "CloudFormation": _cloudformation,
    "no code, by hand: a runbook": _runbook,
    "fly.toml": _fly,
}
