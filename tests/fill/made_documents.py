"""Documents that nobody would write on purpose: every shape of Markdown, mixed, with words that can be counted.

A person's words are unique (`kept17x`), so that a lost, doubled or moved one shows. Placeholders come from a known
list, so that a line without one must come through filling byte for byte.
"""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import strategies as st

from groundplan.model.spec import Field, SectionFill

DOCUMENT = "docs/specs/codebase_spec.md"
PLACEHOLDERS = (
    "", "___________", "TBD", "Fly.io | AWS | GCP", "[describe here]", "<your provider>", "{{provider}}", "_TODO_",
    "to be decided", "…", "<!-- TODO: fill in -->", "deployment locations and failover strategy",
)  # fmt: skip
WORD = re.compile(r"kept\d+x")

FIELDS = (
    Field(label="Provider", text="Fly.io (Machines)", also=("Hosting", "Platform")),
    Field(label="Regions/Zones", text="fra (Frankfurt)", uncertain=True, also=("Regions",)),
    Field(label="Alerting", text="2 alarms\ndowntime: e-mail\nCPU > 80 %: Slack", also=("Alerts",)),
)
OTHER_FIELDS = (
    Field(label="Provider", text="AWS (ECS on Fargate)", also=("Hosting", "Platform")),
    Field(label="Regions/Zones", text="eu-central-1", also=("Regions",)),
    Field(label="Alerting", text="no alarms", uncertain=True, also=("Alerts",)),
)


def sections(fields: tuple[Field, ...] = FIELDS) -> tuple[SectionFill, ...]:
    """Two sections of one document, the second nested."""
    return (
        SectionFill(key="infra", document=DOCUMENT, heading=("Infrastructure",), fields=fields),
        SectionFill(
            key="open",
            document=DOCUMENT,
            heading=("Notes", "Open Questions / Deferred Topics"),
            fields=(Field(label="Planned for later", text=fields[0].text),),
        ),
    )


class Words:
    """Hand out words that occur once."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        return f"kept{self.count}x"


HEADS = (
    "Infrastructure", "Infrastructure (if deployed)", "3. Infrastructure", "**Infrastructure**", "INFRASTRUCTURE",
    "`Infrastructure`", "Infrastructure & Hosting", "Open Questions", "Notes", "Überblick", "Инфраструктура", "概要",
)  # fmt: skip
LABELS = ("Provider", "Regions/Zones", "Regions", "Alerting", "Owner", "Плата", "Hosting", "Note")
SHAPES = (
    "**{0}:** {1}", "**{0}**: {1}", "__{0}:__ {1}", "**{0}** {1}", "{0}: {1}", "**{0}：** {1}", "*{0}*: {1}",
    "[ ] **{0}:** {1}", "**{0}:**{1}", "`{0}`: {1}",
)  # fmt: skip
MARKERS = ("- ", "* ", "+ ", "1. ", "2) ", "-   ", "-\t", " - ", "  * ", "\t- ", "    - ")
ODD = (*(Path(__file__).parent / "odd_blocks.md").read_text().split("\n%%%\n"), "{0}\x0b{1}\u2028")
"""Blocks that look like sections and fields and are none, and others; `{0}` and `{1}` become words."""
ENDS = ("\n", "\n", "\n", "\r\n", "\r\n", "\r")
FRONT = ("", "", "", "---\ntitle: Infrastructure\n---\n", "\ufeff", "\ufeff---\nx: 1\n---\n", "---\n\n")


def heading(draw: st.DrawFn, words: Words) -> str:
    title = draw(st.sampled_from(HEADS)) if draw(st.booleans()) else f"{words()} part"
    if draw(st.integers(0, 4)) == 0:
        return f"{title}\n{draw(st.sampled_from(('---', '===', '-', '=====  ')))}"
    level = "#" * draw(st.integers(1, 4))
    tail = draw(st.sampled_from(("", " #", " ##  ", "  ")))
    return f"{level} {title}{tail}"


def item(draw: st.DrawFn, words: Words) -> str:
    marker = draw(st.sampled_from(MARKERS))
    if draw(st.integers(0, 3)) == 0:
        return f"{marker}{words()} and {words()}"
    value = draw(st.sampled_from(PLACEHOLDERS)) if draw(st.booleans()) else f"{words()} here"
    line = marker + draw(st.sampled_from(SHAPES)).format(draw(st.sampled_from(LABELS)), value)
    if draw(st.integers(0, 5)) == 0:
        line += f"\n{' ' * len(marker.expandtabs(4))}{draw(st.sampled_from(('- ', '', '* ')))}{words()}"
    return line


def block(draw: st.DrawFn, words: Words) -> str:
    match draw(st.integers(0, 10)):
        case 0 | 1:
            return heading(draw, words)
        case 2 | 3 | 4 | 5:
            gap = draw(st.sampled_from(("\n", "\n", "\n\n")))
            return gap.join(item(draw, words) for _ in range(draw(st.integers(1, 4))))
        case 6:
            return draw(st.sampled_from(PLACEHOLDERS))
        case 7:
            return f"{words()} stands in {words()},\nand {words()} too."
        case _:
            return draw(st.sampled_from(ODD)).format(words(), words())


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A whole document; mutated in one case of three."""
    words = Words()
    blocks = [block(draw, words) for _ in range(draw(st.integers(1, 9)))]
    if draw(st.integers(0, 2)):
        blocks.insert(
            draw(st.integers(0, len(blocks))),
            draw(st.sampled_from(("## ", "# "))) + HEADS[draw(st.integers(0, 3))],
        )
    gap = draw(st.sampled_from(("\n\n", "\n\n", "\n", "\n\n\n")))
    text = (
        draw(st.sampled_from(FRONT))
        + gap.join(blocks)
        + draw(st.sampled_from(("\n", "\n", "", "\n\n", "  ")))
    )
    if draw(st.integers(0, 2)) == 0:
        text = mutated(draw, text)
    return text.replace("\n", draw(st.sampled_from(ENDS)))


def mutated(draw: st.DrawFn, text: str) -> str:
    """Lines doubled, joined, indented or moved; marks put in. Words stay whole."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        n = draw(st.integers(0, len(lines) - 1))
        match draw(st.integers(0, 4)):
            case 0:
                lines.insert(n, "")
            case 1:
                lines[n] = draw(st.sampled_from((" ", "  ", "\t", "> ", "    ", "- ", "# "))) + lines[n]
            case 2:
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(n))
            case 3:
                lines[n] += draw(st.sampled_from((" ", "  ", "\\", " <!-- x -->", " `", " **", "\t", " -->")))
            case _:
                lines.insert(
                    n,
                    draw(
                        st.sampled_from(("```", "~~~", "-->", "<!--", "---", "===", "</div>", "|", "* * *"))
                    ),
                )
    return "\n".join(lines)


def words_of(text: str) -> list[str]:
    return WORD.findall(text)


def lines_of(text: str) -> list[str]:
    return re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)


def holds_placeholder(line: str) -> bool:
    """Whether a field of `line` may have been empty, and so may be filled."""
    return not WORD.search(line)
