"""`groundplan catalog refresh`: read a public price list, show what differs, write it only on request.

The one place that uses the network. Everything is fetched and checked before anything is written; a list that cannot be
trusted changes nothing.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import NoReturn

from groundplan.cli.commandline import say
from groundplan.cli.options import Settings
from groundplan.cli.stop import ENVIRONMENT, FINDINGS, stop
from groundplan.cli.views.tables import table
from groundplan.facts.price_list import (
    AzurePage,
    Difference,
    Offer,
    Refused,
    aws_offers,
    azure_offers,
    azure_page,
    difference,
)
from groundplan.model.infrastructure import Facts
from groundplan.model.knowledge import PriceList

_LISTS = ("aws", "azure")
_PAGES = 40
FILE = "own-facts.toml"


def refresh(
    settings: Settings,
    platform: str | None,
    region: str | None,
    base: str | None,
    into: str | None,
    write: bool,
    today: str,
) -> int:
    """Compare one vendor's list in one region with what is known; 1 where something differs and nothing is written."""
    from groundplan import facts

    known = facts.load()
    if platform not in _LISTS:
        stop("GP960", "no public price list is known for it", f"--platform {' or --platform '.join(_LISTS)}")
    if region is None or region not in known.regions.get(platform, {}):
        stop(
            "GP960",
            f"`{region or ''}` is no region of {platform}",
            f"groundplan catalog regions --platform {platform}",
        )
    prices: PriceList = importlib.import_module(f"groundplan.platforms.{platform}.price_list").PRICE_LIST
    found = _found(prices, (base or prices.url).rstrip("/"), region, known)
    target = Path(into) if into else Path(settings.project) / FILE
    written = bool(write and found.changed)
    if written:
        _write(found, prices, target, today, known)
    _tell(found, settings, target, written)
    return FINDINGS if found.changed and not written else 0


def _found(prices: PriceList, base: str, region: str, known: Facts) -> Difference:
    """Everything that the list says, or Stop with the reason why nothing of it is taken."""
    try:
        offers = _offers(prices, base, region)
        if not offers:
            raise Refused(f"it has none of the {len(prices.listed)} prices that were looked for")
        return difference(offers, prices.listed, known)
    except Refused as problem:
        _refuse(prices, str(problem))


def _refuse(prices: PriceList, reason: str) -> NoReturn:
    stop(
        "GP970",
        f"the {prices.title} cannot be used: {reason}",
        "nothing was changed; look at the list yourself, or try again later",
        exit_code=ENVIRONMENT,
    )


def _offers(prices: PriceList, base: str, region: str) -> list[Offer]:
    from groundplan.cli.fetch import fetch, query

    offers: list[Offer] = []
    for offer in dict.fromkeys(listed.offer for listed in prices.listed):
        wanted = [listed for listed in prices.listed if listed.offer == offer]
        if prices.shape == "aws":
            content = fetch(f"{base}/offers/v1.0/aws/{offer}/current/{region}/index.json", base)
            offers += aws_offers(content, wanted, region)
            continue
        address: str | None = f"{base}/api/retail/prices?{query(offer, region)}"
        pages: list[AzurePage] = []
        while address:
            if len(pages) == _PAGES:
                raise Refused(f"it has more than {_PAGES} pages for {offer}")
            pages.append(azure_page(fetch(address, base)))
            address = pages[-1].next
        offers += azure_offers(pages, wanted, region)
    return offers


def _write(found: Difference, prices: PriceList, target: Path, today: str, known: Facts) -> None:
    from groundplan.cli.own_facts import NotOurs, merged, save

    try:
        save(target, merged(target, found, prices, today, known))
    except NotOurs as problem:
        stop(
            "GP970",
            str(problem),
            "--into another file, and name both under `[facts] own` in groundplan.toml",
        )
    except OSError as error:
        stop("GP970", f"`{target}` cannot be written: {error.strerror}", "--into FILE", exit_code=ENVIRONMENT)


def _tell(found: Difference, settings: Settings, target: Path, written: bool) -> None:
    if settings.as_json:
        from groundplan.cli.views import as_json

        say(as_json.encode(as_json.plain(found) | {"written": str(target) if written else None}), nl=False)
        return
    head = ("price", "region", "unit", "known", "list")
    rows = [
        (
            c.offer.id,
            c.offer.region,
            c.offer.unit,
            "-" if c.before is None else f"{c.before:f}",
            f"{c.offer.amount:f}",
        )
        for c in found.changed
    ]
    if rows:
        say("\n".join(table([head, *rows], settings.device, right=(3, 4))))
    same = f"{found.same} as known"
    absent = f", {len(found.absent)} not in the list: {', '.join(found.absent)}" if found.absent else ""
    say(f"{len(rows)} differ, {same}{absent}.", err=True)
    if written:
        say(f'{target} written. Name it in groundplan.toml: [facts] own = "{target.name}"', err=True)
    elif rows:
        say("Nothing was written: --write keeps them in an own facts file.", err=True)
