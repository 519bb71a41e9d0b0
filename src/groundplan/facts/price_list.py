"""Public price lists as offers of our own price ids. Knows the two shapes; reads no network and writes nothing.

A list is not trusted: what does not have the documented shape, names two prices for one thing, or moves a known
price more than tenfold is refused as a whole, because a half-read list is worse than an old one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

import msgspec

from groundplan.model.infrastructure import Facts
from groundplan.model.knowledge import Listed

_T = TypeVar("_T")
_LEAST, _MOST = Decimal("1e-9"), Decimal(100_000)
_TENFOLD = Decimal(10)


class Refused(Exception):
    """Why nothing of the list is taken."""


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    region: str
    unit: str
    amount: Decimal


class Change(msgspec.Struct, frozen=True, kw_only=True):
    offer: Offer
    before: Decimal | None
    """None where no price was known for that region."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    changed: tuple[Change, ...]
    same: int
    absent: tuple[str, ...]
    """Ids that were looked for and that the list does not have in this region."""


class _Item(msgspec.Struct, rename={"currency": "currencyCode", "price": "retailPrice", "region": "armRegionName",
                                    "meter": "meterName", "product": "productName", "unit": "unitOfMeasure",
                                    "primary": "isPrimaryMeterRegion", "least": "tierMinimumUnits"}):  # fmt: skip
    currency: str
    price: Decimal
    region: str
    meter: str
    product: str
    unit: str
    type: str
    primary: bool = True
    least: Decimal = Decimal(0)


class AzurePage(msgspec.Struct, rename={"items": "Items", "next": "NextPageLink"}):
    items: list[_Item]
    next: str | None = None


class _Product(msgspec.Struct):
    sku: str
    attributes: dict[str, str]


class _Dimension(msgspec.Struct, rename={"price": "pricePerUnit", "begin": "beginRange"}):
    unit: str
    price: dict[str, str]
    begin: str = "0"


class _Term(msgspec.Struct, rename={"dimensions": "priceDimensions"}):
    dimensions: dict[str, _Dimension]


class _Terms(msgspec.Struct, rename={"on_demand": "OnDemand"}):
    on_demand: dict[str, dict[str, _Term]]


class _AwsList(msgspec.Struct):
    products: dict[str, _Product]
    terms: _Terms


def azure_page(content: bytes) -> AzurePage:
    """One page of the Retail Prices API; Refused where it has another shape."""
    return _decoded(content, AzurePage)


def azure_offers(pages: Iterable[AzurePage], wanted: Iterable[Listed], region: str) -> list[Offer]:
    items = [
        i
        for page in pages
        for i in page.items
        if i.region == region and i.type == "Consumption" and i.currency == "USD" and i.price > 0
    ]
    found = []
    for listed in wanted:
        hits = [i for i in items if i.meter in listed.meters and re.search(listed.product, i.product)]
        first = [i for i in hits if i.least == min(h.least for h in hits)]
        found += _one(listed, region, [(i.unit, i.price) for i in first])
    return found


def aws_offers(content: bytes, wanted: Iterable[Listed], region: str) -> list[Offer]:
    """What one regional offer file of the bulk list has; Refused where it has another shape."""
    whole = _decoded(content, _AwsList)
    found = []
    for listed in wanted:
        skus = [p.sku for p in whole.products.values() if _is(p, listed, region)]
        prices = [price for sku in skus for price in _first_tier(whole.terms.on_demand.get(sku, {}))]
        found += _one(listed, region, prices)
    return found


def difference(offers: Iterable[Offer], wanted: Iterable[Listed], facts: Facts) -> Difference:
    """What the offers would change; Refused where one of them cannot be right."""
    offers = list(offers)
    changed = [_change(offer, facts) for offer in offers]
    have = {offer.id for offer in offers}
    return Difference(
        changed=tuple(c for c in changed if c.before != c.offer.amount),
        same=sum(1 for c in changed if c.before == c.offer.amount),
        absent=tuple(listed.id for listed in wanted if listed.id not in have),
    )


def _change(offer: Offer, facts: Facts) -> Change:
    if not _LEAST <= offer.amount <= _MOST:
        raise Refused(f"`{offer.id}` in {offer.region} costs {offer.amount:f}, which no {offer.unit} does")
    known = facts.prices.get(offer.id, {}).get(offer.region) or facts.prices.get(offer.id, {}).get("*")
    like = known or facts.elsewhere(offer.id)
    if like is not None and not like.amount / _TENFOLD <= offer.amount <= like.amount * _TENFOLD:
        raise Refused(
            f"`{offer.id}` in {offer.region} goes from {like.amount:f} to {offer.amount:f}, more than tenfold"
        )
    return Change(offer=offer, before=known.amount if known else None)


def _decoded(content: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(content, type=kind, strict=True)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as problem:
        raise Refused(f"it does not have the documented shape: {problem}") from problem


def _is(product: _Product, listed: Listed, region: str) -> bool:
    has = product.attributes
    usage = re.fullmatch(r"([A-Z]{2,4}\d?-)?(.+)", has.get("usagetype", ""))
    if usage is None or usage[2] not in listed.meters or has.get("regionCode", region) != region:
        return False
    return all(re.fullmatch(pattern, has.get(name, "")) for name, pattern in listed.attributes.items())


def _first_tier(terms: dict[str, _Term]) -> list[tuple[str, Decimal]]:
    return [
        (d.unit, _decimal(d.price["USD"]))
        for term in terms.values()
        for d in term.dimensions.values()
        if d.begin == "0" and "USD" in d.price
    ]


def _decimal(text: str) -> Decimal:
    if not re.fullmatch(r"\d{1,9}(\.\d{1,12})?", text):
        raise Refused(f"`{text[:40]}` is no price")
    return Decimal(text)


def _one(listed: Listed, region: str, prices: list[tuple[str, Decimal]]) -> list[Offer]:
    """The one price of a thing; Refused where there are two, or one in another unit."""
    distinct = sorted({(unit, price) for unit, price in prices if price > 0})
    if not distinct:
        return []
    if len(distinct) > 1:
        told = ", ".join(f"{price:f} for {unit}" for unit, price in distinct[:3])
        raise Refused(f"`{listed.id}` has more than one price in {region}: {told}")
    unit, price = distinct[0]
    if unit.lower() not in listed.units:
        raise Refused(f"`{listed.id}` is priced by `{unit[:40]}` and not by {' or '.join(listed.units)}")
    return [Offer(id=listed.id, region=region, unit=listed.unit, amount=(price * listed.factor).normalize())]
