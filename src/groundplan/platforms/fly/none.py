"""No infrastructure as code: the runbook alone, which also writes the few files that flyctl reads."""

from __future__ import annotations

from groundplan.model.files import File
from groundplan.model.plan import Plan
from groundplan.platforms.fly.native import parts
from groundplan.platforms.fly.runbook import runbook, steps
from groundplan.platforms.fly.steps import quote
from groundplan.syntax.runbook import Step, heredoc


def lower(plan: Plan) -> tuple[File, ...]:
    """Write the runbook; its second step writes every file that another step names."""
    signed_in, *rest = steps(plan)
    return (runbook(plan, (signed_in, _written(parts(plan)), *rest)),)


def _written(files: tuple[File, ...]) -> Step:
    commands: list[str] = []
    for file in files:
        path = quote(file.path)
        folder = file.path.rpartition("/")[0]
        commands += [f"mkdir -p {quote(folder)}"] if folder else []
        commands += [*heredoc(path, file.content), ""]
        commands += [f"chmod +x {path}", ""] if file.kind == "script" else []
    names = ", ".join(f"`{f.path}`" for f in files)
    return Step(
        title="Write the files that flyctl and the apps read",
        commands=tuple(commands[:-1]),
        note="flyctl takes ports, checks and sizes from a file alone. Keep these files beside the application; "
        "with the answer `fly.toml` groundplan writes and watches them itself.",
        check=f"`ls` lists {names}.",
    )
