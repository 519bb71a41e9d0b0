"""Figures of the load that an answer states in passing: requests, gigabytes of a database, of logs, of traffic.

No question asks for them and every bill depends on them. Knows words and units; what is usual is told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from groundplan.model.decision import Decisions
from groundplan.model.plan import Assumption, NodeCount
from groundplan.readers._spoken import spoken
from groundplan.syntax.patterns import late

_NUMBER = r"(?P<n>\d[\d.,']*)\s*"
_EACH = r"\s*(?:/|per|a|each|every|pro)\s*(?P<per>month|mo|day|monat|tag)\b"
_REQUESTS = re.compile(
    _NUMBER + r"(?P<unit>k|thousand|m|mio\.?|million|bn|billion)?\s*(?:http |api )?requests?" + _EACH,
    re.IGNORECASE,
)
_TRAFFIC = re.compile(
    _NUMBER
    + r"(?P<unit>GB|TB)\s*(?:of )?(?:egress|outbound|traffic|bandwidth|data transfer|transfer)\b(?:(?: out)?"
    + _EACH
    + ")?",
    re.IGNORECASE,
)
_LOGS = re.compile(_NUMBER + r"(?P<unit>GB|TB)\s*(?:of )?logs?" + _EACH, re.IGNORECASE)
_DISK = re.compile(
    _NUMBER
    + r"(?P<unit>G(?:i)?B|T(?:i)?B)\b(?!\s*(?:of )?(?:RAM|memory|each|egress|traffic|logs?|/|a |per ))"
    r"(?P<disk>\s*(?:of )?(?:storage|disk|volume|SSD|data|gp3))?",
    re.IGNORECASE,
)
_DISK_LEAST = 10
"""GB below which a bare figure behind a database may as well be its memory."""
_QUESTIONS = ("hosting", "regions", "scaling", "monitoring", "budget")


_NODES = re.compile(
    r"\b(?P<least>\d{1,3})(?:\s*(?:to|-|–|bis|up to)\s*(?P<most>\d{1,3}))?\s+(?:[\w.-]+\s)?nodes\b",
    re.IGNORECASE,
)


_KUBERNETES = re.compile(
    r"\b(?:kubernetes|k8s|eks|gke|aks)\b[^.,;\d\n]{0,20}\bv?(?P<version>1\.[2-9]\d)\b", re.IGNORECASE
)


class Figure(msgspec.Struct, frozen=True):
    name: str
    """A field of Load."""
    value: Decimal
    words: str
    question: str


def figures(decisions: Decisions) -> dict[str, Figure]:
    """By the name in Load; the first that is said counts."""
    found: dict[str, Figure] = {}
    for figure in _every(decisions):
        found.setdefault(figure.name, figure)
    return found


def nodes(decisions: Decisions) -> NodeCount | None:
    """Machines under a cluster: `3 m6i.large nodes`, `3 to 6 nodes`; a range counts more than a number."""
    hits = [found.hit for found in spoken(decisions, _NODES, "hosting", "scaling")]
    if not hits:
        return None
    hit = next((h for h in hits if h["most"]), hits[0])
    least = int(hit["least"])
    return NodeCount(least, max(int(hit["most"] or 0), least))


def kubernetes(decisions: Decisions) -> tuple[str, tuple[Assumption, ...]]:
    """The version that was stated, and where: `Kubernetes 1.35`, `EKS version 1.34`."""
    for found in spoken(decisions, _KUBERNETES, "hosting", "scaling"):
        version, reason = found.hit["version"], because(found.hit[0], found.question)
        return version, (Assumption(field="hosting.version", value=f"Kubernetes {version}", reason=reason),)
    return "", ()


def _every(decisions: Decisions) -> Iterator[Figure]:
    for name, pattern in (("requests_millions", _REQUESTS), ("egress_gb", _TRAFFIC), ("log_gb", _LOGS)):
        for found in spoken(decisions, pattern, *_QUESTIONS):
            yield Figure(name, _monthly(found.hit), found.hit[0].strip(), found.question)
    for found in spoken(decisions, _DISK, "hosting", "scaling"):
        hit = found.hit
        large = hit["disk"] or _number(hit) * _factor(hit["unit"]) >= _DISK_LEAST
        if large and found.about == "sql":
            yield Figure("database_gb", _number(hit) * _factor(hit["unit"]), hit[0].strip(), found.question)


_CACHE = late(
    _NUMBER + r"(?P<unit>[GM]i?B)\b(?!\s*(?:of )?(?:each|egress|traffic|logs?|storage|disk|/|a |per ))"
    r"(?:\s*(?:of )?(?:RAM|memory)\b)?",
    re.IGNORECASE,
)
_MEMORY = late(_NUMBER + r"(?P<unit>Gi?B)\s*(?:of )?(?:RAM|memory)\b(?!\s*(?:each|/|a |per ))", re.IGNORECASE)
_CPU = late(_NUMBER + r"(?:v?CPUs?|v?cores?)\b(?!\s*(?:each|/|a |per ))", re.IGNORECASE)


def store_figures(decisions: Decisions) -> dict[str, Figure]:
    """`cache_mib`, `database_mib` and `database_cpu`, where the hosting answer says how large a store is."""
    found: dict[str, Figure] = {}
    for name, pattern, part in (
        ("cache_mib", _CACHE, "cache"),
        ("database_mib", _MEMORY, "sql"),
        ("database_cpu", _CPU, "sql"),
    ):
        for told in spoken(decisions, pattern, "hosting"):
            if told.about == part:
                value = _number(told.hit) if name == "database_cpu" else _mib(told.hit)
                found.setdefault(name, Figure(name, value, told.hit[0].strip(), told.question))
    return found


def because(words: str, question: str) -> str:
    return f"because of “{words}” in the {question} answer"


def _mib(hit: re.Match[str]) -> Decimal:
    return _number(hit) * (1024 if hit["unit"].lower().startswith("g") else 1)


def _monthly(hit: re.Match[str]) -> Decimal:
    days = Decimal(30) if (hit["per"] or "").lower() in ("day", "tag") else Decimal(1)
    return _number(hit) * _factor(hit["unit"] or "one") * days


def _factor(unit: str) -> Decimal:
    """To GB, or to millions."""
    small = unit.lower().rstrip(".")
    if small in ("tb", "tib"):
        return Decimal(1024)
    return {
        "one": Decimal("0.000001"), "k": Decimal("0.001"), "thousand": Decimal("0.001"), "bn": Decimal(1000),
        "billion": Decimal(1000),
    }.get(small, Decimal(1))  # fmt: skip


def _number(hit: re.Match[str]) -> Decimal:
    """`1,000` and `1'000` are a thousand; `1.5` is one and a half."""
    text = hit["n"].rstrip(".,'")
    return Decimal(re.sub(r"[,'](?=\d{3}\b)", "", text).replace(",", ".").replace("'", ""))
