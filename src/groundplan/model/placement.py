"""Where one kind of data lies, and whether that is inside the area a person named. States places, judges no law."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

What: TypeAlias = Literal[
    "compute", "database", "cache", "queue", "storage", "logs", "images", "tool", "backup", "pair"
]


class Placement(msgspec.Struct, frozen=True, kw_only=True):
    what: What
    component: str
    provider: str
    region: str = ""
    """Region or site code; empty where it is not known."""
    city: str = ""
    country: str = ""
    """ISO 3166-1 alpha-2; empty where it is not known."""
    inside: bool | None = None
    """Inside every area that was named; None where no area was named or the place is not known."""
    choice: str = ""
    """When a person chooses another place, `sign-up` say; empty where nothing is to choose."""
    note: str = ""
