"""Labels that people give to the fields of their documents: theirs is filled, and no second one is added."""

from pathlib import Path

import pytest
from cli_world import groundplan

ANSWERS = """[project]
name = "tides"
quality = "production"

[answers]
hosting = "Fly.io, Postgres on Neon"
regions = "Amsterdam"
scaling = "2 machines with 512 MB"
monitoring = "Sentry, email when it is down"
budget = "90 EUR a month"
iac = "fly.toml in the same repo"
"""
BASE, OPTIONS = "docs/specs/codebase_spec.md", "docs/specs/implementation_options_spec.md"
LABELS = [
    (BASE, "Infrastructure", "Hosting/Cloud Provider", "Provider"),
    (BASE, "Infrastructure", "Cloud/Hosting provider", "Provider"),
    (BASE, "Infrastructure", "Cloud platform", "Provider"),
    (BASE, "Infrastructure", "Availability zones", "Regions/Zones"),
    (BASE, "Infrastructure", "Scaling approach", "Scaling"),
    (BASE, "Infrastructure", "Monthly budget", "Cost"),
    (BASE, "Infrastructure", "IaC tool", "Infrastructure as Code"),
    (OPTIONS, "Infrastructure & Hosting", "Recommendation", "Selection"),
    (OPTIONS, "Infrastructure & Hosting", "Choice", "Selection"),
    (OPTIONS, "Infrastructure & Hosting", "Candidate platforms", "Candidates"),
]


@pytest.mark.parametrize(("document", "heading", "label", "ours"), LABELS, ids=[row[2] for row in LABELS])
def test_the_label_that_is_there_is_filled(
    tmp_path: Path, document: str, heading: str, label: str, ours: str
):
    (tmp_path / "groundplan.toml").write_text(ANSWERS)
    (tmp_path / document).parent.mkdir(parents=True)
    (tmp_path / document).write_text(f"# Tides\n\n## {heading}\n\n- **{label}:** ___\n")
    assert groundplan("apply", "-C", str(tmp_path), "--only", "documents", "--yes").code == 0
    text = (tmp_path / document).read_text()
    assert f"**{label}:** ___" not in text
    assert f"- **{label}:** " in text and f"- **{ours}:**" not in text


def test_words_that_were_taken_as_the_answer_are_no_news_at_the_next_apply(tmp_path: Path):
    (tmp_path / "groundplan.toml").write_text(ANSWERS)
    apply = ("apply", "-C", str(tmp_path), "--only", "documents", "--yes", "--plain")
    assert groundplan(*apply).code == 0
    base = tmp_path / BASE
    lines = base.read_text().splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if "**Regions/Zones:**" in line)
    theirs = "Stockholm (arn), where the lakes are"
    lines[at] = lines[at].split(":**")[0] + f":** {theirs}\n"
    base.write_text("".join(lines))
    groundplan("change", "-C", str(tmp_path), "budget", "95 EUR a month")
    assert f"you changed `Regions/Zones` to `{theirs}`" in groundplan(*apply).out
    groundplan("change", "-C", str(tmp_path), "regions", theirs)
    assert "Regions/Zones" not in groundplan(*apply).out
    assert theirs in base.read_text()
