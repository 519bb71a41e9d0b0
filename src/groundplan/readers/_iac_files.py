"""Which files an answer names, and which tool reads them. Knows files; not what was decided."""

from __future__ import annotations

from groundplan.readers._besides import PLATFORM_FILES
from groundplan.readers._notes import Notes

_FILE_TOOLS = {
    ".tf": "terraform", ".tfvars": "terraform", ".bicep": "bicep", "pulumi.yaml": "pulumi", "pulumi.yml": "pulumi",
    "serverless.yml": "serverless_framework", "cdk.json": "cdk", "samconfig.toml": "sam",
    "kustomization.yaml": "kustomize", "chart.yaml": "helm", "flake.nix": "nix", "sst.config.ts": "sst",
}  # fmt: skip


def named_files(notes: Notes) -> list[tuple[str, int, str]]:
    """Files and folders that are named, as written, without those for local development or declined."""
    found: list[tuple[str, int, str]] = []
    for i, token in enumerate(notes.text.tokens):
        if token.kind not in ("file", "folder") or token.text == "dockerfile":
            continue
        name = notes.text.raw[token.start : token.end]
        if _declined(notes, i) or _local(notes, i):
            notes.remark("note", "`{}` is not counted as infrastructure", i, i + 1)
            continue
        if token.kind == "file" and name not in [f for f, _, _ in found]:
            notes.take(f"files.{sum(k == 'file' for _, _, k in found)}", i, i + 1)
        found.append((name, i, token.kind))
    return found


def _declined(notes: Notes, i: int) -> bool:
    return any(
        0 <= i - c.last <= 2 and notes.scope.clause[c.first] == notes.scope.clause[i]
        for c in notes.text.cues("neg")
    )


def _local(notes: Notes, i: int) -> bool:
    return any(
        notes.scope.clause[c.first] == notes.scope.clause[i] and abs(c.first - i) <= 6
        for c in notes.text.cues("local_dev")
    )


def from_files(notes: Notes, files: list[tuple[str, int, str]]) -> str | None:
    for name, i, kind in files:
        named = _FOLDERS.get(name.lower().rstrip("/").rsplit("/", 1)[-1]) if kind == "folder" else None
        if named is not None:
            notes.take("tool", i, i + 1, "inferred")
            return named
    for name, i, _ in files:
        lower = name.lower().rsplit("/", 1)[-1]
        for ending, tool in _FILE_TOOLS.items():
            if lower == ending or (ending.startswith(".") and lower.endswith(ending)):
                notes.take("tool", i, i + 1, "inferred")
                return tool
    return None


_FOLDERS = {
    "terraform": "terraform",
    "tf": "terraform",
    "tofu": "opentofu",
    "pulumi": "pulumi",
    "bicep": "bicep",
    "cdk": "cdk",
}


def platform_file(notes: Notes, files: list[tuple[str, int, str]]) -> str | None:
    at = platform_file_of(files)
    if at is None:
        return None
    notes.take("tool", at, at + 1, "inferred")
    return "platform"


def platform_file_of(files: list[tuple[str, int, str]]) -> int | None:
    """The token of the first file that a platform reads itself."""
    for name, i, _ in files:
        plain = name.lower().rsplit("/", 1)[-1]
        if {name.lower(), plain, _without_stage(plain)} & PLATFORM_FILES:
            return i
    return None


def _without_stage(name: str) -> str:
    """`docker-compose.prod.yml` is a `docker-compose.yml`, `fly.staging.toml` a `fly.toml`."""
    parts = name.split(".")
    return f"{parts[0]}.{parts[-1]}"
