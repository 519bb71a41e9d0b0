"""Where the infrastructure code is kept: beside the application, in a repository of its own, in git. Knows no tool."""

from __future__ import annotations

from groundplan.readers._notes import Notes
from groundplan.readers._stance import either, stances
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words


def repo_location(notes: Notes, has_tool: bool) -> str | None:
    order = ("separate_repo", "same_repo", "git")
    found = stances(notes.text, notes.scope, notes.text.of("repo"))
    offered = [m.hit for m in found if m.stance in ("chosen", "maybe") and m.hit.key != "git"]
    if len({h.key for h in offered}) > 1 and either(notes.text, offered[0], offered[-1]):
        names = [notes.words(h.first, h.last) for h in offered]
        choices = ((n, {"repo_location": h.key}) for n, h in zip(names, offered, strict=True))
        notes.doubt("repo_location", f"{names[0]} or {names[-1]}: where will it be kept?", *choices)
        notes.use_hits(offered)
        return None
    hits = [
        m
        for m in found
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
        if has_tool and (token.kind == "folder" or _is_path(notes, i)):
            notes.take("repo_location", i, i + 1, "inferred")
            return "same_repo"
    return None


def _is_path(notes: Notes, i: int) -> bool:
    """`in /deploy`."""
    tokens = notes.text.tokens
    return (
        tokens[i].text == "/"
        and not tokens[i].tight
        and tokens[max(0, i - 1)].text in _IN
        and i + 1 < len(tokens)
        and tokens[i + 1].tight
    )


_IN = words("in under unter im dans sous en bajo")


def _in_backend(notes: Notes, hit: Hit) -> bool:
    """`GitLab http backend` keeps the state; it is not said to keep the files."""
    return any(b.first <= hit.first and hit.last <= b.last for b in notes.text.of("backend"))


def _pipeline(notes: Notes, hit: Hit) -> bool:
    """`GitHub Actions`, `git push`: a deed; it says nothing of where the files are."""
    return hit.last < len(notes.text.tokens) and notes.text.tokens[hit.last].text in (
        "actions",
        "ci",
        "pipelines",
        "runner",
        "runners",
        "push",
        "pull",
        "clone",
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
            "team's",
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
