"""Text from people stays text: whatever is written into HCL, the real core reads back the very same string."""

import base64
import json
from pathlib import Path

import pytest
from contracts.terraform_world import CASES, Terraform, compiled, values, write
from hypothesis import given, settings
from hypothesis import strategies as st

from groundplan.model.answer import App
from groundplan.model.graph import Base64, Join, Var
from groundplan.syntax import hcl

pytestmark = pytest.mark.contract

HOSTILE = [
    '${file("/etc/passwd")}', "%{if true}yes%{endif}", "$${x}", "%%{x}", "$$${x}", '"', "\\", '\\"', "\n", "\r\n",
    "\t", "a\nb", "<<EOT\nx\nEOT", "{{resolve:secretsmanager:x}}", "#", "//", "/* x */", "${", "%{", "$", "%", "$$", "~}",
    "!Sub ${AWS::Region}", "\x00\x01\x7f", "é", "😀", "\u2028", "`id`", "$(id)", "'; rm -rf /", "${path.cwd}", " ", "",
    "a$", "a$$", "a%", "$%", "key\n", "for", "null", "true", "if", "0", "a-b", "a.b",
]  # fmt: skip
FRAGMENTS = st.sampled_from([*'${}%"\\~n\n u0', "${", "%{", "$${", "\\u", "é", "😀"])
ANY = st.text(st.characters(blacklist_categories=("Cs",)), max_size=12)
TEXT = st.one_of(ANY, st.lists(FRAGMENTS, max_size=8).map("".join))


def read_back(terraform: Terraform, texts: list[str]) -> list[str]:
    """What the core makes of the texts: written as outputs, applied, and shown as JSON."""
    lines = [hcl.expression(t) for t in texts] + [hcl.expression({t: t}) for t in texts]
    lines.append(hcl.expression(Join(tuple(part for t in texts for part in (t, Var("mark"))))))
    lines += [hcl.expression(Base64((tuple(line),))) for line in scripts(texts)]
    lines.append(hcl.expression(Base64(tuple(tuple(line) for line in scripts(texts)))))
    body = "\n".join(f'output "t{n}" {{\n  value = {line}\n}}' for n, line in enumerate(lines))
    (terraform.folder / "main.tf").write_text(f'variable "mark" {{\n  default = "|"\n}}\n{body}\n')
    applied = terraform("apply", "-auto-approve", "-no-color", "-state=none.tfstate")
    assert applied.code == 0, applied.text
    found = json.loads(terraform("output", "-json", "-state=none.tfstate").text)
    return [found[f"t{n}"]["value"] for n in range(len(lines))]


def scripts(texts: list[str]) -> list[list]:
    """One line for each text, which a line of a script may begin or end with."""
    return [[t, Var("mark"), t] for t in texts]


def wanted(texts: list[str]) -> list:
    lines = [f"{t}|{t}\n" for t in texts]
    encoded = [coded(line) for line in (*lines, "".join(lines))]
    return [*texts, *({t: t} for t in texts), "".join(t + "|" for t in texts), *encoded]


def coded(text: str) -> str:
    return base64.b64encode(nfc(text).encode()).decode()


def test_hostile_strings_are_read_back_as_they_were(rig, tmp_path: Path):
    assert read_back(Terraform(rig(), tmp_path), HOSTILE) == [nfc(v) for v in wanted(HOSTILE)]


@pytest.fixture(scope="module")
def console(rig, tmp_path_factory) -> Terraform:
    return Terraform(rig(), tmp_path_factory.mktemp("text"))


@given(st.lists(TEXT, min_size=100, max_size=100))
@settings(max_examples=15, deadline=None)
def test_any_string_is_read_back_as_it_was(console, texts):
    (console.folder / "none.tfstate").unlink(missing_ok=True)
    assert read_back(console, texts) == [nfc(v) for v in wanted(texts)]


def nfc(value):
    """The core keeps strings in Unicode's composed form."""
    from unicodedata import normalize

    if isinstance(value, dict):
        return {normalize("NFC", k): normalize("NFC", v) for k, v in value.items()}
    return normalize("NFC", value)


def test_hostile_answers_and_settings_stay_literal(rig, tmp_path: Path):
    evil = '${file("/etc/passwd")}%{if true}"\\'
    case = {**CASES["manual, one region"], "hosting": f"AWS Fargate {evil}", "budget": f"$400/month {evil}"}
    made = compiled(case, app=App(image=evil, health_path=f"/{evil}"))
    assert made.plan is not None
    root = write(made.files, tmp_path)
    (root / "terraform.tfvars.json").write_text(json.dumps(values(made.plan)))
    terraform = Terraform(rig(), root)
    assert terraform("init", "-input=false").code == 0
    planned = terraform("plan", "-out=saved", "-no-color")
    assert planned.code == 0, planned.text
    document = json.loads(terraform("show", "-json", "saved").text)
    assert document["variables"]["image"]["value"] == evil
    assert document["variables"]["health_path"]["value"] == f"/{evil}"
    assert "root:x:0" not in json.dumps(document)
