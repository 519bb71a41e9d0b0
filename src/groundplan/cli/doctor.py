"""`groundplan doctor`: whether this installation and this project are in order. Mends nothing by itself."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from pathlib import Path

from groundplan.cli import commandline
from groundplan.cli.commandline import say
from groundplan.cli.options import Settings, takes
from groundplan.cli.stop import CLEAN, ENVIRONMENT
from groundplan.errors import GroundplanError
from groundplan.version import __version__

Check = tuple[str, bool, str]
"""What was looked at, whether it is in order, and what was found."""


@commandline.command("doctor")
@takes("project", "json", "talk")
def command(settings: Settings) -> int:
    """Whether this installation and this project are in order."""
    checks = [_python(), *(_guarded(name, look) for name, look in _looks(settings.project))]
    if settings.as_json:
        from groundplan.cli.views import as_json

        rows = [{"check": name, "ok": ok, "found": found} for name, ok, found in checks]
        say(as_json.encode({"version": __version__, "checks": rows}), nl=False)
    else:
        _print(checks, settings)
    return CLEAN if all(ok for _, ok, _ in checks) else ENVIRONMENT


def _print(checks: list[Check], settings: Settings) -> None:
    device = settings.device
    size = max(len(name) for name, _, _ in checks)
    say(f"groundplan {__version__}")
    for name, ok, found in checks:
        sign = (
            device.paint(device.sign("✓", "ok"), "green")
            if ok
            else device.paint(device.sign("✗", "NO"), "red")
        )
        say(f"  {sign} {name:<{size}}  {found}")


def _guarded(name: str, look: Callable[[], str]) -> Check:
    try:
        return name, True, look()
    except GroundplanError as error:
        return name, False, f"{error.code}: {error.message}" + (f" ({error.fix})" if error.fix else "")


def _python() -> Check:
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    return "python", sys.version_info >= (3, 11), found


def _looks(project: str) -> tuple[tuple[str, Callable[[], str]], ...]:
    return (
        ("facts", _facts),
        ("registries", _registries),
        ("questions", _questions),
        ("project", lambda: _project(Path(project))),
        ("tools", _tools),
    )


def _facts() -> str:
    from groundplan import facts

    known = facts.load()
    regions = sum(len(rows) for rows in known.regions.values())
    return f"as of {known.as_of}: {regions} regions, {len(known.prices)} prices, {len(known.sources)} sources"


def _registries() -> str:
    from groundplan.platforms import platforms
    from groundplan.rules import rules
    from groundplan.services import services

    return f"{len(platforms())} platforms, {len(services())} services, {len(rules())} rules"


def _questions() -> str:
    from groundplan.phases import builtin

    phase = builtin()
    return f"{phase.title}: {len(phase.questions)}"


def _project(root: Path) -> str:
    from groundplan.store import Workspace

    if not root.is_dir():
        raise GroundplanError("GP960", f"`{root}` is no folder", f"mkdir -p {root}")
    workspace = Workspace(root)
    answers, problems = workspace.load_answers()
    if problems:
        raise GroundplanError(problems[0].code, problems[0].message)
    if answers is None:
        return "no groundplan.toml here yet; `groundplan` starts one"
    files = len(workspace.load_generation()[0].files)
    return f"{answers.project.name}: {len(answers.answers)} answers, {files} files written"


def _tools() -> str:
    """The vendors' tools that the generated files are used with; none of them is needed here."""
    from shutil import which

    found = [name for name in ("git", "terraform", "tofu", "flyctl", "aws", "docker") if which(name)]
    return ", ".join(found) or "none of git, terraform, tofu, flyctl, aws, docker"
