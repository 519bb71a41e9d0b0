"""Whole-process speed and memory, as ratios against a peer or a floor in the same run.

Usage: `make bench`, or python benchmarks/run.py --copier PROGRAM [--rounds N] with the Python that groundplan is
installed for. Commands are run in turn, A B A B, so that a slow moment of the machine meets both; the median of
the pairwise ratios is printed with its smallest and largest.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
ANSWERS = ROOT / "examples" / "clinic-booking" / "groundplan.toml"
BIN = Path(sys.executable).parent


def run(*argv: str | Path, cwd: Path | None = None) -> tuple[float, float]:
    """Wall seconds and peak memory in MiB of one process, whose output is thrown away."""
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        if cwd:
            os.chdir(cwd)
        os.execv(str(argv[0]), [str(a) for a in argv])
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit(f"{argv} ended with status {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def ratio(a: Callable[[], float], b: Callable[[], float], rounds: int) -> tuple[list[float], float, float]:
    a(), b()
    pairs = [(a(), b()) for _ in range(rounds)]
    ratios = sorted(x / y for x, y in pairs)
    return ratios, statistics.median(x for x, _ in pairs), statistics.median(y for _, y in pairs)


def show(name: str, goal: float, result: tuple[list[float], float, float]) -> None:
    ratios, mine, other = result
    middle = statistics.median(ratios)
    print(
        f"{name:<58} {middle:6.3f} x  (goal <= {goal}; {ratios[0]:.3f} to {ratios[-1]:.3f}; "
        f"{mine * 1000:.0f} ms against {other * 1000:.0f} ms)"
    )


def generate(folder: Path, command: str = "apply") -> tuple[float, float]:
    if command == "apply":
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        shutil.copy(ANSWERS, folder / "groundplan.toml")
    return run(BIN / "groundplan", command, "--project", folder, *(["--yes"] if command == "apply" else []))


def copier_template(folder: Path, like: Path) -> Path:
    """A copier template with as many files, of the same sizes, as `like` holds; each renders one variable."""
    template = folder / "template"
    for index, path in enumerate(
        sorted(p for p in like.rglob("*") if p.is_file() and ".groundplan" not in p.parts)
    ):
        target = template / f"d{index % 5}" / f"file{index}.txt.jinja"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8").replace("{", "(").replace("}", ")").replace("#", "-")
        target.write_text("# {{ name }}\n" + text, encoding="utf-8")
    (template / "copier.yml").write_text("name:\n  type: str\n  default: orders\n", encoding="utf-8")
    return template


def reading(rounds: int) -> None:
    from groundplan import facts, phases, read
    from groundplan.model.answer import Answer

    known, phase = facts.load(), phases.builtin()
    texts = [(q, Answer(example)) for q in phase.questions for example in q.examples]
    times = []
    for _ in range(rounds * 10):
        for question, answer in texts:
            start = time.perf_counter()
            read.read(question, answer, {}, known)
            times.append(time.perf_counter() - start)
    print(f"{'one reading, median in process':<58} {statistics.median(times) * 1000:6.3f} ms (goal < 1)")


FOUNDATION = """
import sys, time
from groundplan import emit, facts, lower, phases, plan, read
from groundplan.store import parse_answers_bytes
answers, _ = parse_answers_bytes(open(sys.argv[1], "rb").read(), sys.argv[1])
known = facts.load()
made = plan.plan(plan.draft(answers, read.decide(phases.builtin(), answers, known), known), known)
start = time.process_time()
emit.emit(made, lower.lower(made))
print(time.process_time() - start)
"""


def foundations(rounds: int) -> None:
    """From the plan to the files of one AWS foundation, the first time in a process, which loads its modules; CPU time."""
    for example in ("ledger-api", "ticket-desk", "map-tiles"):
        answers = ROOT / "examples" / example / "groundplan.toml"
        command = [sys.executable, "-c", FOUNDATION, str(answers)]
        times = [
            float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            for _ in range(rounds)
        ]
        name = f"code of {example} from its plan, CPU, first time"
        print(f"{name:<58} {statistics.median(times) * 1000:6.1f} ms (goal < 60)")


PART = """## Part {}

We write about it, over several lines, with *emphasis*, `code` and [links](https://example.com).
It says little.

- **Owner:** team
- a list item
  - nested `item` one

```python
# not a heading
```

| a | b |
|---|---|
| c | d |

"""


def documents(rounds: int) -> None:
    """Specifications of a usual size and of 10 MB, filled in place, in seconds of the processor."""
    from groundplan import facts, fill, phases, pipeline
    from groundplan.store import parse_answers_bytes

    answers, _ = parse_answers_bytes(ANSWERS.read_bytes(), str(ANSWERS))
    assert answers
    sections = pipeline.compile(answers, facts.load(), phases.builtin()).sections
    notes = ("### Notes of service {}\n\n" + "latency " * words + "\n\n" for words in (5, 200))
    usual = (PART, 20_000, max(rounds, 1), 1000, "ms (goal < 15)")
    for part, size, times, unit, goal in (
        usual, *((p, 10_000_000, max(rounds // 3, 1), 1, "s (goal < 2)") for p in (PART, *notes))
    ):  # fmt: skip
        parts = [part.format(n) for n in range(size // len(part))]
        parts.insert(len(parts) // 2, "## Infrastructure\n\n- **Provider:** TBD\n\n")
        content = "".join(parts).encode()
        took = []
        for _ in range(times):
            start = time.process_time()
            fill.fill(sections[0].document, content, sections, ())
            took.append(time.process_time() - start)
        name = f"a document of {size // 1000:,} KB with {len(parts):,} headings filled in"
        print(f"{name:<58} {statistics.median(took) * unit:6.2f} {goal}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--copier", required=True, type=Path, help="the copier program to compare with")
    given = parser.parse_args()
    rounds: int = given.rounds
    with tempfile.TemporaryDirectory() as scratch:
        out, other = Path(scratch) / "out", Path(scratch) / "other"
        _, peak = generate(out)
        count = sum(1 for p in out.rglob("*") if p.is_file() and ".groundplan" not in p.parts)
        template = copier_template(Path(scratch), out)

        def copier() -> float:
            shutil.rmtree(other, ignore_errors=True)
            return run(given.copier.absolute(), "copy", "--defaults", "--quiet", template, other)[0]

        floor = ratio(
            lambda: run(BIN / "groundplan", "--help")[0], lambda: run(sys.executable, "-c", "pass")[0], rounds
        )
        show("`groundplan --help` against `python -c pass`", 4.5, floor)
        libraries = "import argparse, decimal, msgspec, pathlib, tomllib"
        bare = ratio(lambda: run(sys.executable, "-c", libraries)[0], copier, rounds)
        show("floor of a whole run: its libraries alone, against copier", 0.15, bare)
        show(
            f"whole run, {count} files, against copier", 0.15, ratio(lambda: generate(out)[0], copier, rounds)
        )
        show(
            "`check` of that project against copier",
            0.10,
            ratio(lambda: generate(out, "check")[0], copier, rounds),
        )
        print(f"{'peak memory of the whole run':<58} {peak:6.1f} MiB (goal <= 50)")
    reading(rounds)
    foundations(rounds)
    documents(rounds)


if __name__ == "__main__":
    main()
