"""Three-way drift: answers, documents and code, each against what was last written. Writes nothing."""

from groundplan.drift.changes import Compiled, Tree, plan_changes
from groundplan.drift.diff import diff_of, unified_diff
from groundplan.drift.readback import Reader
from groundplan.drift.report import drift
from groundplan.drift.said import changed, said
from groundplan.drift.types import Change, Changes, DocumentChange, FileChange, State

__all__ = [
    "Change", "Changes", "Compiled", "DocumentChange", "FileChange", "Reader", "State", "Tree", "changed", "diff_of", "drift",
    "plan_changes", "said", "unified_diff",
]  # fmt: skip
