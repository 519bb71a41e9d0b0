"""What an instance is: its type, its architecture, and what it costs beside its hours. Knows no script and no tool."""

from __future__ import annotations

import re
from decimal import Decimal

from groundplan.model.graph import Value
from groundplan.model.plan import Draft, Meter
from groundplan.model.quantity import Range
from groundplan.platforms import _lines as line

DISK_GB = 20
"""Amazon Linux takes 2 GB; the rest holds images and what a container writes."""
VOLUME: Value = {
    "VolumeSize": DISK_GB,
    "VolumeType": "gp3",
    "Encrypted": True,
    "DeleteOnTermination": True,
}
"""That disk as EC2's own API writes it, and CloudFormation with it."""
_TYPE = re.compile(r"[a-z][a-z0-9-]*\.[a-z0-9-]+")
_ARM = re.compile(r"(?:a1|[a-z]+\d+g[a-z]*)\.")
_DETAILED, _AGENT_METRICS = 7, 2


def is_type(size: str | None) -> bool:
    return bool(_TYPE.fullmatch(size or ""))


def architecture(sku: str) -> str:
    """As Docker says it: Graviton is `arm64`; the letter g stands behind the generation, as in t4g and c7gn."""
    return "arm64" if _ARM.match(sku) else "amd64"


def meters(draft: Draft, many: Range) -> tuple[Meter, ...]:
    """What instances cost beside their hours."""
    disk = Meter(name="Volumes", price="aws.ebs.gp3", quantity=many.times(Decimal(DISK_GB)),
                 assumption=f"{DISK_GB} GB each, gp3")  # fmt: skip
    each = many.times(Decimal(_DETAILED))
    both = Range.of(
        each.floor + _AGENT_METRICS, each.expected + _AGENT_METRICS, each.ceiling + _AGENT_METRICS
    )
    seen = Meter(name="Metrics", price="aws.metric", quantity=both,
                 assumption="seven of each instance by the minute; memory and disk of the group")  # fmt: skip
    address = Meter(name="Public IPv4", price="aws.ipv4.hour", quantity=many.times(Decimal(line.HOURS)))
    return (disk, seen) if draft.quality in ("production", "secure") else (disk, seen, address)
