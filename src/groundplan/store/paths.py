"""Which paths may be written in a project. Knows names only; looks at no disk."""

from __future__ import annotations

from collections.abc import Iterable

from groundplan.errors import StoreError

LONGEST_NAME = 255
LONGEST_PATH = 1024

_WINDOWS = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{kind}{n}" for kind in ("com", "lpt") for n in "123456789¹²³"
}
_FORBIDDEN = set('<>:"|?*\\')
_SAMPLES = (".example", ".sample", ".template", ".dist")
_OURS = ".groundplan"
_NEVER = {".git", "git~1", ".hg", ".svn", ".terraform", _OURS}


def refusal(path: str) -> str | None:
    """Say why `path` may not be written, or None where it may."""
    if not path or len(path.encode("utf-8", "surrogatepass")) > LONGEST_PATH:
        return f"is empty or longer than {LONGEST_PATH} bytes"
    if path.startswith(("/", "~")):
        return "is not relative to the project"
    if _unprintable(path):
        return "holds control or invisible characters"
    return next((reason for name in path.split("/") if (reason := _name_refusal(name))), None)


def _name_refusal(name: str) -> str | None:
    folded = fold(name)
    if name in ("", ".", ".."):
        return "has an empty, `.` or `..` part"
    if len(name.encode()) > LONGEST_NAME:
        return f"has a name longer than {LONGEST_NAME} bytes"
    if _FORBIDDEN & set(name) or name[-1] in ". ":
        return "has a name that Windows cannot store"
    if folded.split(".")[0].rstrip() in _WINDOWS:
        return "has a name that Windows reserves"
    if folded in _NEVER:
        return f"lies in `{name}`, which belongs to another tool"
    if folded == ".env" or (folded.startswith(".env.") and not folded.endswith(_SAMPLES)):
        return "is a file of secrets"
    return None


def _unprintable(path: str) -> bool:
    if path.isascii():
        return not path.isprintable()
    import unicodedata

    return any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for c in path)


def fold(name: str) -> str:
    """What a file system that ignores case and Unicode form takes the name for."""
    if name.isascii():
        return name.lower()
    import unicodedata

    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def check_paths(paths: Iterable[str]) -> None:
    """Raise StoreError (GP920) for the first path that may not be written."""
    for path in paths:
        if reason := refusal(path):
            shown = path.encode("unicode_escape").decode("ascii")[:120]
            raise StoreError("GP920", f"`{shown}` {reason}", "choose another name inside the project")


def check_twins(paths: Iterable[str]) -> None:
    """Refuse two paths that one file system may take for the same; parents count as well."""
    seen: dict[str, str] = {}
    for path in paths:
        parts = path.split("/")
        for end in range(1, len(parts) + 1):
            prefix = "/".join(parts[:end])
            if seen.setdefault(fold(prefix), prefix) != prefix:
                raise twin(prefix, seen[fold(prefix)])


def twin(path: str, other: str) -> StoreError:
    """The refusal for two names that differ in case or Unicode form only."""
    message = f"`{path}` and `{other}` are one file on macOS and Windows"
    return StoreError("GP920", message, f"rename `{other}`, then run again")
