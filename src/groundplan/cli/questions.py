"""`groundplan questions`: the phase as it was understood. Knows no answers."""

from __future__ import annotations

from groundplan.cli import commandline
from groundplan.cli.commandline import say
from groundplan.cli.options import Settings, takes
from groundplan.cli.terminal import Terminal, wrap
from groundplan.model.question import Phase, Question


@commandline.command("questions")
@takes("phase", "json", "talk")
def command(settings: Settings) -> int:
    """The questions of the phase, as they were understood.

    With --phase FILE any Markdown document in the format of the built-in one is read instead.
    """
    from groundplan.cli.session import phase_of

    phase = phase_of(settings.phase)
    if settings.as_json:
        from groundplan.cli.views import as_json

        say(as_json.encode(as_json.questions(phase)), nl=False)
        return 0
    say(_page(phase, settings.device))
    return 0


def _page(phase: Phase, device: Terminal) -> str:
    head = device.paint(phase.title, "bold") + f" ({len(phase.questions)} questions, {phase.source})"
    return "\n\n".join([head, *(_block(question, device) for question in phase.questions)])


def _block(question: Question, device: Terminal) -> str:
    title = device.paint(f"{question.number}. {question.title}", "bold")
    rows = [
        ("key", question.key),
        ("required", question.requirement),
        ("asks", question.prompt),
        ("options", ", ".join(option.name for option in question.options)),
        ("blanks", ", ".join(question.blanks)),
        ("fills", "; ".join(f"{fill.document}: {fill.section}" for fill in question.fills)),
    ]
    lines = [title]
    for label, text in rows:
        if text:
            first, *rest = wrap(text, device.width - 14)
            lines += [f"  {device.paint(f'{label:<10}', 'dim')}{first}", *(f"{'':12}{line}" for line in rest)]
    return "\n".join(lines)
