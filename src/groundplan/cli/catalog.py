"""`groundplan catalog`: what is known, with sources and dates. Reads facts and registries; judges nothing."""

from __future__ import annotations

from groundplan.cli import commandline
from groundplan.cli.commandline import say
from groundplan.cli.options import Settings, takes
from groundplan.cli.stop import stop
from groundplan.cli.terminal import Terminal
from groundplan.cli.views.catalogue import KINDS, Rows, columns, rows_of
from groundplan.cli.views.tables import table
from groundplan.platforms import platforms
from groundplan.services import services

STALE_DAYS = 180


@commandline.command("catalog")
@commandline.argument("kind", choices=(*KINDS, "refresh"))
@commandline.option("--platform", metavar="KEY", help="Only rows of this platform or service: fly, datadog …")
@commandline.option("--region", metavar="CODE", help="Only rows of this region.")
@commandline.option("--stale", flag=True, help=f"Only rows whose source is older than {STALE_DAYS} days.")
@commandline.option("--today", metavar="DATE", help="The day that age is counted to (default: today).")
@commandline.option(
    "--list", "price_list", metavar="URL", help="refresh: a price list in place of the vendor's."
)
@commandline.option(
    "--into", metavar="FILE", help="refresh: the own facts file to write (default: own-facts.toml)."
)
@commandline.option("--write", flag=True, help="refresh: write what changed; without it nothing is written.")
@takes("project", "json", "talk")
def command(
    settings: Settings,
    kind: str,
    platform: str | None,
    region: str | None,
    stale: bool,
    today: str | None,
    price_list: str | None,
    into: str | None,
    write: bool,
) -> int:
    """Platforms, regions, prices, services and rules that are known, each with its source.

    `refresh` reads a vendor's public price list (aws, azure), shows what differs, and is the only command that uses
    the network.
    """
    if kind == "refresh":
        from groundplan.cli.refresh import refresh

        return refresh(settings, platform, region, price_list, into, write, _today(today))
    rows = _narrowed(kind, rows_of(kind), platform, region)
    rows = _aged(rows, _today(today))
    old = [row for row in rows if row.get("stale")]
    shown = old if stale else rows
    if settings.as_json:
        from groundplan.cli.views import as_json

        say(as_json.encode({kind: shown}), nl=False)
        return 0
    lines = _table(kind, shown, settings.device)
    if old and not stale and not settings.quiet:
        lines.append(f"{len(old)} of {len(rows)} rows are older than {STALE_DAYS} days: --stale lists them")
    say("\n".join(lines))
    return 0


def _narrowed(kind: str, rows: Rows, platform: str | None, region: str | None) -> Rows:
    """Rows of that platform and region; a name that the catalogue does not know is refused, never an empty table."""
    if platform is not None:
        _known("platform", platform, {*platforms(), *services(), *(o for row in rows for o in _owners(row))})
        rows = [row for row in rows if platform in _owners(row)]
    if region is not None:
        _placed(kind, region, rows, platform)
        rows = [row for row in rows if row.get("region") == region]
    return rows


def _placed(kind: str, region: str, rows: Rows, platform: str | None) -> None:
    """Prices may be unknown in a region that is there; a region that nobody has is a slip."""
    if kind not in ("regions", "prices"):
        stop("GP960", f"`catalog {kind}` has no regions to choose from", f"groundplan catalog {kind}")
    there = rows if kind == "regions" else [*rows, *rows_of("regions")]
    there = [row for row in there if platform is None or platform in _owners(row)]
    _known("region", region, {str(row["region"]) for row in there}, f" of {platform}" if platform else "")


def _known(flag: str, value: str, names: set[str], whose: str = "") -> None:
    if value in names:
        return
    from difflib import get_close_matches

    near = get_close_matches(value.lower(), sorted(names), 1, 0.5)
    fix = f"--{flag} {near[0]}" if near else f"groundplan catalog {flag}s"
    stop("GP960", f"the catalogue has no {flag} `{value}`{whose}", fix)


def _owners(row: dict[str, object]) -> list[str]:
    owner = row.get("provider") or row.get("key") or row.get("platforms")
    owner = owner or str(row.get("id", "")).split(".")[0]
    return [str(o) for o in owner] if isinstance(owner, list) else [str(owner)]


def _today(stated: str | None) -> str:
    """ISO date; the clock is read here and nowhere below."""
    from datetime import date

    if stated is None:
        return date.today().isoformat()
    try:
        return date.fromisoformat(stated).isoformat()
    except ValueError:
        stop("GP960", f"`--today {stated}` is no date", "--today 2026-11-24")


def _aged(rows: Rows, today: str) -> Rows:
    """Each row that has a date, with its age in days and whether that is too much."""
    from datetime import date

    now = date.fromisoformat(today)
    made = []
    for row in rows:
        dated = row.get("date")
        days = (now - date.fromisoformat(str(dated))).days if dated else None
        made.append(row | ({} if days is None else {"age_days": days, "stale": days > STALE_DAYS}))
    return made


def _table(kind: str, rows: Rows, device: Terminal) -> list[str]:
    names = columns(kind)
    body = [tuple(_cell(row.get(name)) for name in names) for row in rows]
    return table([names, *body], device)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(v) for v in value) or "-"
    return "-" if value is None or value == "" else str(value)
