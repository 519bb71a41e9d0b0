"""`groundplan undo`: take back what the last command wrote. Knows what to show and ask before; the store writes."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn

from groundplan.cli import commandline
from groundplan.cli.commandline import confirm, say
from groundplan.cli.options import Settings, takes
from groundplan.cli.stop import CLEAN, FINDINGS, UNANSWERED, Stop, fault, stop
from groundplan.cli.terminal import safe
from groundplan.store.history import KEPT

if TYPE_CHECKING:
    from groundplan.store import Workspace
    from groundplan.store.history import Before, Kind, Past


@commandline.command("undo")
@commandline.option("--redo", flag=True, help="Take the last undo back.")
@commandline.option("--list", "listing", flag=True, help="List what can be taken back, the latest first.")
@commandline.option("--dry-run", flag=True, help="List what would be put back, and write nothing.")
@commandline.option("--diff", flag=True, help="Show every line that would change, and write nothing.")
@commandline.option(
    "--overwrite", many=True, metavar="PATH", help="Replace this file though a person edited it since."
)
@takes("project", "input", "yes", "json", "talk")
def command(
    settings: Settings, redo: bool, listing: bool, dry_run: bool, diff: bool, overwrite: tuple[str, ...]
) -> int:
    """Take back the last apply, change or accept, byte for byte.

    All files of the step become what they were before it, or none does. A file that somebody edited since is never
    replaced unless --overwrite names it; the edit is then kept under .groundplan/backup. Said again, it takes back
    the step before; --redo goes the other way until something new is written. The last 20 steps are kept, on this
    machine alone.
    """
    from groundplan.cli.session import workspace_of

    workspace = workspace_of(settings)
    kind: Kind = "redo" if redo else "undo"
    steps = workspace.steps(kind)
    if listing:
        _list(steps, settings)
        return CLEAN
    if not steps:
        _stop_empty(redo)
    past, aside = steps[0], frozenset(overwrite) & {file.path for file in steps[0].step.files}
    edited = tuple(path for path in past.edited(workspace.read) if path not in aside)
    if dry_run or diff:
        say(_diff(past, workspace) if diff else _preview(past, workspace, settings), nl=not diff)
        return FINDINGS if edited else CLEAN
    _refuse(edited, past, settings)
    _confirm(past, workspace, settings)
    rows = _rows(past, workspace)
    kept = workspace.take(past, aside).backups
    _report(past, rows, kept, settings)
    return CLEAN


def _stop_empty(redo: bool) -> NoReturn:
    if redo:
        stop("GP973", "no undo can be taken back here", "groundplan apply writes what the answers say")
    stop(
        "GP973",
        "nothing is kept here that could be taken back",
        "git log shows what was committed",
        f"the last {KEPT} steps of this machine are kept",
    )


def _list(steps: tuple[Past, ...], settings: Settings) -> None:
    if settings.as_json:
        from groundplan.cli.views import as_json

        rows = [{"step": p.step.what, "at": _at(p), "files": [f.path for f in p.step.files]} for p in steps]
        say(as_json.encode({"steps": rows}), nl=False)
        return
    lines = [f"  {_at(p)}  {p.step.what:<10} {_files(len(p.step.files))}" for p in steps]
    say("\n".join(lines) or "Nothing can be taken back.")
    if len(steps) >= KEPT and not settings.quiet:
        say(f"Older steps are no longer kept: groundplan keeps the last {KEPT}.", err=True)


def _at(past: Past) -> str:
    return datetime.fromtimestamp(past.at, UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _refuse(edited: tuple[str, ...], past: Past, settings: Settings) -> None:
    """Show every file that stands in the way; the last ends the run."""
    if not edited:
        return
    from groundplan.cli.terminal import terminal
    from groundplan.cli.views.findings import finding

    found = [
        fault(
            "GP974",
            f"`{path}` was edited since the {past.step.what} that is to be taken back",
            f"groundplan undo --diff, then groundplan undo --overwrite {path}",
            "the edit would be lost, so nothing was taken back",
        )
        for path in edited
    ]
    device = terminal(sys.stderr, settings.plain)
    for error in found[:-1]:
        say(finding(error, device) + "\n", err=True)
    raise Stop(found[-1], FINDINGS)


def _confirm(past: Past, workspace: Workspace, settings: Settings) -> None:
    from groundplan.cli.prompt import has_terminal

    if settings.yes:
        return
    count = _files(len(past.step.files))
    if settings.no_input or not has_terminal():
        message = f"nobody is there to confirm that the {past.step.what} is taken back ({count})"
        stop("GP964", message, "--yes, or --dry-run to see them", exit_code=UNANSWERED)
    say(_preview(past, workspace, settings))
    if not confirm(f"Put {'this file' if count == '1 file' else f'these {count}'} back?"):
        stop(
            "GP964", "nothing was taken back", "groundplan undo --diff shows every line", exit_code=UNANSWERED
        )


def _preview(past: Past, workspace: Workspace, settings: Settings) -> str:
    return f"{past.step.what.capitalize()} of {_at(past)}:\n" + _table(_rows(past, workspace), settings)


def _table(rows: list[tuple[str, str]], settings: Settings) -> str:
    size = max((len(path) for path, _ in rows), default=0) + 2
    return "\n".join(f"  {safe(path):<{size}}{settings.device.paint(how, 'green')}" for path, how in rows)


def _rows(past: Past, workspace: Workspace) -> list[tuple[str, str]]:
    edited = past.edited(workspace.read)
    return [
        (file.path, "edited since" if file.path in edited else _change(file, workspace.read(file.path)))
        for file in past.step.files
    ]


def _change(file: Before, now: bytes | None) -> str:
    if now == file.content:
        return "as it was"
    if file.content is None:
        return "removed"
    return "back again" if now is None else "put back"


def _diff(past: Past, workspace: Workspace) -> str:
    from groundplan.drift import diff_of

    return "".join(diff_of(f.path, workspace.read(f.path), f.content) for f in past.step.files)


def _report(past: Past, rows: list[tuple[str, str]], kept: tuple[str, ...], settings: Settings) -> None:
    if settings.as_json:
        from groundplan.cli.views import as_json

        files = [{"path": path, "change": how} for path, how in rows]
        say(as_json.encode({"step": past.step.what, "files": files, "backups": list(kept)}), nl=False)
        return
    if settings.quiet:
        return
    say(_table(rows, settings))
    again = "groundplan undo --redo" if past.kind == "undo" else "groundplan undo"
    done = "taken back" if past.kind == "undo" else "done again"
    say(f"The {past.step.what} is {done}; {again} reverses that.", err=True)
    for path in kept:
        say(f"The edit is kept in {path}", err=True)
