"""A project of about 30 files in numbered generations, and the judge of what is left after a crash."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from groundplan.store import Generation, Workspace
from groundplan.store.digest import sha256

FILES = 30
"""Of one generation; the sweeps use fewer, because they run once for every operation."""


def generation(number: int) -> dict[str, bytes]:
    """The files of one generation: most change, some come and go, so that folders do as well."""
    files = {
        f"docs/specs/doc{i}.md": f"doc {i} of {number}\n".encode() * 40 for i in range(3 if FILES > 20 else 1)
    }
    files |= {
        f"infra/aws/f{i}.tf": f"resource {i} of {number}\n".encode() * 60
        for i in range(FILES - 8 if FILES > 20 else 3)
    }
    files |= {
        f"infra/only{number % 3}/deep/f{i}.tf": f"{number}\n".encode() for i in range(4 if FILES > 20 else 2)
    }
    files["fly.toml"] = f"app = {number}\n".encode()
    return files


def changes(before: int, after: int) -> dict[str, bytes | None]:
    gone: dict[str, bytes | None] = dict.fromkeys(generation(before)) if before >= 0 else {}
    return gone | generation(after)


def lock_of(number: int) -> Generation:
    return Generation(files={path: sha256(content) for path, content in generation(number).items()})


def expected(number: int) -> dict[str, str | None]:
    return dict(lock_of(number).files) if number >= 0 else {}


def apply(root: Path, before: int, after: int) -> None:
    workspace = Workspace(root)
    workspace.load_generation()
    workspace.apply(changes(before, after), lock_of(after), expected(before), executable={"fly.toml"})


def tree(root: Path) -> dict[str, bytes]:
    """Every file outside the tool's own folder, and every folder with a `/` behind it."""
    found: dict[str, bytes] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if name.split("/")[0] != ".groundplan":
            found[name + "/" * path.is_dir()] = b"" if path.is_dir() else path.read_bytes()
    return found


def present(root: Path) -> int | None:
    """The one generation that the tree holds, whole and with nothing besides; None where it is a mixture."""
    found = tree(root)
    marker = found.get("fly.toml", b"app = -1").split()[-1]
    number = int(marker)
    wanted = generation(number) if number >= 0 else {}
    names = {path for path in found if not path.endswith("/")} - {"groundplan.lock", "notes.txt"}
    if names != set(wanted) or any(found[path] != wanted[path] for path in wanted):
        return None
    lock, problems = Workspace(root).load_generation()
    return number if not problems and lock.files == (expected(number)) else None


def left_over(root: Path) -> list[str]:
    """Files in the tool's own folder that should not outlive a recovery."""
    state = root / ".groundplan"
    kept = {
        ".gitignore",
        "lock",
        ".gitignore.new",
        "undo",
        "redo",
        "groundplan.toml.new",
    }  # the next write removes those with .new
    return sorted(p.name for p in state.iterdir() if p.name not in kept) if state.is_dir() else []


def forked(work: Callable[[], None]) -> int:
    """Run `work` in a child process that ends without any clean-up; return its id."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            os._exit(1)
    return child


def exit_code(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
