"""Objects of a cluster against the schemas of Kubernetes itself, in the version that the cluster runs."""

import os
import subprocess
from pathlib import Path

import pytest
from targets.aws_cases import CLUSTERS, planned

from groundplan.platforms.aws.cluster import version
from groundplan.platforms.aws.cluster_manifests import manifests
from groundplan.platforms.aws.spot import spots

pytestmark = pytest.mark.contract
PROGRAM = Path(__file__).parents[2] / ".rig/kubernetes/bin/kubernetes-validate"
OWN_KINDS = {"SecretProviderClass"}
"""A kind that the add-on of the secrets brings, of which Kubernetes has no schema."""
FAULTS = [
    ("maxSurge: 1", "maxSurges: 1", "maxSurges"),
    ("replicas: 2", 'replicas: "two"', "replicas"),
    ("readOnly: true", "readOnly: sure", "readOnly"),
    ("autoscaling/v2", "autoscaling/v2beta2", "Couldn't find schema"),
]


@pytest.fixture(scope="module")
def validate():
    if not PROGRAM.exists():
        if os.environ.get("GROUNDPLAN_REQUIRE_TOOLS") == "1":
            pytest.fail("the schemas of Kubernetes are not installed: `make kubernetes-rig`")
        pytest.skip("the schemas of Kubernetes (`make kubernetes-rig`, 110 MB) are not installed")

    def run(of: str, *paths: Path) -> tuple[int, list[str]]:
        command = [str(PROGRAM), "--strict", "--quiet", "-k", of, *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        return done.returncode, (done.stdout + done.stderr).splitlines()

    return run


def written(name: str, folder: Path) -> list[Path]:
    made = planned(CLUSTERS[name], "terraform")
    paths = []
    for file in manifests(made):
        path = folder / name / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.content)
        paths.append(path)
    return paths


@pytest.mark.parametrize("of", ["1.35", "1.36"])
def test_kubernetes_knows_every_field(validate, tmp_path, of):
    versions = {name: version(spots(planned(case, "terraform"))[0]) for name, case in CLUSTERS.items()}
    paths = [p for name, has in versions.items() if has == of for p in written(name, tmp_path)]
    code, said = validate(of, *paths)
    assert paths and code == 0, said
    assert not [line for line in said if not any(kind in line for kind in OWN_KINDS)]


@pytest.mark.parametrize(("good", "bad", "words"), FAULTS)
def test_the_rig_sees_a_fault(validate, tmp_path, good, bad, words):
    texts = {p: p.read_text() for name in ("k8s_public", "k8s_secure") for p in written(name, tmp_path)}
    path, text = next((p, t) for p, t in texts.items() if good in t)
    path.write_text(text.replace(good, bad))
    _, said = validate("1.35", path)
    assert any(words in line for line in said)
