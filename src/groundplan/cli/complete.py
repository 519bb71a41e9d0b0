"""Making sure that nothing is open where nobody can be asked. Knows which flag supplies what."""

from __future__ import annotations

import msgspec

from groundplan.cli.commandline import say
from groundplan.cli.options import Settings
from groundplan.cli.session import Session, open_session, questions_open
from groundplan.cli.stop import UNANSWERED, stop


def completed(settings: Settings, need: tuple[str, ...] | None = None) -> Session:
    """The session with every needed question answered; `need` None means all that the level asks.

    Stop with exit code 3 where one is open, naming the flag that would have supplied it.
    """
    session = open_session(settings)
    if settings.defaults:
        from groundplan.cli.offers import with_defaults

        session = msgspec.structs.replace(session, answers=with_defaults(session))
    missing = [key for key in questions_open(session) if need is None or key in need]
    if missing:
        refuse_open(missing)
    tell(settings, session)
    return session


def tell(settings: Settings, session: Session) -> None:
    """With -v: what this run works on, and where each answer came from."""
    if not settings.verbose:
        return
    origins = ", ".join(f"{key} ({answer.origin})" for key, answer in session.answers.answers.items())
    project = session.answers.project
    say(f"project {project.name} ({project.quality}) in {session.workspace.root.resolve()}", err=True)
    say(f"phase {session.phase.source}, answers: {origins or 'none'}", err=True)
    if session.workspace.recovered.outcome != "nothing":
        say(f"an apply that was cut short was {session.workspace.recovered.outcome}", err=True)


def refuse_open(keys: list[str]) -> None:
    count = f"{len(keys)} questions are" if len(keys) > 1 else "one question is"
    stop(
        "GP964",
        f"{count} not answered: {', '.join(keys)}",
        f'--data {keys[0]}="…", --answers-file FILE, or --defaults; with a terminal: groundplan',
        exit_code=UNANSWERED,
    )
