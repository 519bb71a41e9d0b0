"""The text of `--diff`. Knows the unified form that `patch` and git read."""

from __future__ import annotations

from groundplan.drift.types import Changes


def unified_diff(changes: Changes) -> str:
    """The text of `--diff`: what would change in each file, in the form that `patch` and git read."""
    return "".join(diff_of(c.path, c.before, c.after) for c in changes.touched)


def diff_of(path: str, before: bytes | None, after: bytes | None) -> str:
    """The change of one file; None where there is none."""
    from difflib import unified_diff as compare

    old = "/dev/null" if before is None else f"a/{path}"
    new = "/dev/null" if after is None else f"b/{path}"
    lines = compare(_lines(before), _lines(after), old, new)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(content: bytes | None) -> list[str]:
    """Split at line feeds alone: other breaks are part of a line."""
    text = (content or b"").decode("utf-8", "replace")
    return [line + "\n" for line in text.split("\n")[:-1]] + (
        [text.rpartition("\n")[2]] if text[-1:] not in ("", "\n") else []
    )
