"""Write the generated reference and the generated blocks of the README, or say with --check that they are stale.

Sources: the rules' docstrings, the commands' own help, the platforms' constants, and the seed example's files.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

from groundplan import rules
from groundplan.facts import names
from groundplan.platforms import platforms
from groundplan.rules.gp601_tool_cannot_work import NEVER

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
TOOLS = ("platform", "terraform", "opentofu", "pulumi", "cloudformation", "none")
TOOL_NAMES = {
    "platform": "Platform file",
    "terraform": "Terraform",
    "opentofu": "OpenTofu",
    "pulumi": "Pulumi",
    "cloudformation": "CloudFormation",
    "none": "None (runbook)",
}
SERVICE_NAMES = {"machines": "Machines", "fargate": "ECS on Fargate"}


def help_of(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "groundplan", *command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin", "NO_COLOR": "1", "COLUMNS": "100"},
    )
    return (
        done.stdout.rstrip()
        .replace("__main__.py", "groundplan")
        .replace("python -m groundplan", "groundplan")
    )


def command_names() -> list[str]:
    listed = help_of().split("Commands:\n", 1)[1]
    return [line.split()[0] for line in listed.splitlines() if re.match(r"  \w", line)]


def commands_page() -> str:
    parts = ["# Commands\n", "Written by `make docs` from the commands' own help.\n"]
    for name in ("", *command_names()):
        title = f"groundplan {name}".strip()
        parts.append(f"## {title}\n\n```\n{help_of(*name.split())}\n```\n")
    return "\n".join(parts)


def rules_page() -> str:
    intro = (
        "Written by `make docs` from the rules' own docstrings; `groundplan explain CODE` prints the same.\n"
    )
    parts = ["# Rules\n", intro]
    for code, rule in rules.rules().items():
        page = rules.page(code) or ""
        demoted = re.sub(r"(?m)^## ", "### ", page)
        demoted = re.sub(r"(?m)^# ", "### ", demoted)
        parts.append(f"## {code} {rule.name}\n\nSeverity: {rule.severity}.\n\n{demoted.strip()}\n")
    return "\n".join(parts)


def platform_table() -> str:
    rows = ["| Platform | Service | " + " | ".join(TOOL_NAMES[t] for t in TOOLS) + " |"]
    rows.append("|---|---|" + "---|" * len(TOOLS))
    for platform in platforms().values():
        service = (
            ", ".join(SERVICE_NAMES.get(s) or names.name(s) for s in platform.services if s != "ecs")
            or "not yet"
        )
        cells = [_cell(platform.key, tool, platform.iac) for tool in TOOLS]
        rows.append(f"| {platform.name} | {service} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _cell(platform: str, tool: str, iac: dict[str, str]) -> str:
    if tool in iac:
        return "yes"
    off_aws = tool == "cloudformation" and platform != "aws"
    return "cannot work" if off_aws or tool in NEVER.get(platform, ()) else "not yet"


def session_block() -> str:
    """Three passages of the seed example's recorded review: one answer, one finding, the money."""
    review = (ROOT / "examples" / "seed" / "review.txt").read_text(encoding="utf-8")
    passages = (r"3\. Scaling .*?\n(?=\n)", r"warning\[GP401\].*?\n(?=\n)", r"Cost: .*?\n(?=\n)")
    found = [re.search(passage, review, re.S) for passage in passages]
    return "```\n" + "\n".join(m[0] for m in found if m) + "```"


def files_block() -> str:
    folder = ROOT / "examples" / "seed"
    names = sorted(
        str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and p.name != "review.txt"
    )
    return "```\n" + "\n".join(names) + "\n```"


BLOCKS = {
    "session": session_block,
    "platforms": platform_table,
    "files": files_block,
    "help": lambda: f"```\n{help_of()}\n```",
}


def with_blocks(text: str) -> str:
    for name, block in BLOCKS.items():
        pattern = re.compile(rf"(<!-- generated:{name} -->\n).*?(<!-- /generated -->)", re.S)
        text = pattern.sub(lambda m, block=block: f"{m[1]}{block()}\n{m[2]}", text)  # type: ignore[misc]  # a bound default
    return text


def pages() -> dict[Path, str]:
    readme = ROOT / "README.md"
    return {
        REFERENCE / "commands.md": commands_page(),
        REFERENCE / "rules.md": rules_page(),
        readme: with_blocks(readme.read_text(encoding="utf-8")),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where a page is stale")
    check = parser.parse_args().check
    stale = []
    for path, text in pages().items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(str(path.relative_to(ROOT)))
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{'stale' if check else 'written'}: {name}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
