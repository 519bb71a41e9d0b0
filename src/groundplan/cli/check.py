"""`groundplan check`: the rules' findings, and drift between answers, documents and code. Writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groundplan.cli import commandline
from groundplan.cli.commandline import say
from groundplan.cli.options import CASE, Settings, takes
from groundplan.model.diagnostic import Diagnostic

if TYPE_CHECKING:
    from groundplan.cli.session import Session
    from groundplan.pipeline import Compilation

FORMATS = ("human", "json", "sarif", "github")


@commandline.command("check")
@commandline.option("--format", "form", choices=FORMATS, default="human", help="How to print.")
@takes(*CASE, "json", "strict")
def command(settings: Settings, form: str) -> int:
    """Findings of all rules, and what has drifted since the last apply.

    Drift is looked for once something was applied; before that there is nothing that could have moved. It writes
    nothing and needs no right to write.
    """
    from groundplan.cli.complete import completed
    from groundplan.cli.session import compiled
    from groundplan.cli.stop import exit_code

    session = completed(settings)
    result = compiled(session.answers, session.phase)
    found = (*result.diagnostics, *_drift(result, session))
    _print(found, session, "json" if settings.as_json else form, settings)
    return exit_code(found, settings.strict)


def _print(found: tuple[Diagnostic, ...], session: Session, form: str, settings: Settings) -> None:
    if form == "json":
        from groundplan.cli.views import as_json

        say(as_json.encode({"diagnostics": as_json.diagnostics(found)}), nl=False)
    elif form == "human":
        from groundplan.cli.views.findings import findings

        say(findings(found, settings.device))
    else:
        from groundplan.cli.located import located

        say(_for_machines(located(found, session.workspace.read("groundplan.toml")), form), nl=False)


def _for_machines(found: tuple[Diagnostic, ...], form: str) -> str:
    if form == "github":
        from groundplan.cli.views.github import annotated

        return annotated(found)
    from groundplan.cli.explain import page_of
    from groundplan.cli.views.sarif import sarif

    return sarif(found, {d.code: page_of(d.code) for d in found})


def _drift(result: Compilation, session: Session) -> tuple[Diagnostic, ...]:
    import time

    from groundplan.check import settle_drift

    found = moved(result, session)
    return settle_drift(found, session.answers.ignores, time.strftime("%Y-%m-%d"))


def moved(result: Compilation, session: Session) -> tuple[Diagnostic, ...]:
    """Drift, whatever is accepted of it; none before the first apply."""
    generation, problems = session.workspace.load_generation()
    if problems or not (generation.files or generation.written):
        return problems
    from groundplan.cli.money import facts_for
    from groundplan.drift import Reader, application_moved, changed, drift, plan_changes, said

    reader = Reader(phase=result.phase, decisions=result.decisions, facts=facts_for(session.answers))
    moved = changed(generation.answers, said(session.answers))
    found = drift(plan_changes(result, session.workspace.read, generation), reader, moved)
    return (*application_moved(generation.answers, session.answers), *found)
