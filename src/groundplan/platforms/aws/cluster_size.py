"""How many nodes hold the pods of an EKS cluster, which machines they are, and what they cost beside their hours.

Counts of an answer are pods. A node holds whole pods beside what the system and every node's own pods take; the cluster
has pods of its own; and a new version needs one pod more than the most. Never fewer than two nodes, so that one can fail.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from groundplan.model.infrastructure import Facts, Sku
from groundplan.model.plan import Assumption, Draft, Meter, NodeCount
from groundplan.model.quantity import Range
from groundplan.platforms import _lines as line
from groundplan.platforms import _nodes as of
from groundplan.platforms._nodes import Pod
from groundplan.platforms._sizing import Counts, named
from groundplan.platforms.aws.instance_size import DISK_GB, is_type

VERSION = "1.35"
"""In standard support on EKS until 27 March 2027: https://endoflife.date/amazon-eks, read 2026-12-01. 1.34 leaves it on
2 December 2026."""
SUPPORTED = "27 March 2027"
_SYSTEM = Pod(Decimal("0.07"), 740)
"""The kubelet keeps 255 MiB and 11 for each of 35 pods, and evicts at 100: bootstrap.sh of awslabs/amazon-eks-ami."""
_DAEMONS = Pod(Decimal("0.45"), 400)
"""aws-node, kube-proxy, the agents of Pod Identity and CloudWatch, Fluent Bit: what they ask for on every node. Fluent
Bit's 0.05 vCPU is in values.yaml of aws-observability/helm-charts; the others are remembered and not read in a source."""
_TOGETHER = Pod(Decimal("0.7"), 1200)
"""coredns, metrics-server, the autoscaler of nodes and the operator of CloudWatch, in a cluster; remembered as well."""
_REAL = Decimal("0.97")
"""What Linux sees of the memory that a type is said to have; remembered."""
_MOST = 20
"""Pods of the application on one node: t3.large has addresses for 35, of which the system takes some."""
_PER_NODE, _PER_POD = Decimal("26.3"), Decimal("2.6")
"""Millions of observations of Container Insights a month: 600 and 60 by the minute, which is an estimate."""
_CONTROL_LOGS_GB = 5


def node(draft: Draft, facts: Facts, pod: Pod) -> Sku:
    """The type that was stated; else t3.large, or the smallest known type on which the pod fits."""
    if is_type(draft.scaling.size) or named(facts.skus["aws"].values(), draft.scaling):
        return of.node(draft, facts, ("ec2", "ec2_named"), "t3.large")
    large = sorted(
        (s for s in facts.skus["aws"].values() if s.kind == "ec2" and s.memory_mib >= 8192),
        key=lambda s: (s.cpu, s.memory_mib),
    )
    return next((s for s in large if fits(pod, s)), large[-1])


def fits(pod: Pod, size: Sku) -> int:
    """How many pods one node holds."""
    room = _room(size)
    return min(int(room.cpu / pod.cpu), room.memory_mib // pod.memory_mib, _MOST)


def with_workers(draft: Draft, many: Counts) -> Counts:
    """Pods of the application and of its background processes."""
    behind = draft.workers
    low, most = (behind.least, behind.most) if behind else (0, 0)
    return Counts(many.minimum + low, many.initial + low, many.maximum + most)


def nodes(pod: Pod, many: Counts, size: Sku, stated: NodeCount | None) -> Range:
    """At minimum, at first and at maximum; as many as were stated where nodes were counted."""
    if stated:
        most = max(stated.most, stated.least)
        return Range.of(stated.least, min(max(stated.least, _needed(pod, many.initial, size)), most), most)
    low, start = (_needed(pod, n, size) for n in (many.minimum, many.initial))
    return Range.of(low, max(start, low), max(_needed(pod, many.maximum + 1, size), start))


def counted(pod: Pod, many: Counts, size: Sku, count: Range, stated: NodeCount | None) -> Assumption:
    """What the counts of the answer became, and whether stated nodes hold them."""
    value = f"{count.floor:f} to {count.ceiling:f} nodes of {size.id}"
    wanted = _needed(pod, many.maximum + 1, size)
    each = fits(pod, size)
    reason = (
        f"counts of an answer are pods; {each or 'not one'} of them fit a node beside what each node runs"
    )
    if stated and wanted > count.ceiling:
        reason = f"as many as stated; {many.maximum} pods and one for a new version need {wanted}"
    return Assumption(field="scaling.nodes", value=value, reason=reason, confirm=each == 0 or bool(stated))


def meters(draft: Draft, count: Range, many: Counts) -> tuple[Meter, ...]:
    """Disks, metrics and public addresses of the nodes."""
    disk = Meter(name="Volumes", price="aws.ebs.gp3", quantity=count.times(Decimal(DISK_GB)),
                 assumption=f"{DISK_GB} GB each, gp3")  # fmt: skip
    low, start, high = (
        n * _PER_NODE + p * _PER_POD
        for n, p in (
            (count.floor, many.minimum),
            (count.expected, many.initial),
            (count.ceiling, many.maximum),
        )
    )
    seen = Meter(name="Container Insights", price="aws.insights", quantity=Range.of(low, start, high),
                 assumption="about 600 observations by the minute for a node, 60 for a pod")  # fmt: skip
    address = Meter(name="Public IPv4", price="aws.ipv4.hour", quantity=count.times(Decimal(line.HOURS)))
    return (disk, seen) if draft.quality in ("production", "secure") else (disk, seen, address)


def standard(version: str) -> bool:
    """Whether EKS still has this version, as `1.35`, in standard support; one that is newer than is known here counts."""
    return _minor(version) >= _minor(VERSION)


def _minor(version: str) -> int:
    return int(version.partition(".")[2])


def control(version: str) -> tuple[Meter, ...]:
    """Fee and logs of a control plane."""
    price, which = ("aws.eks.cluster", "standard") if standard(version) else ("aws.eks.extended", "extended")
    fee = line.flat("Cluster fee", price, line.HOURS, f"a version in {which} support")
    logs = line.flat("Control plane logs", "aws.logs.ingest", _CONTROL_LOGS_GB, "5 GB a month, an estimate")
    return fee, logs


def _room(size: Sku) -> Pod:
    cpu = size.cpu - _SYSTEM.cpu - _DAEMONS.cpu
    memory = int(size.memory_mib * _REAL) - _SYSTEM.memory_mib - _DAEMONS.memory_mib
    return Pod(max(cpu, size.cpu / 10), max(memory, size.memory_mib // 10))


def _needed(pod: Pod, pods: int, size: Sku) -> int:
    room = _room(size)
    cpu = (pod.cpu * pods + _TOGETHER.cpu) / room.cpu
    memory = Decimal(pod.memory_mib * pods + _TOGETHER.memory_mib) / room.memory_mib
    whole = Decimal(pods) / max(fits(pod, size), 1)
    return max(int(max(cpu, memory, whole).to_integral_value(ROUND_CEILING)), 2)
