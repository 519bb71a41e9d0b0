"""One file per way to write a lowered plan. Knows how to list them; the files know the syntax."""

from functools import cache

from groundplan.model.knowledge import Target
from groundplan.registry import scan


@cache
def targets() -> dict[str, Target]:
    return scan("groundplan.targets", "TARGET", Target, lambda t: t.key)
