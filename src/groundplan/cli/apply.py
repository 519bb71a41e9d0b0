"""`groundplan apply`: documents and code, all or nothing. Knows what to show and ask before; the store writes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from groundplan.cli import commandline
from groundplan.cli.changes import Planned, Wish, planned
from groundplan.cli.commandline import confirm, say
from groundplan.cli.options import CASE, Settings, takes
from groundplan.cli.stop import CLEAN, FINDINGS, UNANSWERED, Stop, stop
from groundplan.cli.terminal import Terminal, safe
from groundplan.drift import FileChange, Part, diff_of, unified_diff

if TYPE_CHECKING:
    from groundplan.cli.session import Session
    from groundplan.pipeline import Compilation
    from groundplan.record import Style

_DONE = {
    None: "new",
    "new": "new",
    "updated": "changed",
    "stale": "removed",
    "deleted_by_person": "new again",
}


@commandline.command("apply")
@commandline.option("--dry-run", flag=True, help="List what would be written, and write nothing.")
@commandline.option("--diff", flag=True, help="Show every changed line, and write nothing.")
@commandline.option("--only", choices=["documents", "code", "decision"], help="One part alone.")
@commandline.option(
    "--overwrite", many=True, metavar="PATH", help="Replace this file though a person changed it."
)
@commandline.option(
    "--into",
    many=True,
    metavar="PATH:LINE",
    help="The heading that is meant where several would fit; PATH:new where none of them is.",
)
@commandline.option(
    "--adr",
    choices=["madr", "log", "none"],
    help="Record decisions: MADR files, the log, or not at all; kept.",
)
@takes(*CASE, "yes", "json", "strict")
def command(
    settings: Settings,
    dry_run: bool,
    diff: bool,
    only: Part | None,
    overwrite: tuple[str, ...],
    into: tuple[str, ...],
    adr: Style | None,
) -> int:
    """Write the documents and the code, all or nothing.

    A file that a person changed is never replaced unless --overwrite names it; what was there is then kept
    under .groundplan/backup.
    """
    from groundplan.cli.complete import completed
    from groundplan.cli.session import compiled

    session = completed(settings)
    result = compiled(session.answers, session.phase)
    wish = Wish(only=only, overwrite=frozenset(overwrite), into=_headings(into, result), adr=adr)
    if dry_run or diff:
        plan = planned(result, session, wish)
        say(_diff(plan) if diff else _listing(plan, settings.device), nl=not diff)
        return FINDINGS if _in_the_way(result, plan, only) else CLEAN
    return write(result, session, settings, wish)


def _headings(into: tuple[str, ...], result: Compilation) -> dict[str, frozenset[int]]:
    """`PATH:LINE` -> the lines of each path; `PATH:new` is line 0."""
    found: dict[str, frozenset[int]] = {}
    documents = sorted({s.document for s in result.sections})
    for item in into:
        path, _, line = item.rpartition(":")
        line = "0" if line == "new" else line
        if path not in documents or not (line.isascii() and line.isdigit()):
            known = documents[0] if documents else "PATH"
            stop("GP960", f"`--into {item}` names no line of a document that is filled", f"--into {known}:12")
        found[path] = found.get(path, frozenset()) | {int(line)}
    return found


def write(
    result: Compilation,
    session: Session,
    settings: Settings,
    wish: Wish = Wish(),  # noqa: B008  # frozen
    confirmed: bool = False,
) -> int:
    """Write everything, or nothing and say what stands in the way."""
    plan = planned(result, session, wish)
    _refuse(result, plan, wish.only, settings)
    if plan.count and not (confirmed or settings.yes):
        _confirm(plan, settings)
    _write_all(plan, session)
    _report(result, plan, settings, session, wish.only)
    from groundplan.cli.stop import exit_code

    return exit_code(result.diagnostics, settings.strict)


def _in_the_way(result: Compilation, plan: Planned, only: Part | None) -> bool:
    errors = [d for d in plan.changes.diagnostics if d.severity == "error"]
    return bool(errors or (result.errors and only != "documents"))


def _refuse(result: Compilation, plan: Planned, only: Part | None, settings: Settings) -> None:
    """Show every error; the last ends the run."""
    errors = [d for d in plan.changes.diagnostics if d.severity == "error"]
    errors += [] if only == "documents" else list(result.errors)
    if not errors:
        return
    from groundplan.cli.terminal import terminal
    from groundplan.cli.views.findings import finding

    device = terminal(sys.stderr, settings.plain)
    for error in errors[:-1]:
        say(finding(error, device) + "\n", err=True)
    raise Stop(errors[-1], FINDINGS)


def _confirm(plan: Planned, settings: Settings) -> None:
    from groundplan.cli.prompt import has_terminal

    if settings.no_input or not has_terminal():
        stop(
            "GP964",
            f"nobody is there to confirm {plan.count} changes",
            "--yes, or --dry-run to see them",
            exit_code=UNANSWERED,
        )
    say(_listing(plan, settings.device))
    if not confirm(f"Write these {plan.count} files?"):
        stop("GP964", "nothing was written", "groundplan apply --diff shows every line", exit_code=UNANSWERED)


def _write_all(plan: Planned, session: Session) -> None:
    """One transaction over the answers, the documents, the code and the lock."""
    from groundplan.store.digest import sha256

    writes = {**plan.changes.writes, **plan.records.writes}
    expected = {**plan.changes.expected, **plan.records.expected}
    if plan.answers is not None:
        writes["groundplan.toml"] = plan.answers
        before = plan.answers_before
        expected["groundplan.toml"] = None if before is None else sha256(before)
    session.workspace.apply(
        writes, plan.changes.generation, expected, plan.changes.executable, plan.changes.backup
    )


def _report(
    result: Compilation, plan: Planned, settings: Settings, session: Session, only: Part | None
) -> None:
    if settings.as_json:
        from groundplan.cli.views import as_json

        files = [{"path": path, "change": how} for path, how in _rows(plan)]
        found = as_json.diagnostics((*result.diagnostics, *plan.changes.diagnostics))
        say(as_json.encode({"files": files, "diagnostics": found}), nl=False)
        return
    if plan.count and not settings.quiet:
        say(_listing(plan, settings.device))
    if not settings.quiet:
        from groundplan.cli.views.closing import closing

        kept = sum(f.state == "kept" for d in plan.changes.documents for f in d.filled.changes)
        left = only in ("documents", "decision")
        say(closing(result, plan.count, session.workspace.root, code_left=left, kept=kept), err=True)


def _rows(plan: Planned) -> list[tuple[str, str]]:
    """Path and what happens to it, for everything that changes."""
    rows = []
    if plan.answers is not None:
        rows.append(("groundplan.toml", "new" if plan.answers_before is None else "changed"))
    rows += [(p, "recorded" if e else "new") for p, e in sorted(plan.records.expected.items())]
    for change in plan.changes.touched:
        if isinstance(change, FileChange):
            rows.append((change.path, "replaced" if change.forced else _DONE.get(change.state, change.state)))
        else:
            rows.append((change.path, "new" if change.before is None else "filled"))
    return rows


def _listing(plan: Planned, device: Terminal) -> str:
    from groundplan.cli.views.findings import one_line

    rows = _rows(plan)
    same = len(plan.changes.documents) + len(plan.changes.files) - len(plan.changes.touched)
    size = max((len(path) for path, _ in rows), default=0) + 2
    lines = [f"  {safe(path):<{size}}{device.paint(how, 'green')}" for path, how in rows]
    if same:
        lines.append(device.paint(f"  {same} more {'is' if same == 1 else 'are'} as they should be", "dim"))
    lines += [one_line(d, device) for d in plan.changes.diagnostics]
    return "\n".join(lines) or "  nothing to write"


def _diff(plan: Planned) -> str:
    return unified_diff(plan.changes) + "".join(
        diff_of(path, plan.records_before.get(path), content)
        for path, content in sorted(plan.records.writes.items())
    )


def listing(result: Compilation, session: Session, device: Terminal) -> str:
    """What an apply would write, for the review."""
    return _listing(planned(result, session), device)


def preview(result: Compilation, session: Session, device: Terminal, diff: bool) -> str:
    plan = planned(result, session)
    return _diff(plan) if diff else _listing(plan, device)
