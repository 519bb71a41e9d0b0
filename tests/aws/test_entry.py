"""What stands before several regions, from the answers to the records of each target."""

from __future__ import annotations

import pytest

from groundplan import pipeline
from groundplan.facts import load
from groundplan.model.answer import Answer, Answers, Project
from groundplan.phases import builtin

TEAM = {
    "hosting": "AWS ECS on Fargate",
    "regions": "Frankfurt and Ireland, both serve",
    "scaling": "2 to 4 tasks with 0.5 vCPU and 1 GB, when CPU > 70%",
    "monitoring": "CloudWatch, email ops@example.com on downtime",
    "budget": "$600 a month, alert at 80%",
    "iac": "Terraform",
}
CASES = [
    # answers that differ -> how the regions share the name; empty where it is not ours to make
    ({}, "latency"),
    ({"regions": "Frankfurt, with failover to Ireland"}, "failover"),
    ({"regions": "Frankfurt, Ireland and Paris, with failover"}, "latency"),
    ({"regions": "Frankfurt"}, ""),
    ({"regions": "Frankfurt and Ireland behind Cloudflare"}, ""),
    ({"hosting": "AWS ECS on Fargate with CloudFront in front"}, ""),
    ({"regions": "Frankfurt and Ireland, no CDN before them"}, "latency"),
    ({"hosting": "AWS ECS on Fargate without CloudFront"}, "latency"),
    ({"regions": "Frankfurt and Ireland, CloudFront later"}, "latency"),
    ({"regions": "Frankfurt and Ireland behind Route 53 health checks"}, "latency"),
    ({"hosting": "AWS Lambda"}, "latency"),
    ({"hosting": "AWS Lambda", "regions": "Frankfurt, with failover to Ireland"}, "failover"),
    ({"hosting": "AWS Lambda", "regions": "Frankfurt and Ireland behind Cloudflare"}, ""),
    ({"hosting": "AWS Lambda", "regions": "Frankfurt"}, ""),
]


@pytest.mark.parametrize(("changed", "policy"), CASES, ids=[str(c) for c, _ in CASES])
@pytest.mark.parametrize("tool", ["Terraform", "CloudFormation", "Pulumi in Python", "no IaC, by hand"])
def test_regions_share_a_name_where_it_is_ours_to_make(changed, policy, tool):
    texts = {**TEAM, "iac": tool, **changed}
    answers = Answers(project=Project(name="orders"), answers={k: Answer(t) for k, t in texts.items()})
    result = pipeline.compile(answers, load(), builtin())
    assert result.plan and [c.sku for c in result.plan.role("dns")] == ([policy] if policy else [])
    code = "\n".join(f.content for f in result.files if f.path != "infra/aws/README.md")
    words = {
        "failover": ("SECONDARY",),
        "latency": ("latency_routing_polic", "Region:", "Region=eu-west-1,"),
    }
    assert any(word in code for word in words.get(policy, ("",)))
    assert ("public_name" in code or "PublicName" in code or "Id of the public" in code) == bool(policy)
    several = len(result.plan.places) > 1
    assert ("GP210" in {d.code for d in result.diagnostics}) == (
        several and not policy and "lou" not in str(changed)
    )
    priced = [line.meter for line in result.estimate.lines if line.role == "dns"]
    checked = ["HTTPS health checks"] if "Lambda" in texts["hosting"] else []
    assert priced == (["Hosted zone", *checked] if policy else [])
