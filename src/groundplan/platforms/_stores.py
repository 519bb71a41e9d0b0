"""How large a store is: what a size by its vendor's name holds, and the nearest size that holds what was stated."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from groundplan.model.decision import Size
from groundplan.model.infrastructure import Facts, Sku
from groundplan.model.plan import StoreNeed, StoreWish
from groundplan.syntax.patterns import late

CUSTOM = late(r"db-custom-(\d+)-(\d+)")
"""Cloud SQL writes vCPUs and MB into the name."""
_TIMES = late(r"\d+xlarge")


def of_size(size: Size, facts: Facts) -> Sku | None:
    """What a size by its vendor's own name holds; None where that is not known."""
    custom = CUSTOM.fullmatch(size.name)
    if custom:
        return Sku(
            provider="gcp",
            id=size.name,
            cpu=Decimal(custom[1]),
            memory_mib=int(custom[2]),
            kind="database",
            source="",
        )
    known = facts.skus.get(size.provider, {})
    prefix = "redis" if size.part == "cache" else "postgres"
    return known.get(f"{prefix}.{size.name}") or known.get(size.name) or rds(size.name, facts)


def rds(size: str, facts: Facts) -> Sku | None:
    """A class of RDS has the processors and the memory of the instance type in its name."""
    family, _, step = size.removeprefix("db.").partition(".")
    times = int(step.removesuffix("xlarge")) if _TIMES.fullmatch(step) else 1
    known = facts.skus.get("aws", {})
    row = known.get(f"{family}.xlarge" if times > 1 else f"{family}.{step}")
    if row is None or not size.startswith("db."):
        return None
    return Sku(
        provider="aws",
        id=size,
        cpu=row.cpu * times,
        memory_mib=row.memory_mib * times,
        kind="database_burst" if family.startswith("t") else "database",
        source=row.source,
    )


def holds(size: Sku, need: StoreNeed, gb: Decimal = Decimal(0)) -> bool:
    """Whether `size` has the memory, the processors where they have to be its own, and room for `gb` on disk."""
    if need.unknown or size.memory_mib < need.memory_mib or (size.storage_gb and size.storage_gb < gb):
        return False
    return not need.steady or (not size.kind.endswith("_burst") and size.cpu >= need.cpu)


def nearest(
    every: Iterable[Sku], need: StoreNeed, facts: Facts, price: str, gb: Decimal = Decimal(0)
) -> Sku | None:
    """The size with the least memory that holds it, the cheapest of equals; `price` is its price id with {} for its
    own id. None where none of `every` holds it."""

    def rank(size: Sku) -> tuple[object, ...]:
        known = facts.elsewhere(price.format(size.id)) or facts.price(price.format(size.id), None)
        return size.memory_mib, size.cpu, known is None, known.amount if known else 0, size.id

    return min((s for s in every if holds(s, need, gb)), key=rank, default=None)


def memory(mib: int) -> str:
    """`16 GB`, `6.38 GB` and `512 MB`."""
    return (
        f"{(Decimal(mib) / 1024).quantize(Decimal('0.01')).normalize():f} GB" if mib >= 1024 else f"{mib} MB"
    )


def none_holds(need: StoreNeed) -> str:
    """Stands for a size where none with a known price holds it, so that its price is missing by name."""
    return f"a size for {need.said}"


def reason(wish: StoreWish, size: str | None, usual: str) -> str:
    """Why a store is as large as it is."""
    if size:
        return "the size that was stated"
    return f"the nearest size that holds {wish.need.said}" if wish.need else usual
