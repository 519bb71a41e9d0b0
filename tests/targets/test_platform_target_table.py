"""Every platform with every tool: files of that tool, or a finding that says why not and names what does."""

import pytest

from groundplan import facts, phases
from groundplan.model.answer import Answer, Answers, Project
from groundplan.pipeline import compile as compiled
from groundplan.platforms import platforms

HOSTING = {"aws": "AWS ECS on Fargate", "fly": "Fly.io"}
TOOLS = {
    "platform": "fly.toml in the same repository",
    "terraform": "Terraform",
    "opentofu": "OpenTofu",
    "pulumi": "Pulumi in Python",
    "cloudformation": "CloudFormation",
    "none": "none, all by hand",
    "ansible": "Ansible",
}
# platform, tool -> a file that only this pair has, or the codes of which one must be found
CELLS = {
    ("aws", "platform"): {"GP602", "GP604"},
    ("aws", "terraform"): "infra/aws/variables.tf",
    ("aws", "opentofu"): "infra/aws/variables.tf",
    ("aws", "pulumi"): "infra/aws/__main__.py",
    ("aws", "cloudformation"): "infra/aws/service.yaml",
    ("aws", "none"): "infra/aws/RUNBOOK.md",
    ("aws", "ansible"): {"GP602"},
    ("fly", "platform"): "fly.toml",
    ("fly", "terraform"): {"GP601"},
    ("fly", "opentofu"): {"GP601"},
    ("fly", "pulumi"): {"GP601"},
    ("fly", "cloudformation"): {"GP601"},
    ("fly", "none"): "infra/fly/RUNBOOK.md",
    ("fly", "ansible"): {"GP602"},
}


def of(platform: str, tool: str):
    said = {"hosting": HOSTING[platform], "iac": TOOLS[tool], "regions": "Frankfurt",
            "scaling": "2 instances, up to 4 when CPU > 60%", "monitoring": "email for downtime",
            "budget": "300 USD a month, alert at 80%"}  # fmt: skip
    answers = Answers(project=Project(name="orders"), answers={k: Answer(text=v) for k, v in said.items()})
    return compiled(answers, facts.load(), phases.builtin())


def test_the_table_holds_every_platform_that_code_is_written_for():
    planned = {key for key, platform in platforms().items() if platform.targets}
    assert {platform for platform, _ in CELLS} == planned
    assert len(CELLS) == len(planned) * len(TOOLS)


@pytest.mark.parametrize(("platform", "tool"), sorted(CELLS))
def test_a_pair_works_or_says_why_not(platform, tool):
    made, cell = of(platform, tool), CELLS[(platform, tool)]
    codes = {d.code for d in made.diagnostics}
    paths = {f.path for f in made.files}
    if isinstance(cell, str):
        assert cell in paths
        assert not codes & {"GP601", "GP602", "GP604"}
        assert (tool in platforms()[platform].iac) is True
    else:
        assert codes & cell
        found = next(d for d in made.diagnostics if d.code in cell)
        assert found.fix is not None and found.fix.text


@pytest.mark.parametrize("platform", sorted(HOSTING))
def test_no_two_targets_of_a_platform_write_the_same_file_but_the_guide(platform):
    seen: dict[str, str] = {}
    for tool, target in platforms()[platform].iac.items():
        for file in of(platform, tool).files:
            owner = seen.setdefault(file.path, target)
            assert owner == target or file.path.endswith((".md", "requirements.txt")), file.path


@pytest.mark.parametrize("platform", sorted(HOSTING))
def test_every_target_is_named_by_an_answer_and_every_answer_has_a_target(platform):
    known = platforms()[platform]
    assert set(known.iac.values()) == set(known.targets)
