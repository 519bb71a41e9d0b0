"""What the flags and the project say about money: figures to assume, own prices. Knows flags; prices nothing."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import msgspec

from groundplan.cli.stop import stop
from groundplan.model.answer import Answers
from groundplan.model.quantity import Range

if TYPE_CHECKING:
    from groundplan.model.infrastructure import Facts


def with_assumed(answers: Answers, flags: tuple[str, ...]) -> Answers:
    """Add each `NAME=FIGURE`; a flag wins over the project's `[assume]`."""
    if not flags:
        return answers
    own = dict(answers.assume)
    for flag in flags:
        name, equals, text = flag.partition("=")
        if not equals:
            stop("GP960", f"`--assume {flag}` is not NAME=FIGURE", "--assume egress_gb=200")
        own[_known(name.strip())] = _figure(name, text)
    return msgspec.structs.replace(answers, assume=own)


def _known(name: str) -> str:
    from groundplan.store.answers_money import load_fields

    known = load_fields()
    if name in known or re.fullmatch(r"usd_per_[a-z]{3}", name):
        return name
    return _refused(name, known)


def _refused(name: str, known: tuple[str, ...]) -> NoReturn:
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), known, 1, 0.5)
    fix = f"--assume {near[0]}=…" if near else f"use one of {', '.join(known)}, or usd_per_eur"
    stop("GP960", f"nothing is assumed under the name `{name}`", fix)


def _figure(name: str, text: str) -> Range:
    from groundplan.store.answers_money import load_range

    try:
        numbers = [Decimal(part.strip()) for part in text.split(",")]
    except InvalidOperation:
        numbers = []
    found = load_range(name.strip(), numbers[0] if len(numbers) == 1 else numbers) if numbers else None
    if found is None:
        stop(
            "GP960",
            f"`--assume {name}={text}` is no figure",
            f"one number, or three that do not fall: --assume {name}=10,50,200",
        )
    return found


def facts_for(answers: Answers) -> Facts:
    """The shipped facts, under the person's own where the project names files of them."""
    from groundplan import facts

    known = facts.load()
    for path in answers.own_facts:
        known = _with_file(known, Path(path))
    return known


def _with_file(known: Facts, path: Path) -> Facts:
    """Stop where the file cannot be read or a row of it cannot be used: a wrong price is worse than none."""
    from groundplan.facts.own import Malformed, with_own

    try:
        return with_own(known, path.read_text("utf-8-sig"), str(path))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        stop(
            "GP969",
            f"the own facts `{path}` cannot be read: {reason}",
            "name a TOML file under `[facts] own`",
        )
    except Malformed as problem:
        stop("GP969", f"the own facts cannot be used: {problem}", "correct that row; nothing was computed")
