"""Facts as types: regions, sizes, prices and claims, each with its source. Holds no facts itself."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

Certainty = Literal["verified", "secondary", "unverified"]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    url: str = ""
    date: str
    """ISO date on which the source said so."""
    certainty: Certainty = "unverified"


class Region(msgspec.Struct, frozen=True, kw_only=True):
    provider: str
    code: str
    city: str
    country: str
    """ISO 3166-1 alpha-2, upper case."""
    latitude: float
    longitude: float
    zones: int | None = None
    eea: bool = False
    status: Literal["open", "restricted", "announced", "closed"] = "open"
    services: tuple[str, ...] = ()
    default_enabled: bool = True
    source: str
    """Key into Facts.sources."""


class Sku(msgspec.Struct, frozen=True, kw_only=True):
    provider: str
    id: str
    cpu: Decimal
    """vCPU."""
    memory_mib: int
    kind: str = ""
    """`shared` or `performance` on Fly.io; `fargate`; `rds` …"""
    source: str


class Price(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    """`fly.machine.shared-cpu-1x-1024`, `aws.fargate.vcpu`, `aws.nat.hour` …"""
    region: str = "*"
    """Provider region code; `*` where one price holds everywhere."""
    unit: str
    """What one quantity is: `month`, `hour`, `GB`, `GB-month`, `1M requests` …"""
    amount: Decimal
    currency: str = "USD"
    source: str


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One statement about a provider that a rule or a document repeats."""

    id: str
    provider: str
    text: str
    source: str


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    as_of: str
    sources: dict[str, Source]
    regions: dict[str, dict[str, Region]]
    """provider -> region code -> region."""
    skus: dict[str, dict[str, Sku]]
    """provider -> sku id -> sku."""
    prices: dict[str, dict[str, Price]]
    """price id -> region code or `*` -> price."""
    claims: dict[str, Claim]

    def price(self, id: str, region: str | None) -> Price | None:
        """The price of `id` in `region`, else the one that holds everywhere, else None (unknown, never zero)."""
        rows = self.prices.get(id, {})
        return rows.get(region or "*") or rows.get("*")

    def source_of(self, row: Region | Sku | Price | Claim) -> Source:
        return self.sources[row.source]
