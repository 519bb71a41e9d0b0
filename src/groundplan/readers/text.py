"""Keep the answer to any question without options as it was written. Knows no phase."""

from __future__ import annotations

from groundplan.model.decision import Chosen, Reading, Status
from groundplan.model.infrastructure import Facts
from groundplan.model.knowledge import Reader
from groundplan.model.question import Question
from groundplan.readers._notes import Notes, empty, finish, too_long
from groundplan.readers._status import bare_status


def read(question: Question | None, text: str, facts: Facts) -> Reading:  # noqa: ARG001  # the shape of every reader
    """Keep `text`; say whether it answers at all."""
    notes = Notes("" if too_long(text) else text)
    words = len([t for t in notes.text.tokens if t.kind not in ("symbol", "stop", "line")])
    status: Status = "unclear" if empty(notes) else "ok"
    bare = bare_status(notes)
    said = sum(h.last - h.first for h in notes.text.of("status"))
    if bare != "unclear" and words - said <= 3:
        status = bare
    if status == "ok":
        notes.take("text", 0, len(notes.text.tokens))
    if status == "unclear":
        notes.doubt("text", "what should be written here?", ("leave it open", {"text": ""}))
    notes.use(0, len(notes.text.tokens))
    kept = " ".join(notes.text.raw.split()) if status == "ok" else ""
    return finish(notes, question.key if question else "text", Chosen(text=kept), status)


READER = Reader(key="text", titles=(), value=Chosen, read=read)
