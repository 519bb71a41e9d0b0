"""One file per way to write a lowered plan. Knows how to find them; the files know the syntax."""

from functools import cache

from groundplan.model.knowledge import Target
from groundplan.registry import one, scan


def target(key: str) -> Target:
    """The target called `key`; only its module is imported."""
    return one("groundplan.targets", key, "TARGET", Target)


@cache
def targets() -> dict[str, Target]:
    return scan("groundplan.targets", "TARGET", Target, lambda t: t.key)
