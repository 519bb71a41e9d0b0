"""What filling has to say of a document. Knows messages; decides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from groundplan.model.diagnostic import Diagnostic, Fix, Where
from groundplan.model.spec import FieldChange
from groundplan.syntax.outline import Heading
from groundplan.syntax.quoting import apart, short

_COMMENT = re.compile(r"<!--.*?-->", re.S)


def kept_note(change: FieldChange) -> Diagnostic:
    """GP701: a person wrote the field, and it stays."""
    theirs, ours = apart(_COMMENT.sub("", change.before), _COMMENT.sub("", change.after))
    return Diagnostic(
        code="GP701",
        name="field-kept",
        severity="warning",
        message=f"`{change.called}` says `{theirs}`, which groundplan did not write, so it stays",
        why=f"the answers give `{ours}`; until one side moves, document and code disagree",
        where=Where(path=change.document, line=change.line, quote=change.before.split("\n")[0]),
        fix=Fix(
            text=f"to keep the line, change the answer in `groundplan.toml`; to take the answer, remove line {change.line} "
            f"of {change.document} and run `groundplan apply`"
        ),
    )


def ambiguous(document: str, what: str, name: str, lines: list[int]) -> Diagnostic:
    """GP702: a section, or a field in its section, is there more than once."""
    listed = " and ".join(str(line) for line in lines)
    rename = f"rename or remove all but one of lines {listed} in {document}, then run `groundplan apply`"
    name_it = f"`groundplan apply --into {document}:{lines[0]}` names the heading that is meant; or {rename}"
    return Diagnostic(
        code="GP702",
        name=f"{what}-twice",
        severity="error",
        message=f"the {what} `{name}` is in `{document}` more than once, in lines {listed}",
        why="nobody can tell which one is meant, so the document was left as it is",
        where=Where(path=document, line=lines[0]),
        fix=Fix(text=name_it if what == "section" else rename),
    )


def uncertain(document: str, name: str, places: Sequence[Heading]) -> Diagnostic:
    """GP705: the section is missing, and a heading speaks of it and of something else."""
    listed = "; ".join(f"line {h.line + 1}, `{short(h.words)}`" for h in places)
    line = places[0].line + 1
    return Diagnostic(
        code="GP705",
        name="section-uncertain",
        severity="error",
        message=f"`{document}` has no section `{name}` of its own, and this may be it: {listed}",
        why="nobody can tell whether the fields belong below it, so the document was left as it is",
        where=Where(path=document, line=line),
        fix=Fix(
            text=f"`groundplan apply --into {document}:{line}` puts them there, "
            f"`groundplan apply --into {document}:new` into a section of their own; once is enough"
        ),
    )


def not_text(document: str, reason: str, line: int | None) -> Diagnostic:
    """GP703: the bytes are no UTF-8 text."""
    return Diagnostic(
        code="GP703",
        name="document-not-utf8",
        severity="error",
        message=f"`{document}` is not UTF-8 text: {reason}",
        why="changing bytes that cannot be read could damage them, so the document was left as it is",
        where=Where(path=document, line=line),
        fix=Fix(text=f"save {document} as UTF-8, then run `groundplan apply`"),
    )


def not_safe(document: str, reason: str) -> Diagnostic:
    """GP704: the edits would not read back as they were meant."""
    return Diagnostic(
        code="GP704",
        name="document-not-editable",
        severity="error",
        message=f"`{document}` cannot be filled safely: {reason}",
        why="the new text would be hidden or would change the meaning of yours, so the document was left as it is",
        where=Where(path=document),
        fix=Fix(text=f"close every code fence and HTML comment in {document}, then run `groundplan apply`"),
    )
