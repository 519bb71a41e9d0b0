"""Without infrastructure as code, one runbook holds everything: its commands write the very files of `native`."""

import re
import subprocess

import msgspec
import pytest
from fly.fly_cases import DRAFTS, FACTS, draft

from groundplan.emit import emit
from groundplan.lower import lower
from groundplan.model.answer import App
from groundplan.model.plan import CodeWish, Draft
from groundplan.plan import plan
from groundplan.platforms.fly.native import parts

HOSTILE = draft(
    app=App(health_path="/'; touch broken; $(touch broken) `touch broken`", image="x'\nEOF\ntouch broken")
)
CASES = {**DRAFTS, "hostile": HOSTILE}


def by_hand(case: Draft):
    return plan(msgspec.structs.replace(case, code=CodeWish(tool="none")), FACTS)


@pytest.mark.parametrize("name", sorted(CASES))
def test_its_commands_write_the_files_of_the_plan_and_nothing_else(name, tmp_path):
    made = by_hand(CASES[name])
    assert made.target == "none"
    (book,) = emit(made, lower(made))
    assert book.path == "infra/fly/RUNBOOK.md"
    step = book.content.split("\n## 2. ")[1].split("\n## 3. ")[0]
    fence = re.search(r"^(`{3,})bash$", step, re.M)
    script = step.split(f"{fence[1]}bash\n")[1].split(f"\n{fence[1]}\n")[0]
    done = subprocess.run(["bash", "-euc", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    written = {str(p.relative_to(tmp_path)): p.read_text() for p in tmp_path.rglob("*") if p.is_file()}
    assert written == {f.path: f.content for f in parts(made)}


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_step_is_numbered_in_order_and_ends_with_a_check(name):
    (book,) = lower(by_hand(CASES[name]))
    numbers = [int(n) for n in re.findall(r"^## (\d+)\. ", book.content, re.M)]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 4
    assert len(re.findall(r"^Check: ", book.content, re.M)) == len(numbers)
