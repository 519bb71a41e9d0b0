"""Three-way drift: answers, documents and code, each against what was last written. Writes nothing."""

from groundplan.drift.changes import Compiled, Tree, plan_changes
from groundplan.drift.diff import unified_diff
from groundplan.drift.report import drift
from groundplan.drift.types import Change, Changes, DocumentChange, FileChange, State

__all__ = [
    "Change", "Changes", "Compiled", "DocumentChange", "FileChange", "State", "Tree", "drift", "plan_changes",
    "unified_diff",
]  # fmt: skip
