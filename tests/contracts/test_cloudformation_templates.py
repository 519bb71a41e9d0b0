"""CloudFormation templates, judged by cfn-lint against AWS's own resource schemas, in the regions they are for."""

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
from targets.aws_cases import CLUSTERS, DRAFTS, FUNCTIONS, HOSTILE, INSTANCES, planned

from groundplan.emit import emit
from groundplan.lower import lower

pytestmark = pytest.mark.contract
CASES = {**DRAFTS, **FUNCTIONS, **INSTANCES, **CLUSTERS, "hostile": HOSTILE}


def lint(region: str, *paths: Path) -> subprocess.CompletedProcess:
    program = Path(sys.executable).with_name("cfn-lint")
    command = [program, "--regions", region, "--include-checks", "W", "E", "--template", *paths]
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def templates(tmp_path_factory) -> dict[str, list[Path]]:
    """Every template of every case, by the region of its stack."""
    folder, found = tmp_path_factory.mktemp("templates"), defaultdict(list)
    for name, case in CASES.items():
        made = planned(case, "cloudformation")
        graph = lower(made)
        regions = {stack.alias: stack.arguments["region"] for stack in graph.providers}
        for file in emit(made, graph):
            if Path(file.path).stem in regions:
                path = folder / f"{name}-{Path(file.path).name}"
                path.write_text(file.content)
                found[regions[Path(file.path).stem]].append(path)
    return found


def test_every_template_is_clean_in_its_region_without_errors_or_warnings(templates):
    assert sum(len(paths) for paths in templates.values()) >= 2 * len(CASES) >= 20
    for region, paths in templates.items():
        done = lint(region, *paths)
        assert (done.returncode, done.stdout.strip()) == (0, ""), region


TAGS = ("Tags", "ResourceTags", "HealthCheckTags", "TagSpecifications")


def test_every_resource_that_takes_tags_says_whose_it_is():
    """Costs are counted by tag; the schemas are AWS's own, as cfn-lint carries them."""
    named: dict[str, set[str]] = defaultdict(set)
    for case in CASES.values():
        for resource in lower(planned(case, "cloudformation")).resources:
            if not resource.data:
                named[resource.kind] |= resource.arguments.keys() & TAGS
    takes = {
        kind: PROVIDER_SCHEMA_MANAGER.get_resource_schema("eu-central-1", kind).schema["properties"].keys()
        & TAGS
        for kind in named
    }
    assert {k: v for k, v in named.items() if v} == {k: v for k, v in takes.items() if v}


FAULTS = [
    ("CidrBlock:", "CidrBlok:", "E3002"),
    ("LaunchType: FARGATE", "LaunchType: FARGAT", "E3030"),
    ("!Ref Vpc", "!Ref Vpcc", "E1020"),
    ("MaxCapacity: 6", "MaxCapacity: six", "E3012"),
    ("      MinCapacity: 2\n", "", "E3003"),
]


@pytest.mark.parametrize(("right", "wrong", "code"), FAULTS)
def test_the_linter_sees_a_fault(templates, tmp_path, right, wrong, code):
    good = next(p for p in templates["eu-central-1"] if p.name == "clinic-service.yaml")
    assert right in good.read_text()
    bad = tmp_path / "bad.yaml"
    bad.write_text(good.read_text().replace(right, wrong))
    done = lint("eu-central-1", bad)
    assert done.returncode != 0 and code in done.stdout
