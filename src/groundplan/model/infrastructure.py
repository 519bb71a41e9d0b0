"""Facts as types: regions, sizes, prices and claims, each with its source. Holds no facts itself."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, TypeAlias

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
    pair: str | None = None
    """Code of the region that the vendor itself copies to, where it has such pairs."""
    source: str
    """Key into Facts.sources."""


class Sku(msgspec.Struct, frozen=True, kw_only=True):
    provider: str
    id: str
    cpu: Decimal
    """vCPU."""
    memory_mib: int
    kind: str = ""
    """`shared` or `performance` on Fly.io; `fargate`; `database` and `database_burst`, `cache` …"""
    storage_gb: int = 0
    """The most that a store of this size holds on disk; 0 where that is billed apart."""
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


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """Where a vendor keeps copies of a store by itself."""

    id: str
    """`aws.backup` …"""
    provider: str
    lies: Literal["region", "area", "country"]
    """In the region of the store, in the continent around it, or in one country whatever the region."""
    country: str = ""
    text: str = ""
    source: str


class Alternative(msgspec.Struct, frozen=True, kw_only=True):
    """The same capacity billed another way: another processor, or a promise to keep paying."""

    id: str
    provider: str
    change: str
    costs: str
    """What is given up for it."""
    swaps: dict[str, str] = {}
    """Price id -> the one that counts instead."""
    prefix: str = ""
    """Or: prices that begin with it …"""
    factor: Decimal = Decimal(1)
    """… cost this part of what they do, for the instances that run all month."""
    source: str


HOMES = ("us-east-1", "us-central1", "eastus", "iad", "us")
"""The region of each vendor for which prices are best known."""


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """Which legal area a country belongs to. States membership; says nothing about compliance."""

    code: str
    """ISO 3166-1 alpha-2, upper case."""
    eu: bool = False
    eea: bool = False
    adequacy: Literal["", "full", "partial"] = ""
    """Decision of the European Commission on its level of data protection."""
    source: str


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """What one unit of a currency was worth in US dollars on the date of its source."""

    currency: str
    usd: Decimal
    source: str


class Sla(msgspec.Struct, frozen=True, kw_only=True):
    """A vendor's promise in credit terms; never multiplied into a promise of ours."""

    id: str
    """`aws.fargate.zones`, `azure.app_service` …"""
    provider: str
    topology: str
    """What must be built for it to hold."""
    percent: Decimal | None = None
    """None: no figure is published."""
    source: str


class Lifecycle(msgspec.Struct, frozen=True, kw_only=True):
    """A product that is not simply open: closed to new customers, sustained only, retiring, archived."""

    id: str
    """`heroku`, `aws.app_runner`, `azure.cache_for_redis` …"""
    provider: str
    status: Literal["sustaining", "closed", "retiring", "unsupported", "archived"]
    text: str
    instead: str = ""
    source: str


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """Where a third party keeps a customer's data, and when that is chosen."""

    provider: str
    code: str
    country: str
    city: str = ""
    default: bool = False
    """Taken where nothing was chosen."""
    chosen_at: str = ""
    """`sign-up`, `project` …; empty where there is no choice."""
    source: str


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    as_of: str
    sources: Mapping[str, Source]
    regions: Mapping[str, Mapping[str, Region]]
    """provider -> region code -> region."""
    skus: Mapping[str, Mapping[str, Sku]]
    """provider -> sku id -> sku."""
    prices: Mapping[str, Mapping[str, Price]]
    """price id -> region code or `*` -> price."""
    claims: Mapping[str, Claim]
    countries: Mapping[str, Country] = {}
    rates: Mapping[str, Rate] = {}
    slas: Mapping[str, Sla] = {}
    lifecycles: Mapping[str, Lifecycle] = {}
    copies: Mapping[str, Copy] = {}
    alternatives: Mapping[str, Alternative] = {}
    sites: Mapping[str, Mapping[str, Site]] = {}
    """provider -> site code -> site."""

    def price(self, id: str, region: str | None) -> Price | None:
        """The price of `id` in `region`, else the one that holds everywhere, else None (unknown, never zero)."""
        rows = self.prices.get(id, {})
        return rows.get(region or "*") or rows.get("*")

    def elsewhere(self, id: str) -> Price | None:
        """The price of `id` in the vendor's first region, for a sense of size where a region's own is not known."""
        rows = self.prices.get(id, {})
        return next((rows[r] for r in HOMES if r in rows), None)

    def source_of(self, row: Row) -> Source:
        return self.sources[row.source]


Row: TypeAlias = Region | Sku | Price | Claim | Country | Rate | Sla | Lifecycle | Copy | Alternative | Site
