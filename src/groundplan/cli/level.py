"""The quality level that an existing specification states. Knows how people write it; changes no file."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from groundplan.model.answer import Quality

if TYPE_CHECKING:
    from groundplan.store import Workspace

SPEC = "docs/specs/codebase_spec.md"


def stated_level(workspace: Workspace) -> Quality | None:
    """The level in a line such as `- **Quality level:** production`; None where no line names exactly one."""
    content = workspace.read(SPEC)
    if content is None:
        return None
    return level_in(content.decode("utf-8", "replace"))


def level_in(text: str) -> Quality | None:
    levels: tuple[Quality, ...] = get_args(Quality)
    for line in text.splitlines():
        label, colon, value = line.lower().replace("*", "").replace("_", " ").partition(":")
        if colon and label.strip(" -#|>\t") in ("quality level", "quality", "level"):
            words = value.replace("`", " ").replace(".", " ").replace(",", " ").split()
            found = [level for level in levels if level in words]
            return found[0] if len(found) == 1 else None
    return None
