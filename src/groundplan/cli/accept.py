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
@commandline.option(
    "--about", metavar="WORDS", help="Only the findings that speak of this, as --list shows it."
)
@commandline.option("--everywhere", flag=True, help="The code wherever it appears, now and later.")
@commandline.option("--forget", flag=True, help="Take it back: the finding counts again.")
@commandline.option("--list", "listing", flag=True, help="List what was accepted.")
@commandline.argument("code", required=False, metavar="[CODE]")
@takes("project", "talk")
def command(
    settings: Settings,
    code: str | None,
    because: str | None,
    until: str | None,
    about: str | None,
    everywhere: bool,
    forget: bool,
    listing: bool,
) -> int:
    """Live with a finding, for a reason.

    `accept GP403 --because "…"` writes an ignore into groundplan.toml. It holds for what the finding speaks of now:
    the same code about another value or another file counts again. `check` reports it when it has expired or no
    longer matches anything. Without a code it lists what was accepted.
    """
    from groundplan.cli.session import open_session

    session = open_session(settings)
    if code is None or listing:
        say(_listed(session.answers.ignores))
        return CLEAN
    wanted = _known(code)
    if forget:
        return _forget(settings, session, wanted, about)
    reason, day = _reason(wanted, because), _day(until)
    if session.stored is None:
        stop("GP971", "there are no answers yet, so there is nothing to accept", "groundplan")
    abouts = (None,) if everywhere else _abouts(session, wanted, about)
    made = tuple(Ignore(code=wanted, because=reason, about=a, until=day) for a in abouts)
    return _accept(settings, session, made)


def _listed(ignores: tuple[Ignore, ...]) -> str:
    if not ignores:
        return 'Nothing was accepted. Accept a finding: groundplan accept GP403 --because "…"'
    return "\n".join(f"{i.code}  {safe(i.because)}{_bounds(i)}" for i in ignores)


def _bounds(ignore: Ignore) -> str:
    parts = [
        f"about {safe(ignore.about)}" if ignore.about else "",
        f"until {ignore.until}" if ignore.until else "",
    ]
    told = ", ".join(part for part in parts if part)
    return f" ({told})" if told else ""


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


def _reason(code: str, because: str | None) -> str:
    from groundplan.cli.session import refuse_secret

    if because is None or not because.strip():
        fix = f'groundplan accept {code} --because "we know, and …"'
        stop(
            "GP971",
            f"`accept {code}` gives no reason",
            fix,
            "the next reader cannot tell it from an oversight",
        )
    refuse_secret("accept", because)
    return " ".join(because.split())


def _abouts(session: Session, code: str, about: str | None) -> tuple[str | None, ...]:
    """What the findings of this code speak of now; the code as a whole where there is none."""
    from groundplan.cli.session import questions_open

    found = () if questions_open(session) else _spoken_of(session, code)
    if about is None:
        return found or (None,)
    named = tuple(a for a in found if a is not None and _same(about, a))
    if not named:
        there = "; ".join(a for a in found if a) or "nothing"
        stop(
            "GP971", f"no finding `{code}` is about `{about}`", f"`{code}` is about: {there}; or --everywhere"
        )
    return named


def _same(words: str, about: str) -> bool:
    return " ".join(words.split()).lower() in about.lower()


def _spoken_of(session: Session, code: str) -> tuple[str | None, ...]:
    import msgspec

    from groundplan.cli.check import moved
    from groundplan.cli.session import compiled

    bare = msgspec.structs.replace(session.answers, ignores=())
    result = compiled(bare, session.phase)
    found = result.diagnostics
    if code not in {d.code for d in found}:
        found = moved(result, session)
    return tuple(dict.fromkeys(d.about or None for d in found if d.code == code))


def _accept(settings: Settings, session: Session, made: tuple[Ignore, ...]) -> int:
    code, abouts = made[0].code, {ignore.about for ignore in made}
    wider = None in abouts
    others = tuple(
        i for i in session.answers.ignores if i.code != code or not (wider or i.about in (None, *abouts))
    )
    _store(session, (*others, *made))
    if not settings.quiet:
        for ignore in made:
            say(_told(ignore), err=True)
    return CLEAN


def _told(ignore: Ignore) -> str:
    where = f" about {safe(ignore.about)}" if ignore.about else " wherever it appears"
    return f"{ignore.code} is accepted{where}" + (f" until {ignore.until}." if ignore.until else ".")


def _day(until: str | None) -> str | None:
    from datetime import date

    if until is None:
        return None
    try:
        return date.fromisoformat(until.strip()).isoformat()
    except ValueError:
        stop("GP971", f"`--until {until}` is no date", "--until 2026-12-31")


def _forget(settings: Settings, session: Session, code: str, about: str | None) -> int:
    left = tuple(
        i for i in session.answers.ignores if i.code != code or not _same(about or "", i.about or "")
    )
    if left == session.answers.ignores:
        stop(
            "GP971",
            f"`{code}` was not accepted" + (f" about `{about}`" if about else ""),
            "groundplan accept --list",
        )
    _store(session, left)
    if not settings.quiet:
        say(f"{code} counts again.", err=True)
    return CLEAN


def _store(session: Session, ignores: tuple[Ignore, ...]) -> None:
    session.workspace.set_ignores(ignores)
