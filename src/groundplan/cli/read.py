"""`groundplan read`: one answer in, its reading out. Needs a project for its application alone."""

from __future__ import annotations

import sys

from groundplan.cli import commandline
from groundplan.cli.commandline import pour, say
from groundplan.cli.options import Settings, takes
from groundplan.cli.stop import FINDINGS, stop
from groundplan.model.question import Phase, Question


@commandline.command("read")
@commandline.option(
    "--question", "-k", metavar="KEY", help="Which question the text answers: hosting, regions …"
)
@commandline.option("--jsonl", flag=True, help="One {id, question, text} a line in, one reading a line out.")
@commandline.option("--app", flag=True, help="What the project's own files show of the application.")
@commandline.argument("text", required=False)
@takes("project", "phase", "json", "strict", "talk")
def command(settings: Settings, question: str | None, jsonl: bool, app: bool, text: str | None) -> int:
    """Show how one answer is understood, and by which words.

    The answer is TEXT, or standard input without it.
    """
    if app:
        return _application(settings)
    from groundplan.cli.session import phase_of

    phase = phase_of(settings.phase)
    if jsonl:
        return _lines(phase)
    asked = _asked(question, phase)
    return _one(settings, asked, _text(text, asked))


def _application(settings: Settings) -> int:
    from groundplan.cli.session import open_session
    from groundplan.cli.views import as_json
    from groundplan.cli.views.application import application, as_values
    from groundplan.cli.views.findings import findings as told
    from groundplan.detect.findings import findings

    answers = open_session(settings).answers
    found = findings(answers)
    if settings.as_json:
        value = {"application": as_values(answers), "diagnostics": as_json.diagnostics(found)}
        say(as_json.encode(value), nl=False)
    else:
        say(application(answers, settings.device))
        if found:
            say("\n" + told(found, settings.device))
    return FINDINGS if settings.strict and any(d.severity == "warning" for d in found) else 0


def _asked(key: str | None, phase: Phase) -> Question:
    if key is None:
        keys = ", ".join(q.key for q in phase.questions)
        stop(
            "GP960", "`read` needs to know which question the text answers", f"--question KEY, one of {keys}"
        )
    asked = phase.question(key.strip().lower())
    if asked is None:
        stop("GP963", f"no question has the key `{key}`", f"use `{phase.meant(key)}`")
    return asked


def _text(text: str | None, asked: Question) -> str:
    if text is not None:
        return text
    if sys.stdin.isatty():
        stop("GP960", "there is no text to read", f'groundplan read --question {asked.key} "your answer"')
    return sys.stdin.buffer.read().decode("utf-8", "replace").strip("\n")


def _one(settings: Settings, asked: Question, text: str) -> int:
    from groundplan import facts, read
    from groundplan.model.answer import Answer

    reading = read.read(asked, Answer(text), {}, facts.load())
    if settings.as_json:
        from groundplan.cli.views import as_json

        say(as_json.encode(read.to_json(reading)), nl=False)
    else:
        from groundplan.cli.views.echo import echo

        say(echo(reading, settings.device))
    return FINDINGS if settings.strict and reading.status == "unclear" else 0


def _lines(phase: Phase) -> int:
    """Each line by itself: one that cannot be read gets a reading that says so, and the rest goes on."""
    from groundplan import facts, read
    from groundplan.cli.views import as_json
    from groundplan.model.answer import Answer

    known = facts.load()
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        row, asked = _row(line, number, phase)
        reading = read.read(asked, Answer(row["text"]), {}, known)
        pour(as_json.encode_line(read.to_json(reading, row.get("id", str(number)))))
    return 0


def _row(line: bytes, number: int, phase: Phase) -> tuple[dict[str, str], Question]:
    import msgspec

    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        stop(
            "GP962",
            f"line {number} is not JSON: {error}",
            'write {"id": "1", "question": "budget", "text": "…"}',
        )
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        stop("GP962", f"line {number} has no `text`", 'write {"id": "1", "question": "budget", "text": "…"}')
    asked = phase.question(str(row.get("question")))
    if asked is None:
        stop(
            "GP963",
            f"line {number} answers `{row.get('question')}`, which is no question",
            "groundplan questions",
        )
    return row, asked
