"""One folder a platform, the same file names in each. Knows how to list them; the folders know the platforms."""

from functools import cache

from groundplan.model.knowledge import Platform
from groundplan.registry import scan


@cache
def platforms() -> dict[str, Platform]:
    return scan("groundplan.platforms", "PLATFORM", Platform, lambda p: p.key)
