"""Objects of a cluster: texts of an answer stay what they were, and what runs is guarded as the level asks."""

import re

import pytest
import yaml
from targets.aws_cases import CLUSTERS, planned

from groundplan.platforms.aws.cluster_manifests import manifests


def objects(name: str) -> dict[str, dict]:
    made = next(f for f in manifests(planned(CLUSTERS[name], "terraform")) if "application" in f.path)
    return {o["kind"]: o for o in yaml.safe_load_all(made.content)}


def expanded(text: str) -> str:
    """What Kubernetes makes of an argument whose names it does not know: third_party/forked/golang/expansion."""
    return re.sub(r"\$(\$)|(\$\([^)]*\))|(\$)", lambda m: m[1] or m[2] or m[3], text)


@pytest.mark.parametrize("name", sorted(CLUSTERS))
def test_a_command_reaches_the_container_as_it_was(name):
    (container,) = objects(name)["Deployment"]["spec"]["template"]["spec"]["containers"]
    app = planned(CLUSTERS[name], "terraform").draft.app
    assert [expanded(word) for word in container.get("args", [])] == list(app.command)
    assert not any(re.search(r"(?<!\$)(?:\$\$)*\$\(", word) for word in container.get("args", []))
    assert {p["httpGet"]["path"] for k, p in container.items() if k.endswith("Probe")} == {app.health_path}


@pytest.mark.parametrize("name", sorted(CLUSTERS))
def test_a_pod_is_guarded(name):
    made = objects(name)
    spec = made["Deployment"]["spec"]["template"]["spec"]
    (container,) = spec["containers"]
    secure = CLUSTERS[name].quality == "secure"
    assert spec["automountServiceAccountToken"] is False
    assert container["securityContext"]["allowPrivilegeEscalation"] is False
    assert container["securityContext"]["capabilities"]["drop"] == ["ALL"]
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert spec["securityContext"].get("runAsNonRoot", False) is secure
    enforced = made["Namespace"]["metadata"]["labels"]["pod-security.kubernetes.io/enforce"]
    assert enforced == ("restricted" if secure else "baseline")
    assert container["resources"]["requests"] == container["resources"]["limits"]
    assert made["PodDisruptionBudget"]["spec"]["maxUnavailable"] == 1
    low = container["ports"][0]["containerPort"] < 1024
    assert container["securityContext"]["capabilities"].get("add", []) == (
        ["NET_BIND_SERVICE"] if low else []
    )
