"""`groundplan review`: everything that was understood, what conflicts, what it costs, what would be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from groundplan.cli import commandline
from groundplan.cli.commandline import say
from groundplan.cli.options import CASE, Settings, takes
from groundplan.cli.stop import UNANSWERED, exit_code
from groundplan.cli.terminal import Terminal

if TYPE_CHECKING:
    from groundplan.cli.session import Session
    from groundplan.pipeline import Compilation

_ORIGIN = {
    "default": "a default, to be confirmed",
    "detected": "detected",
    "file": "from the answers file",
    "answered": "answered",
}


@commandline.command("review")
@takes(*CASE, "json", "strict")
def command(settings: Settings) -> int:
    """What was understood, conflicts, cost, options, and what would be written.

    Writes nothing.
    """
    from groundplan.cli.session import compiled, questions_open

    session = _opened(settings)
    result = compiled(session.answers, session.phase)
    if settings.as_json:
        from groundplan.cli.views import as_json

        say(as_json.encode(_json(result)), nl=False)
    else:
        say(page(result, session, settings.device))
    missing = questions_open(session)
    if missing and not settings.quiet:
        say(f'Not answered yet: {", ".join(missing)}; --data {missing[0]}="…" or --defaults', err=True)
    return UNANSWERED if missing else exit_code(result.diagnostics, settings.strict)


def _opened(settings: Settings) -> Session:
    """The session with whatever is answered: a review shows what is open, instead of refusing it."""
    from groundplan.cli.complete import completed

    return completed(settings, need=())


def page(result: Compilation, session: Session, device: Terminal) -> str:
    """The whole review, in the order in which a person checks it."""
    from groundplan.cli.apply import listing
    from groundplan.cli.views.findings import findings

    blocks = [_answers(result, device)]
    if result.plan:
        from groundplan.cli.views.application import application

        blocks.append(_headed("Application", application(session.answers, device), device))
    if result.diagnostics:
        blocks.append(_headed("Findings", findings(result.diagnostics, device), device))
    blocks.append(_headed("Cost", _cost(result, device), device))
    if result.options:
        from groundplan.cli.views.money import options

        blocks.append(_headed("Options for the same capacity", options(result.options, device), device))
    if result.plan and result.plan.draft.residency:
        from groundplan.cli.views.places import places

        blocks.append(_headed("Where data lies", places(result, device), device))
    blocks.append(_headed("Files", listing(result, session, device), device))
    return "\n\n".join(blocks)


def _headed(title: str, text: str, device: Terminal) -> str:
    fill = device.sign("─", "-") * max(device.width - len(title) - 4, 3)
    return f"{device.paint(title, 'bold')} {device.paint(fill, 'dim')}\n{text}"


def _cost(result: Compilation, device: Terminal) -> str:
    from groundplan.cli.views.money import headline

    if result.estimate:
        return headline(result.estimate, device)
    hosting = result.decisions.hosting
    return "Nothing can be priced: " + (
        f"{', '.join(hosting.platforms)} cannot be planned yet"
        if hosting.platforms
        else "no platform is chosen"
    )


def _answers(result: Compilation, device: Terminal) -> str:
    blocks = []
    for question in result.phase.questions:
        answer = result.answers.answers.get(question.key)
        said = _ORIGIN[answer.origin] if answer else "not answered; what the plan needs is assumed"
        head = f"{device.paint(f'{question.number}. {question.title}', 'bold')} {device.paint(f'({said})', 'dim')}"
        blocks.append(head + ("\n" + understood(result, question.key, device) if answer else ""))
    return "\n\n".join(blocks)


def understood(result: Compilation, key: str, device: Terminal, follow_ups: bool = False) -> str:
    """The echo of one answer, with the findings and the assumptions of the plan that belong to it."""
    from groundplan.cli.views.echo import echo

    assumptions = result.plan.assumptions if result.plan else ()
    reading = result.decisions.readings[key]
    return echo(reading, device, result.diagnostics, assumptions, follow_ups)


def _json(result: Compilation) -> dict[str, Any]:  # Any: JSON values
    from groundplan import read
    from groundplan.cli.views import as_json
    from groundplan.cli.views.application import as_values as application_json

    origins = {key: answer.origin for key, answer in result.answers.answers.items()}
    return {
        "project": {"name": result.answers.project.name, "quality": result.answers.project.quality},
        "readings": [
            {"origin": origins.get(k)} | read.to_json(r) for k, r in result.decisions.readings.items()
        ],
        "application": application_json(result.answers),
        "unanswered": list(result.unanswered),
        "diagnostics": as_json.diagnostics(result.diagnostics),
        "estimate": as_json.estimate(result.estimate) if result.estimate else None,
        "options": [as_json.plain(row) for row in result.options],
        "placements": [as_json.plain(row) for row in result.placements],
        "files": [{"path": f.path, "purpose": f.purpose} for f in result.files],
        "documents": sorted({section.document for section in result.sections}),
    }
