"""Load the compiled facts. Knows where they are; tools/build_facts.py knows how they are made."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from groundplan.errors import FactsError
from groundplan.model.infrastructure import Facts

INDEX = Path(__file__).parent / "index.json"


@cache
def load() -> Facts:
    """Read the index once; raises FactsError (GP901) where it is missing or damaged."""
    return load_from(INDEX)


def load_from(path: Path) -> Facts:
    import msgspec

    try:
        return msgspec.json.decode(path.read_bytes(), type=Facts)
    except (OSError, msgspec.MsgspecError) as problem:
        raise FactsError(
            "GP901", f"the facts index cannot be read: {problem}", "reinstall groundplan"
        ) from problem
