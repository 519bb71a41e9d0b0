"""The built-in phase, read from its compiled form. tools/build_phase.py compiles infrastructure.md."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from groundplan.errors import FactsError
from groundplan.model.question import Phase

INDEX = Path(__file__).parent / "infrastructure.json"
DOCUMENT = Path(__file__).parent / "infrastructure.md"


@cache
def builtin() -> Phase:
    """The six infrastructure questions; raises FactsError (GP901) where the compiled form is missing or damaged."""
    import msgspec

    try:
        return msgspec.json.decode(INDEX.read_bytes(), type=Phase)
    except (OSError, msgspec.MsgspecError) as problem:
        raise FactsError(
            "GP901", f"the questions cannot be read: {problem}", "reinstall groundplan"
        ) from problem
