"""Flags that are read without argparse mean what argparse would read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundplan.cli.commandline import UsageError
from groundplan.cli.flags import plain
from groundplan.cli.group import find
from groundplan.cli.menu import COMMANDS

WORDS = ["x", "", "a=b", "-", "--", "-1", "--json", "--strict", "-C", "--project", "--project=x", "--project=", "-Cx",
         "--data", "--data=k=v", "--format", "json", "--format=sarif", "--quality", "secure", "huge", "-q", "-v", "-qv",
         "--plain", "--plain=1", "--yes", "-y", "--assume", "egress_gb=200", "--help", "-h", "--proj", "GP101"]  # fmt: skip


@settings(max_examples=2000, deadline=None)
@given(name=st.sampled_from(sorted(COMMANDS)), args=st.lists(st.sampled_from(WORDS), max_size=6))
def test_what_is_read_without_argparse_is_what_argparse_reads(name: str, args: list[str]) -> None:
    command = find(name)
    read = plain(args, command.parameters)
    if read is not None:
        assert read == vars(command.parser().parse_intermixed_args(args))


@pytest.mark.parametrize(
    ("line", "to", "value"),
    [
        ("check -C a --project b", "project", "b"),
        ("check --data k=v --data=l=w", "data", ["k=v", "l=w"]),
        ("check --project=", "project", ""),
        ("check", "data", []),
        ("apply -y", "yes", True),
        ("check --format sarif", "form", "sarif"),
    ],
)
def test_flags_that_are_written_out_need_no_argparse(line: str, to: str, value: object) -> None:
    name, *args = line.split()
    read = plain(args, find(name).parameters)
    assert read is not None
    assert read[to] == value


@pytest.mark.parametrize(
    "args", [["--nothing"], ["--format", "pdf"], ["--project", "--json"], ["--project"], ["-h"]]
)
def test_what_is_not_plain_is_left_to_argparse(args: list[str]) -> None:
    command = find("check")
    assert plain(args, command.parameters) is None
    with pytest.raises((UsageError, SystemExit)):
        command.parser().parse_intermixed_args(args)
