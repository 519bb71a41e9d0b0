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


@commandline.command("check")
@commandline.option("--format", "form", choices=["human", "json"], default="human", help="How to print.")
@takes(*CASE, "json", "strict")
def command(settings: Settings, form: str) -> int:
    """Findings of all rules, and what has drifted since the last apply.

    Drift is looked for once something was applied; before that there is nothing that could have moved.
    """
    from groundplan.cli.complete import completed
    from groundplan.cli.review import exit_code
    from groundplan.cli.session import compiled

    session = completed(settings)
    result = compiled(session.answers, session.phase)
    found = (*result.diagnostics, *_drift(result, session))
    if settings.as_json or form == "json":
        from groundplan.cli.views import as_json

        say(as_json.encode({"diagnostics": as_json.diagnostics(found)}), nl=False)
    else:
        from groundplan.cli.views.findings import findings

        say(findings(found, settings.device))
    return exit_code(found, settings.strict)


def _drift(result: Compilation, session: Session) -> tuple[Diagnostic, ...]:
    generation, problems = session.workspace.load_generation()
    if problems or not (generation.files or generation.written):
        return problems
    from groundplan.drift import drift, plan_changes

    return drift(plan_changes(result, session.workspace.read, generation))
