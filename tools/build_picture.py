"""Draw a real interview as docs/images/session.svg, from what a pseudo-terminal shows. `--check` says if it is stale."""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
from pathlib import Path

import pexpect
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

PICTURE = Path(__file__).parents[1] / "docs" / "images" / "session.svg"
BEFORE = (
    "production",
    "Fly.io for simplicity, with PostgreSQL on Fly and Redis on Upstash",
    "US East, our users are there",
)
TYPED = "Start with 2 instances (1GB RAM each), auto-scale up to 5 instances when CPU > 80%"
WIDTH = 100


def record() -> str:
    """What the screen shows from the third question to its echo, with colours."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"TERM": "xterm-256color", "COLUMNS": str(WIDTH), "PROMPT_TOOLKIT_NO_CPR": "1"}
        env.pop("NO_COLOR", None)
        child = pexpect.spawn(
            sys.executable,
            ["-m", "groundplan", "--project", f"{folder}/orders"],
            env=env,
            encoding="utf-8",
            dimensions=(60, WIDTH),
            timeout=30,
        )
        for asked, line in zip(("level:", "platform:", "Regions:"), BEFORE, strict=True):
            child.expect_exact(asked)
            child.sendline(line)
        child.expect(r"\n(?=[^\n]*3\. )")
        child.expect_exact("Scaling:")
        question = child.before
        child.sendline(TYPED)
        child.expect(r"\r\n(?=\r?\n? +[^\r\n]*“)")
        child.expect(r"scaling kept[^\r\n]*")
        shown = question, child.before + child.after
        child.close(force=True)
    return _screen(*shown)


def _screen(question: str, echo: str) -> str:
    return f"{question.rstrip()}\n\x1b[1mScaling:\x1b[0m {TYPED}\n\n{echo.strip(chr(13) + chr(10))}".replace(
        "\r", ""
    )


def draw(screen: str) -> str:
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(screen), soft_wrap=True)
    return console.export_svg(title="groundplan", theme=MONOKAI, unique_id="session")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    drawn = draw(record())
    if parser.parse_args().check:
        if not PICTURE.exists() or PICTURE.read_text("utf-8") != drawn:
            sys.exit(f"{PICTURE.name} is stale: run `make docs`")
        return
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(drawn, "utf-8")


if __name__ == "__main__":
    main()
