"""Options and names shared by the whole suite."""

import os

import pytest

os.environ.pop("COLUMNS", None)  # a test runner sets the width of its own terminal, and reviews wrap at it


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the examples from what the compiler makes now"
    )


def pytest_terminal_summary(terminalreporter) -> None:
    """Name what this machine could not run, so that a green line never hides a skip."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = sorted({str(report.longrepr[2]) for report in skipped if isinstance(report.longrepr, tuple)})
    for reason in reasons:
        terminalreporter.write_line(f"not run here: {reason}")
