"""`groundplan accept`: live with a finding, for a reason and until a day. Knows the answers file; judges nothing."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from groundplan.cli import commandline
from groundplan.cli.commandline import say
from groundplan.cli.options import Settings, takes
from groundplan.cli.stop import CLEAN, stop
from groundplan.cli.terminal import safe
from groundplan.model.answer import Ignore

if TYPE_CHECKING:
    from groundplan.cli.session import Session


@commandline.command("accept")
@commandline.option("--because", metavar="REASON", help="Why; kept with the answers for the next reader.")
@commandline.option("--until", metavar="DATE", help="The last day it holds, as in 2026-12-31.")
@commandline.option("--forget", flag=True, help="Take it back: the finding counts again.")
@commandline.option("--list", "listing", flag=True, help="List what was accepted.")
@commandline.argument("code", required=False, metavar="[CODE]")
@takes("project", "talk")
def command(
    settings: Settings, code: str | None, because: str | None, until: str | None, forget: bool, listing: bool
) -> int:
    """Live with a finding, for a reason.

    `accept GP403 --because "…"` writes an ignore into groundplan.toml; `check` reports it when it has expired or
    no longer matches anything. Without a code it lists what was accepted.
    """
    from groundplan.cli.session import open_session

    session = open_session(settings)
    if code is None or listing:
        say(_listed(session.answers.ignores))
        return CLEAN
    wanted = _known(code)
    if forget:
        return _forget(settings, session, wanted)
    return _accept(settings, session, wanted, because, until)


def _listed(ignores: tuple[Ignore, ...]) -> str:
    if not ignores:
        return 'Nothing was accepted. Accept a finding: groundplan accept GP403 --because "…"'
    return "\n".join(
        f"{i.code}  {safe(i.because)}" + (f" (until {i.until})" if i.until else "") for i in ignores
    )


def _known(code: str) -> str:
    """The code as it is written; Stop where no finding has it or where it cannot be accepted."""
    from groundplan.cli.pages import pages
    from groundplan.rules import rules

    known = {key: rule.name for key, rule in rules().items()}
    wanted = next((c for c, name in known.items() if name == code.strip().lower()), code.strip().upper())
    if wanted.startswith("GP9"):
        fix = f"groundplan explain {wanted} says what mends it"
        stop("GP971", f"`{wanted}` is about the tool itself and cannot be accepted", fix)
    if wanted not in known and wanted not in pages():
        meant = wanted[:2] + wanted[2:].translate(str.maketrans("OIL", "011"))
        near = [meant] if meant in known else get_close_matches(meant, [*known, *pages()], 1, 0.5)
        stop("GP968", f"no finding has the code `{code}`", f"groundplan accept {near[0]}" if near else "")
    return wanted


def _accept(settings: Settings, session: Session, code: str, because: str | None, until: str | None) -> int:
    from groundplan.cli.session import refuse_secret

    if because is None or not because.strip():
        fix = f'groundplan accept {code} --because "we know, and …"'
        stop(
            "GP971",
            f"`accept {code}` gives no reason",
            fix,
            "the next reader cannot tell it from an oversight",
        )
    if session.stored is None:
        stop("GP971", "there are no answers yet, so there is nothing to accept", "groundplan")
    refuse_secret("accept", because)
    ignore = Ignore(code=code, because=" ".join(because.split()), until=_day(until))
    others = tuple(i for i in session.answers.ignores if i.code != code)
    _store(session, (*others, ignore))
    if not settings.quiet:
        say(f"{code} is accepted" + (f" until {ignore.until}" if ignore.until else "") + ".", err=True)
    return CLEAN


def _day(until: str | None) -> str | None:
    from datetime import date

    if until is None:
        return None
    try:
        return date.fromisoformat(until.strip()).isoformat()
    except ValueError:
        stop("GP971", f"`--until {until}` is no date", "--until 2026-12-31")


def _forget(settings: Settings, session: Session, code: str) -> int:
    left = tuple(i for i in session.answers.ignores if i.code != code)
    if left == session.answers.ignores:
        stop("GP971", f"`{code}` was not accepted", "groundplan accept --list")
    _store(session, left)
    if not settings.quiet:
        say(f"{code} counts again.", err=True)
    return CLEAN


def _store(session: Session, ignores: tuple[Ignore, ...]) -> None:
    session.workspace.set_ignores(ignores)
