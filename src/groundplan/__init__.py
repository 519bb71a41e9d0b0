"""groundplan: a compiler for infrastructure decisions.

The public surface is `compile()`, the core types and `__version__`; everything else may change.
"""

from __future__ import annotations

from groundplan.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing is half of what importing this costs
    from typing import Any

    from groundplan.model.answer import Answer, Answers, Project
    from groundplan.model.diagnostic import Diagnostic
    from groundplan.model.estimate import Estimate
    from groundplan.model.plan import Plan
    from groundplan.pipeline import Compilation, compile

_HOME = {
    "Answer": "groundplan.model.answer",
    "Answers": "groundplan.model.answer",
    "Compilation": "groundplan.pipeline",
    "Diagnostic": "groundplan.model.diagnostic",
    "Estimate": "groundplan.model.estimate",
    "Plan": "groundplan.model.plan",
    "Project": "groundplan.model.answer",
    "compile": "groundplan.pipeline",
}

__all__ = [
    "Answer", "Answers", "Compilation", "Diagnostic", "Estimate", "Plan", "Project", "__version__", "compile",
]  # fmt: skip


def __getattr__(name: str) -> Any:  # Any: each name has its own type, given to checkers above
    if name not in _HOME:
        raise AttributeError(f"module 'groundplan' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOME[name]), name)
