"""The commands by name, and the front page. Imports nothing, so that `--help` costs no more than Python."""

from __future__ import annotations

COMMANDS: dict[str, str] = {
    "interview": "Answer the questions one at a time; stop and resume at any moment.",
    "read": "Show how one answer is understood, and by which words.",
    "change": "Set one field, or say one answer anew: change scaling.max_instances 8.",
    "review": "What was understood, conflicts, cost, options, and what would be written.",
    "apply": "Write the documents and the code, all or nothing.",
    "undo": "Take back the last apply, change or accept, byte for byte.",
    "check": "Findings of all rules, and what has drifted since the last apply.",
    "accept": 'Live with a finding, for a reason: accept GP403 --because "…".',
    "import": "Answers from documents that are filled already.",
    "estimate": "The monthly cost range, line by line, against the budget.",
    "explain": "Why a finding exists, and what to do: explain GP301.",
    "catalog": "Platforms, regions, prices and rules that are known.",
    "questions": "The questions of the phase, as they were understood.",
    "doctor": "Whether this installation and this project are in order.",
}
"""Command -> one line; the module `groundplan.cli.<command>` holds it as `command`."""

MODULES = {"import": "import_documents"}
"""Where the module cannot have the command's name."""

TAKES_VALUE = ("--project", "-C", "--answers-file", "--data", "--phase", "--quality")
"""Options that may stand before the command, together with the word that follows them."""

_HEAD = """\
Usage: groundplan [COMMAND] [OPTIONS]

  Turn six answers about production infrastructure into checked decisions, a
  cost range, filled documents and infrastructure code. Without a command it
  starts or resumes the interview for this folder.

Commands:
"""

_TAIL = """
Options on most commands:
  -C, --project DIR    The project's folder (default: here).
  --answers-file FILE  Answers as TOML; `-` reads standard input.
  --data KEY=TEXT      One answer, as in --data budget="$100 a month".
  --defaults           Take the recommended default for what is not answered.
  --no-input           Ask nothing.
  --phase FILE         Questions from another phase document.
  --quality LEVEL      experiment, prototype, production or secure.
  --json, --plain      Output for programs; output without colour.
  -q, -v               Less, or more, on standard error.
  --version, --help    Also after a command: groundplan apply --help.

Exit codes: 0 clean, 1 findings, 2 usage, 3 unanswered, 4 environment,
130 interrupted.
"""


def front_page() -> str:
    rows = "".join(f"  {name:<10} {line}\n" for name, line in COMMANDS.items())
    return _HEAD + rows + _TAIL


def command_first(args: list[str]) -> list[str]:
    """Move a command that stands behind options to the front; without one, it is the interview."""
    if not args:
        return ["interview"]
    if not args[0].startswith("-"):
        return args
    skip = False
    for i, word in enumerate(args):
        if not skip and not word.startswith("-"):
            return [word, *args[:i], *args[i + 1 :]]
        skip = not skip and word in TAKES_VALUE
    return ["interview", *args]
