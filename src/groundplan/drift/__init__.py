"""Three-way drift: answers, documents and code, each against what was last written. Writes nothing."""

from groundplan.drift.application import application_moved
from groundplan.drift.changes import Compiled, Part, Tree, plan_changes
from groundplan.drift.diff import diff_of, unified_diff
from groundplan.drift.documents import document_findings
from groundplan.drift.readback import Reader
from groundplan.drift.report import drift
from groundplan.drift.said import changed, said
from groundplan.drift.types import Change, Changes, DocumentChange, FileChange, State

__all__ = [
    "Change", "Changes", "Compiled", "DocumentChange", "FileChange", "Part", "Reader", "State", "Tree", "application_moved",
    "changed", "diff_of", "document_findings", "drift", "plan_changes", "said", "unified_diff",
]  # fmt: skip
