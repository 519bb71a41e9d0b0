"""Where the infrastructure code is kept: beside the application, in a repository of its own, in git. Knows no tool."""

from __future__ import annotations

from groundplan.readers._notes import Notes
from groundplan.readers._stance import stances
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words


def repo_location(notes: Notes, has_tool: bool) -> str | None:
    order = ("separate_repo", "same_repo", "git")
    hits = [
        m
        for m in stances(notes.text, notes.scope, notes.text.of("repo"))
        if m.stance == "chosen" and not _pipeline(notes, m.hit) and not _in_backend(notes, m.hit)
    ]
    for name in order:
        for m in hits:
            if m.hit.key == name:
                notes.take_hit("repo_location", m.hit)
                return name
    named = _named_repo(notes) or _keyed_repo(notes)
    if named is not None:
        return named
    for i, token in enumerate(notes.text.tokens):
        if token.kind == "folder" and has_tool:
            notes.take("repo_location", i, i + 1, "inferred")
            return "same_repo"
    return None


def _in_backend(notes: Notes, hit: Hit) -> bool:
    """`GitLab http backend` keeps the state; it is not said to keep the files."""
    return any(b.first <= hit.first and hit.last <= b.last for b in notes.text.of("backend"))


def _pipeline(notes: Notes, hit: Hit) -> bool:
    """`GitHub Actions` runs things; it says nothing of where the files are."""
    return hit.last < len(notes.text.tokens) and notes.text.tokens[hit.last].text in (
        "actions",
        "ci",
        "pipelines",
        "runner",
        "runners",
    )


def _named_repo(notes: Notes) -> str | None:
    """`ol-infrastructure repo`: a repository with a name of its own."""
    for i, token in enumerate(notes.text.tokens[1:], 1):
        before = notes.text.tokens[i - 1].text
        if token.text in ("repo", "repository") and before in (
            "infrastructure",
            "infra",
            "ops",
            "platform",
            "deploy",
            "deployment",
            "terraform",
            "pulumi",
            "iac",
            "gitops",
            "config",
            "devops",
        ):
            notes.take("repo_location", i - 1, i + 1, "inferred")
            return "separate_repo"
    return None


_KEYED = {
    "same_repo": words("same monorepo mono app main this selbes gleiches meme mismo"),
    "separate_repo": words("separate own other dedicated different another eigenes separates"),
    "git": words("git github gitlab bitbucket yes"),
}


def _keyed_repo(notes: Notes) -> str | None:
    """`repo: same`, `repo: acme-infra (separate)`."""
    tokens = notes.text.tokens
    for i, token in enumerate(tokens[:-2]):
        if token.text not in ("repo", "repository", "location") or tokens[i + 1].text not in (":", "=", "|"):
            continue
        end = next((n for n in range(i + 2, len(tokens)) if tokens[n].kind in ("stop", "line")), len(tokens))
        for name, said in _KEYED.items():
            at = next((n for n in range(i + 2, min(end, i + 8)) if tokens[n].text in said), None)
            if at is not None:
                notes.take("repo_location", i, at + 1)
                return name
    return None
