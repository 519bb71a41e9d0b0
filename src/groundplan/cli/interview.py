"""`groundplan interview`: start or resume the questions in a terminal. Knows when there is none."""

from __future__ import annotations

from groundplan.cli import commandline
from groundplan.cli.commandline import say
from groundplan.cli.options import Settings, takes
from groundplan.cli.stop import INTERRUPTED, UNANSWERED, USAGE, stop


@commandline.command("interview")
@takes("project", "answers", "phase", "quality", "input", "talk")
def command(settings: Settings) -> int:
    """Answer the questions one at a time; stop and resume at any moment.

    Every answer is on disk before the next question appears. `why`, `back`, `default`, `don't know` and
    `save and leave` work at each question.
    """
    from groundplan.cli.prompt import has_terminal

    if settings.no_input or not has_terminal():
        return _without_terminal(settings)
    import gc

    from groundplan.cli.conversation import Conversation

    gc.enable()  # an interview lives for minutes
    talk = Conversation(settings)
    try:
        return talk.run()
    except (KeyboardInterrupt, EOFError):
        say(f"\nEverything is saved. Go on with: {talk.resume}", err=True)
        return INTERRUPTED


def _without_terminal(settings: Settings) -> int:
    """Nobody can be asked: name the flag that would have supplied the first open answer."""
    from groundplan.cli.complete import refuse_open
    from groundplan.cli.session import open_session, questions_open

    session = open_session(settings)
    missing = questions_open(session)
    if missing and not settings.defaults:
        refuse_open(list(missing))
    stop(
        "GP965",
        "the interview needs a terminal"
        if missing
        else "everything is answered, and there is no terminal to talk to",
        "groundplan review, groundplan apply --yes, or groundplan check",
        exit_code=UNANSWERED if missing else USAGE,
    )
