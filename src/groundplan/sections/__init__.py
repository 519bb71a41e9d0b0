"""One file a section of a specification document. Knows how to list them; each file knows its own fields."""

from functools import cache

from groundplan.model.knowledge import Section
from groundplan.registry import scan


@cache
def sections() -> dict[str, Section]:
    """Every section by its key, in the order of the keys."""
    return scan("groundplan.sections", "SECTION", Section, lambda s: s.key)
