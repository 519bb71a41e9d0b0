"""`groundplan explain CODE`: the page of a rule, which is its docstring. Knows no project."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from typing import NoReturn

from groundplan.cli import commandline
from groundplan.cli.commandline import say
from groundplan.cli.options import Settings, takes
from groundplan.cli.stop import stop
from groundplan.cli.terminal import Terminal, wrap
from groundplan.model.knowledge import Rule


@commandline.command("explain")
@commandline.argument("code", metavar="CODE")
@takes("json", "talk")
def command(settings: Settings, code: str) -> int:
    """Why a finding exists, what it costs to ignore it, and what to do instead.

    CODE is the code of a finding (GP301) or the name of its rule.
    """
    from groundplan.rules import rules

    known = rules()
    wanted = code.strip().upper()
    rule = known.get(wanted) or next((r for r in known.values() if r.name == code.strip().lower()), None)
    page = _page(rule) if rule else _other(code, wanted, list(known))
    if settings.as_json:
        _print_json(wanted, rule, page)
    else:
        say(_heading(wanted, rule, settings) + _wrapped(page, settings.device))
    return 0


def _other(code: str, wanted: str, known: list[str]) -> str:
    from groundplan.cli.pages import pages

    others = pages()
    if wanted not in others:
        _unknown(code, [*known, *others])
    return others[wanted]


def page_of(code: str) -> str:
    """The page of a finding, empty where there is none."""
    from groundplan.cli.pages import pages
    from groundplan.rules import rules

    rule = rules().get(code)
    return _page(rule) if rule else pages().get(code, "")


def _page(rule: Rule) -> str:
    """The docstring of the module that holds the rule's check."""
    from inspect import cleandoc

    return cleandoc(sys.modules[rule.check.__module__].__doc__ or "")


def _wrapped(page: str, device: Terminal) -> str:
    """Long lines broken, except in code."""
    lines: list[str] = []
    code = False
    for line in page.splitlines():
        fence = line.startswith("```")
        code = code != fence
        lines += [line] if code or fence else wrap(line, device.width)
    return "\n".join(lines)


def _heading(code: str, rule: Rule | None, settings: Settings) -> str:
    if rule is None:
        return settings.device.paint(f"{code}\n\n", "bold")
    return settings.device.paint(f"{rule.code} {rule.name}", "bold") + f" ({rule.severity})\n\n"


def _print_json(code: str, rule: Rule | None, page: str) -> None:
    from groundplan.cli.views import as_json

    value = {"code": rule.code if rule else code, "page": page}
    if rule:
        value |= {"name": rule.name, "severity": rule.severity, "covers": list(rule.covers)}  # type: ignore[dict-item]  # JSON values differ in type
    say(as_json.encode(value), nl=False)


def _unknown(code: str, known: list[str]) -> NoReturn:
    meant = code.upper()[:2] + code.upper()[2:].translate(str.maketrans("OIL", "011"))
    near = [meant] if meant in known else get_close_matches(meant, known, 1, 0.5)
    hint = f"groundplan explain {near[0]}" if near else "groundplan catalog rules lists them all"
    stop("GP968", f"no finding has the code `{code}`", hint)
