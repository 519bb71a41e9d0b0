"""Look at the files of the project that show how its application runs. Follows no link, reads 1 MB of one at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from groundplan.errors import StoreError
from groundplan.model.application import Detected, Remark, Source

if TYPE_CHECKING:
    from groundplan.store import Workspace

_WHY = {
    "GP921": "is, or lies behind, a symbolic link, and links are not followed",
    "GP922": "is no file",
    "GP923": "is larger than 1 MB",
}


def look(workspace: Workspace) -> Detected:
    """What the project's own files show; files that cannot be read are remarks."""
    from groundplan.detect import LARGEST, detect

    seen: dict[str, str | None] = {}
    unread: dict[str, str] = {}

    def read(path: str) -> str | None:
        if path not in seen:
            seen[path] = _text(workspace, path, LARGEST, unread)
        return seen[path]

    found = detect(read)
    remarks = tuple(
        Remark(kind="unread", message=why, source=Source(path, 1, "")) for path, why in unread.items()
    )
    return msgspec.structs.replace(found, remarks=(*remarks, *found.remarks)) if remarks else found


def _text(workspace: Workspace, path: str, limit: int, unread: dict[str, str]) -> str | None:
    try:
        return workspace.glance(path, limit)
    except UnicodeDecodeError:
        unread[path] = "is not UTF-8"
    except StoreError as error:
        unread[path] = _WHY.get(error.code, "cannot be opened")
    return None
