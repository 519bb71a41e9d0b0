"""`groundplan import`: answers from documents that are filled already. Knows what to show and ask; takes no guess."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import msgspec

from groundplan.cli import commandline
from groundplan.cli.commandline import confirm, say
from groundplan.cli.options import Settings, takes
from groundplan.cli.stop import CLEAN, FINDINGS, UNANSWERED, USAGE, Stop, stop
from groundplan.cli.terminal import Terminal, safe, wrap
from groundplan.drift.proposals import Found, Proposal, proposals
from groundplan.model.answer import Answer, Answers
from groundplan.model.decision import Regions, Scaling

if TYPE_CHECKING:
    from groundplan.cli.session import Session
    from groundplan.model.spec import SectionFill


@commandline.command("import")
@takes("project", "phase", "quality", "input", "yes", "json", "talk")
def command(settings: Settings) -> int:
    """Take answers from documents that are filled already.

    For a repository with specification documents and no groundplan.toml: each field becomes a proposed answer with
    its line as evidence. Nothing is invented: what no reader understands is shown and left open.
    """
    from groundplan.cli.session import open_session

    session = open_session(settings)
    if session.stored is not None and session.stored.answers:
        stop(
            "GP972",
            "groundplan.toml holds answers already",
            "groundplan check reads the documents against them",
        )
    found = _found(session)
    taken = tuple(p for p in found.proposals if p.understood)
    _refuse(found, taken)
    answers = _answers(session, taken)
    if settings.as_json:
        _print_json(found)
    else:
        say(_shown(found, session, settings.device))
    if not settings.yes:
        _confirm(len(taken), settings)
    session.workspace.set_answers(answers, "import")
    if not settings.quiet:
        say(_closing(session, taken), err=True)
    return CLEAN


def _found(session: Session) -> Found:
    from groundplan import facts

    return proposals(session.phase, _fields(session), session.workspace.read, facts.load())


def _fields(session: Session) -> tuple[SectionFill, ...]:
    """The fields to look for: those that the recommended answers would fill, and what the phase's fills lines name."""
    from groundplan.cli.offers import with_defaults
    from groundplan.cli.session import compiled, decided
    from groundplan.fill import generic_sections

    asked = msgspec.structs.replace(session, level="production")
    answers = with_defaults(asked)
    made = compiled(answers, session.phase)
    typed = made.sections if made.plan else ()
    texts = {q.key: Answer(q.title) for q in session.phase.questions}
    titles = msgspec.structs.replace(answers, answers=texts)
    return generic_sections(session.phase, decided(titles, session.phase), typed)


def _refuse(found: Found, taken: tuple[Proposal, ...]) -> None:
    from groundplan.cli.session import refuse_secret

    if found.diagnostics:
        raise Stop(found.diagnostics[0], FINDINGS)
    if not taken:
        stop("GP972", "no filled document holds an answer", "groundplan asks the questions", exit_code=USAGE)
    for proposal in found.proposals:
        refuse_secret(proposal.question, proposal.words)


def _answers(session: Session, taken: tuple[Proposal, ...]) -> Answers:
    said = {p.question: Answer(p.words, "file") for p in taken}
    return msgspec.structs.replace(session.answers, answers=session.answers.answers | said)


def _shown(found: Found, session: Session, device: Terminal) -> str:
    from groundplan.cli.views.echo import echo

    blocks = []
    for proposal in found.proposals:
        where = ", ".join(f"{e.path}:{e.line}" for e in proposal.evidence)
        head = device.paint(proposal.question, "bold") + f"  {device.paint(where, 'dim')}"
        if proposal.understood:
            blocks.append(f"{head}\n{echo(proposal.reading, device)}")
        else:
            told = wrap(f"“{safe(proposal.words)}” was not understood and is left open", device.width - 2)
            blocks.append("\n".join([head, *(f"  {line}" for line in told)]))
    if _several_regions(found):
        blocks.append("Numbers of instances are read for each region; if the document counts all regions together,\n"
                      "change them: groundplan change scaling.max_instances …")  # fmt: skip
    open_ = [q.key for q in session.phase.questions if q.key not in {p.question for p in found.proposals}]
    if open_:
        blocks.append(f"The documents do not say: {', '.join(open_)}")
    return "\n\n".join(blocks)


def _several_regions(found: Found) -> bool:
    places = next(
        (p.reading.value for p in found.proposals if isinstance(p.reading.value, Regions)), Regions()
    )
    counts = next(
        (p.reading.value for p in found.proposals if isinstance(p.reading.value, Scaling)), Scaling()
    )
    return len(places.regions) > 1 and bool(counts.max_instances or counts.initial_instances)


def _print_json(found: Found) -> None:
    from groundplan.cli.views import as_json

    rows = [
        {
            "question": p.question,
            "text": p.words,
            "understood": p.understood,
            "status": p.reading.status,
            "evidence": [as_json.plain(e) for e in p.evidence],
        }
        for p in found.proposals
    ]
    say(as_json.encode({"proposals": rows}), nl=False)


def _confirm(count: int, settings: Settings) -> None:
    from groundplan.cli.prompt import has_terminal

    if settings.no_input or not has_terminal():
        fix = "groundplan import --yes"
        stop("GP964", f"nobody is there to confirm {count} answers", fix, exit_code=UNANSWERED)
    sys.stdout.flush()
    if not confirm(f"Write these {count} answers to groundplan.toml?"):
        stop("GP964", "nothing was written", "groundplan asks the questions", exit_code=UNANSWERED)


def _closing(session: Session, taken: tuple[Proposal, ...]) -> str:
    taken_keys = {p.question for p in taken}
    unclear = [p.question for p in taken if p.reading.status != "ok"]
    missing = [q.key for q in session.phase.questions if q.key not in taken_keys]
    told = f"{len(taken)} answers are in groundplan.toml."
    told += f" To confirm: {', '.join(unclear)}." if unclear else ""
    told += f" Still open: {', '.join(missing)}." if missing else ""
    return told + (" Next: groundplan" if missing else " Next: groundplan check")
