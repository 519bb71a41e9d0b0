"""Names that may and may not be written in a project."""

from __future__ import annotations

import pytest

from groundplan.errors import StoreError
from groundplan.store.paths import check_paths, check_twins

GOOD = [
    "fly.toml", "infra/main.tf", "docs/specs/codebase_spec.md", ".github/workflows/budget.yml",
    "infra/.terraform.lock.hcl",
        "a b/c+d,e=f@g.txt", "docs/größe.md", "infra/.gitignore", ".env.example", "x" * 255,
    "console/nul_value.tf", "git/x",
]  # fmt: skip

BAD = [
    ("../../etc/x", "part"), ("a/../b", "part"), ("./a", "part"), ("a//b", "part"), ("a/", "part"), ("", "empty"),
    ("/etc/passwd", "relative"), ("~/x", "relative"), ("C:\\x", "Windows"), ("\\\\host\\share", "Windows"),
    ("\\\\?\\C:\\x", "Windows"), ("a\\b", "Windows"), ("a\0b", "control"), ("a\nb", "control"), ("a\rb", "control"),
    ("a\x1b[0m", "control"), ("a\u202eb", "control"), ("a\u200bb", "control"), ("a\u2028b", "control"),
    ("a\ud800", "control"), ("a\U000e0041", "control"), ("CON", "reserves"), ("infra/aux.tf", "reserves"),
    ("a/NUL.tar.gz", "reserves"), ("com1", "reserves"), ("LPT9.txt", "reserves"), ("com¹.x", "reserves"),
    ("a.", "Windows"),
    ("a ", "Windows"), ("a /b", "Windows"), ('a"b', "Windows"), ("a|b", "Windows"), ("x" * 256, "255"),
    ("a/" * 600 + "b", "1024"), (".git/config", "another tool"), ("a/.GIT/hooks/pre-commit", "another tool"),
    ("git~1/config", "another tool"), (".terraform/x", "another tool"), (".groundplan/lock", "another tool"),
    (".env", "secrets"), ("infra/.ENV", "secrets"), (".env.production", "secrets"), (".hg/hgrc", "another tool"),
]  # fmt: skip


@pytest.mark.parametrize("path", GOOD)
def test_an_ordinary_path_is_accepted(path):
    check_paths([path])


@pytest.mark.parametrize(("path", "words"), BAD)
def test_a_path_that_leads_elsewhere_or_breaks_a_checkout_is_refused(path, words):
    with pytest.raises(StoreError) as told:
        check_paths(["fly.toml", path])
    assert told.value.code == "GP920" and words in told.value.message and told.value.fix
    assert told.value.message.isprintable() and told.value.message.isascii()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Main.tf", "main.tf"),
        ("infra/a.tf", "Infra/b.tf"),
        ("docs/gr\u00f6\u00dfe.md", "docs/gro\u0308\u00dfe.md"),
        ("docs/stra\u00dfe", "docs/STRASSE"),
    ],
)
def test_names_that_are_one_file_elsewhere_are_refused(first, second):
    with pytest.raises(StoreError) as told:
        check_twins([first, second])
    assert told.value.code == "GP920"
    check_twins([first, first + "2"])
