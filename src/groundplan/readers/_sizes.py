"""Memory and CPU of one instance. Knows no number of instances."""

from __future__ import annotations

from decimal import Decimal

from groundplan.model.infrastructure import Facts
from groundplan.readers._notes import Notes
from groundplan.readers._quantities import Quantity
from groundplan.readers._words import words

_NOT_MEMORY = words(
    "disk disks storage ssd nvme volume volumes database db upload uploads traffic event events file "
    "files egress bandwidth hdd payload heap month day transfer backup backups dataset images "
    "festplatte disque disco snapshot log logs data object objects"
)  # fmt: skip
_PERIODS = words("month mo day week year s sec second hour h min minute d")
_ECS_UNITS = (256, 512, 1024, 2048, 4096)
"""CPU units of a Fargate task; 1024 are one vCPU."""
_MEMORY_WORDS = words("ram memory mem speicher memoria memoire arbeitsspeicher gb gig")


def memory(notes: Notes, amounts: list[Quantity]) -> int | None:
    """MB for each instance; different sizes for different parts are asked about."""
    sizes = [
        q
        for q in amounts
        if q.kind == "memory" and not notes.is_used(q.first, q.last) and _is_memory(notes, q)
    ]
    present = _present(notes, sizes)
    distinct = sorted({int(q.high) for q in present if not q.is_range})
    if present and any(_of_all(notes, q) for q in present):
        said = notes.words(present[0].first, present[0].last)
        each = ("for each", {"memory_mb": int(present[0].high)})
        notes.doubt("memory_mb", f"“{said}”: for each instance, or for all together?", each)
        for q in present:
            notes.use(q.first, q.last)
        return None
    for q in present:
        notes.take("memory_mb", q.first, q.last)
    if len(distinct) == 1 and not any(q.is_range for q in present):
        return distinct[0]
    if present:
        names = [notes.words(q.first, q.last) for q in present][:3]
        options = (
            (f"{v} MB", {"memory_mb": v})
            for v in (distinct or [int(present[0].low), int(present[0].high)])[:3]
        )
        notes.doubt(
            "memory_mb", f"memory is said as {' and '.join(names)}: which holds for one instance?", *options
        )
    return None


def _of_all(notes: Notes, q: Quantity) -> bool:
    """`4 GB RAM total across 2 instances`."""
    clause = notes.scope.clause[q.first]
    near = range(max(0, q.first - 3), min(q.last + 4, len(notes.text.tokens)))
    return any(notes.text.tokens[i].text in _ALL and notes.scope.clause[i] == clause for i in near)


_ALL = words(
    "split spread divided distributed verteilt "
    "total across combined altogether together overall insgesamt zusammen gesamt shared"
)


def _is_memory(notes: Notes, q: Quantity) -> bool:
    if q.unit in ("kb", "tb") or q.high < 32:
        return False
    after = [t.text for t in notes.text.tokens[q.last : q.last + 3]]
    before = [t.text for t in notes.text.tokens[max(0, q.first - 3) : q.first]]
    if (after and after[0] in _MEMORY_WORDS) or (before and before[-1] in _MEMORY_WORDS):
        return True
    if "total" in after[:2] or (after[:1] == ["/"] and after[1:2] and after[1] in _PERIODS):
        return False
    return not (set(_until_sign(after)) | set(before)) & _NOT_MEMORY


def _until_sign(words: list[str]) -> list[str]:
    for n, word in enumerate(words):
        if word in (",", ";", ".", ")", "and", "+"):
            return words[:n]
    return words


def _present(notes: Notes, sizes: list[Quantity]) -> list[Quantity]:
    """`Will bump to 4GB if it OOMs` is a plan; a correction takes back what stands before it."""
    kept: list[Quantity] = []
    for q in sizes:
        clause = notes.scope.clause[q.first]
        later = [c for c in notes.text.cues("future", "then") if notes.scope.clause[c.first] == clause]
        will = any(
            t.text in ("will", "bump", "upgrade", "later", "grow", "may", "might", "if", "would")
            for n, t in enumerate(notes.text.tokens)
            if notes.scope.clause[n] == clause and n < q.first
        )
        if len(sizes) > 1 and (later or will) and kept:
            notes.remark("planned", "`{}` is taken as a plan for later", q.first, q.last)
        else:
            kept.append(q)
    for cue in notes.text.cues("correction"):
        if any(q.first >= cue.last for q in kept):
            gone = [q for q in kept if q.first < cue.first]
            for q in gone:
                notes.remark("note", "`{}` was taken back by the words after it", q.first, q.last)
            kept = [q for q in kept if q not in gone]
    return kept


def cpu(notes: Notes, amounts: list[Quantity]) -> Decimal | None:
    """vCPU for each instance."""
    found = [q for q in amounts if q.kind == "cpu" and not notes.is_used(q.first, q.last)]
    found += [
        q
        for q in amounts
        if q.kind == "plain" and not notes.is_used(q.first, q.last) and _behind_cpu(notes, q)
    ]
    if found and any(_of_all(notes, q) for q in found):
        notes.doubt(
            "cpu", f"“{notes.words(found[0].first, found[0].last)}”: for each instance, or for all together?"
        )
        for q in found:
            notes.use(q.first, q.last)
        return None
    for q in found:
        notes.take("cpu", q.first, q.last)
    distinct = sorted({q.high / 1024 if q.high in _ECS_UNITS else q.high for q in found})
    if len(distinct) == 1 and not any(q.is_range for q in found):
        return distinct[0]
    if found:
        notes.doubt(
            "cpu",
            "more than one CPU size was named: which holds for one instance?",
            *((f"{v} vCPU", {"cpu": v}) for v in distinct[:3]),
        )
    return None


def _behind_cpu(notes: Notes, q: Quantity) -> bool:
    """`CPU to 4`, `cpu: 2`, `limits are cpu 1`."""
    words = [t.text for t in notes.text.tokens[max(0, q.first - 4) : q.first]]
    while words and words[-1] in _SETS:
        words.pop()
    behind = notes.text.tokens[q.last : q.last + 2]
    fraction = len(behind) == 2 and behind[0].text == "/" and behind[1].value is not None
    return bool(words) and q.high <= 96 and words[-1] in _CPU_WORDS and not fraction


_SETS = words("to : = limit request limits requests set of is")
_CPU_WORDS = words("cpu cpus vcpu vcpus cores")


def named_size(notes: Notes, facts: Facts) -> int | None:
    """`standard-2x`: the memory that the catalogue gives for a size of that name, where only one is named."""
    found: dict[int, tuple[int, int]] = {}
    for provider in ("heroku", "fly"):
        for name, sku in facts.skus.get(provider, {}).items():
            for i in (i for i, t in enumerate(notes.text.tokens) if t.kind == "machine" and t.text == name):
                found.setdefault(sku.memory_mib, (i, i + 1))
    if len(found) != 1:
        return None
    ((memory_mb, place),) = found.items()
    notes.take("memory_mb", *place, "inferred")
    return memory_mb
