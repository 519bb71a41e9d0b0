"""Files in a user's repository: read without following links, written all-or-nothing. Knows no engine."""

from groundplan.store.answers_file import check_questions, parse_answers, parse_answers_bytes, suggest_name
from groundplan.store.generation import Generation
from groundplan.store.workspace import Applied, Workspace

__all__ = [
    "Applied",
    "Generation",
    "Workspace",
    "check_questions",
    "parse_answers",
    "parse_answers_bytes",
    "suggest_name",
]
