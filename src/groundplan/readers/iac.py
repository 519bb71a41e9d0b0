"""Read how infrastructure is described as code: tool, files, state, language, where it lives."""

from __future__ import annotations

from groundplan.facts import vocabulary
from groundplan.model.decision import Iac, Reading, State, Status
from groundplan.model.infrastructure import Facts
from groundplan.model.knowledge import Reader
from groundplan.model.question import Question
from groundplan.readers._besides import LABELS, ask_by_hand_too
from groundplan.readers._decisions import reported, rivalled, weighed
from groundplan.readers._iac_files import from_files, named_files, platform_file, platform_file_of
from groundplan.readers._nearest import misspelt
from groundplan.readers._notes import Notes, finish, too_long
from groundplan.readers._repos import repo_location
from groundplan.readers._stance import Meant, either, stances, supported
from groundplan.readers._status import bare_status
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words

_PROVISIONING = (
    "terraform", "opentofu", "pulumi", "cloudformation", "cdk", "cdktf", "bicep", "arm", "sam", "serverless_framework",
    "crossplane", "deployment_manager", "copilot", "sst", "wing",
)  # fmt: skip
_SECOND = (
    "ansible", "chef", "puppet", "salt", "nix", "kustomize", "helm", "argocd", "flux", "kubernetes", "kamal",
    "waypoint", "vagrant", "packer", "eksctl",
)  # fmt: skip


def read(question: Question | None, text: str, facts: Facts) -> Reading:  # noqa: ARG001  # the shape of every reader
    """Read `text` as an answer to the infrastructure-as-code question."""
    notes = Notes("" if too_long(text) else text)
    found = _weighed(notes)
    chosen = [m.hit for m in found if m.stance == "chosen"]
    maybe = [m for m in found if m.stance == "maybe"]
    files = named_files(notes)
    chosen = [h for h in chosen if not _only_local(notes, h)]
    tool = _tool(notes, chosen, files) if chosen or not maybe else None
    if tool in _PROVISIONING and any(h.key == tool and _for_a_part(notes, h) for h in chosen):
        _ask_for_the_app(notes, tool, files)
    notes.meant([m for m in found if m.stance not in ("chosen", "maybe")])
    backend = _backend(notes, tool)
    tool = tool or _implied(notes, backend) or _plain_no(notes)
    value = Iac(
        tool=tool,
        files=tuple(f for f, _, kind in files if kind == "file"),
        state=State(backend),
        language=_language(notes, tool),
        repo_location=repo_location(notes, bool(tool)),
    )
    for hit in chosen:
        if not notes.is_used(hit.first, hit.last):
            notes.remark("note", "`{}` is named beside the main tool", hit.first, hit.last)
    return finish(
        notes,
        question.key if question else "iac",
        value,
        _status(notes, value, found, maybe if not chosen else [], chosen),
    )


def _weighed(notes: Notes) -> list[Meant]:
    """The tools as they are meant; a platform's own file may be what was decided on instead."""
    tokens = notes.text.tokens
    files = [
        Hit("file", "platform", i, i + 1)
        for i, t in enumerate(tokens)
        if t.kind == "file" and platform_file_of([(t.text, i, t.kind)]) is not None
    ]
    hits = _hits(notes)
    found = stances(notes.text, notes.scope, hits)
    if not files or not hits:
        return weighed(notes, found, _rivals)
    both = sorted([*found, *(Meant(f, "chosen") for f in files)], key=lambda m: m.hit.first)
    return [m for m in weighed(notes, both, _rivals) if m.hit.domain != "file"]


def _rivals(a: Hit, b: Hit) -> bool:
    return a.key != b.key


def _hits(notes: Notes) -> list[Hit]:
    hits = [h for h in notes.text.of("iac") if supported(notes.text, h) and not _is_verb(notes, h)]
    longer = notes.text.of("backend")
    kept: list[Hit] = []
    for hit in hits:
        swallowed = any(b.first <= hit.first and hit.last < b.last for b in longer)
        if not swallowed and (not kept or hit.first >= kept[-1].last):
            kept.append(hit)
    return kept


def _is_verb(notes: Notes, hit: Hit) -> bool:
    """`we terraform planets`, `terraform destroy`: a deed or a command, and no choice."""
    tokens = notes.text.tokens
    before = tokens[hit.first - 1].text if hit.first else ""
    after = tokens[hit.last].text if hit.last < len(tokens) else ""
    return after == "destroy" or (
        before in ("we", "i", "they") and tokens[hit.first].text == "terraform" and after != ""
    )


def _implied(notes: Notes, backend: str | None) -> str | None:
    """Terraform Cloud keeps the state of Terraform."""
    tool = {"terraform_cloud": "terraform", "pulumi_cloud": "pulumi"}.get(backend or "")
    if tool is not None and "tool" not in notes.unclear:
        hit = next(h for h in notes.text.of("backend") if h.key == backend)
        notes.take_hit("tool", hit, "inferred")
        return tool
    return None


def _plain_no(notes: Notes) -> str | None:
    """`no` answers the question whether code will be used."""
    words = [i for i, t in enumerate(notes.text.tokens) if t.kind == "word"]
    if len(words) == 1 and notes.text.tokens[words[0]].text in ("no", "nein", "non", "nope", "never"):
        notes.take("tool", words[0], words[0] + 1)
        return "none"
    return None


def _only_local(notes: Notes, hit: Hit) -> bool:
    """A compose file for local development is no infrastructure."""
    if hit.key != "platform":
        return False
    near = [
        c
        for c in notes.text.cues("local_dev")
        if notes.scope.clause[c.first] == notes.scope.clause[hit.first] and abs(c.first - hit.last) <= 6
    ]
    if near:
        notes.remark("note", "`{}` is for local development only", hit.first, hit.last)
    return bool(near)


def _tool(notes: Notes, chosen: list[Hit], files: list[tuple[str, int, str]]) -> str | None:
    """The tool that makes the infrastructure; helpers for what runs on it come second, hand work last."""
    for group in (_PROVISIONING, _SECOND, ("platform",), ("none",)):
        hits = [h for h in chosen if h.key in group]
        names = _without_wrapper(notes, hits)
        if group is _PROVISIONING and not names:
            named = from_files(notes, files)
            if named is not None:
                return named
        if group == ("platform",) and not names:
            named = platform_file(notes, files)
            if named is not None:
                return named
        if len(names) > 1:
            names = _reduce(names)
        if len(names) == 1:
            for hit in hits:
                notes.take_hit("tool", hit)
            ask_by_hand_too(notes, names[0], chosen)
            return names[0]
        if names:
            return _which(notes, names, hits)
    return None


def _ask_for_the_app(notes: Notes, tool: str, files: list[tuple[str, int, str]]) -> None:
    """`Terraform for the AWS bits and fly.toml for the app`: both are in use, each for a part."""
    named = platform_file_of(files)
    if named is not None:
        said, label = notes.words(named, named + 1), LABELS.get(tool, tool)
        notes.doubt(
            "tool",
            f"{label} and “{said}” were both named: which describes the application?",
            (label, {"tool": tool}),
            (said, {"tool": "platform"}),
        )


def _for_a_part(notes: Notes, hit: Hit) -> bool:
    """`Terraform for the AWS bits`, `Terraform, but only for DNS`."""
    return bool(_FOR & {t.text for t in notes.text.tokens[hit.last : hit.last + 4]})


def _without_wrapper(notes: Notes, hits: list[Hit]) -> list[str]:
    """Names of the tools; Terragrunt runs Terraform or OpenTofu, whichever is named beside it."""
    names = list(dict.fromkeys(h.key for h in hits))
    wrapped = all(notes.text.tokens[h.first].text == "terragrunt" for h in hits if h.key == "terraform")
    return [n for n in names if n != "terraform"] if wrapped and len(names) > 1 else names


def _reduce(names: list[str]) -> list[str]:
    """SAM and CDK write CloudFormation; CDK for Terraform is CDK; Helm is what Argo CD installs."""
    for wrapper, inner in (
        ("sam", "cloudformation"),
        ("cdk", "cloudformation"),
        ("cdktf", "terraform"),
        ("copilot", "cloudformation"),
        ("sst", "pulumi"),
        ("serverless_framework", "cloudformation"),
    ):
        if wrapper in names and inner in names and len(names) == 2:
            return [wrapper]
    if all(n in _SECOND for n in names):
        return [n for n in _SECOND if n in names][:1]
    return names


def _which(notes: Notes, names: list[str], hits: list[Hit]) -> str | None:
    """Ask; the one that is said to be in use now is the likely one."""
    shown = [LABELS.get(n, n) for n in names[:3]]
    notes.doubt(
        "tool",
        f"{' and '.join(shown)} were named: which one makes the infrastructure?",
        *((s, {"tool": n}) for s, n in zip(shown, names, strict=False)),
    )
    notes.use_hits(hits)
    present = [h for h in hits if _is_present(notes, h)]
    if len({h.key for h in present}) != 1:
        return None
    notes.take_hit("tool", present[0])
    return present[0].key


def _is_present(notes: Notes, hit: Hit) -> bool:
    """`CDK for now`, `currently Terraform`."""
    clause = notes.scope.clause
    return any(
        clause[c.first] == clause[hit.first] and 0 <= max(c.first - hit.last, hit.first - c.last) <= 2
        for c in notes.text.cues("now")
    )


def _backend(notes: Notes, tool: str | None) -> str | None:
    """Where the state lives; `S3` counts where state or a backend is spoken of, or a tool that keeps state."""
    spoken = any(t.text in _STATE for t in notes.text.tokens)
    hits = notes.text.of("backend")
    spoken = spoken or any(t.text in ("dynamodb", "dynamo") for t in notes.text.tokens)
    found = stances(notes.text, notes.scope, hits)
    for m in sorted(found, key=lambda m: not _holds_state(notes, m.hit)):
        clear = m.hit.key in (
            "terraform_cloud",
            "pulumi_cloud",
            "azurerm",
            "spacelift",
            "scalr",
            "env0",
            "gitlab",
        )
        if m.stance != "chosen" or not (spoken or clear) or (tool == "none" and not clear):
            if m.stance != "chosen":
                notes.meant([m])
            continue
        rest = m.hit.key == "local" and len(hits) > 1 and not _holds_state(notes, m.hit)
        if (rest and not _for_now(notes, m.hit)) or _was_only(notes, m):
            notes.use(m.hit.first, m.hit.last)
            continue
        notes.take_hit("state.backend", m.hit)
        return m.hit.key
    return None


_STATE = words("state backend states tfstate zustand etat estado remote")


def _holds_state(notes: Notes, hit: Hit) -> bool:
    """`files in S3, state in GCS`: the state is spoken of beside the name."""
    clause = notes.scope.clause
    near = range(max(0, hit.first - 5), min(len(clause), hit.last + 3))
    return any(notes.text.tokens[i].text in _STATE for i in near if clause[i] == clause[hit.first])


def _for_now(notes: Notes, hit: Hit) -> bool:
    """`state local for now, a bucket once there are two of us`."""
    return any(
        notes.scope.clause[c.first] == notes.scope.clause[hit.first] and c.first >= hit.last
        for c in notes.text.cues("now")
    )


def _was_only(notes: Notes, m: Meant) -> bool:
    before = [t.text for t in notes.text.tokens[max(0, m.hit.first - 2) : m.hit.first]]
    return "was" in before or "were" in before


def _language(notes: Notes, tool: str | None) -> str | None:
    """A programming language beside a tool that takes several; `HCL` and `YAML` where they are said."""
    if tool is None or tool == "none":
        return None
    hits = [
        h
        for h in notes.text.of("language")
        if (supported(notes.text, h) or _behind_tool(notes, h)) and not _other_use(notes, h)
    ]
    found = stances(notes.text, notes.scope, hits)
    wanted = [m.hit for m in found if m.stance in ("chosen", "maybe")]
    notes.use_hits(m.hit for m in found if m.hit not in wanted)
    if not wanted:
        return None
    if len({h.key for h in wanted}) > 1 and either(notes.text, wanted[0], wanted[1]):
        names = [notes.words(h.first, h.last) for h in wanted[:3]]
        choices = ((n, {"language": h.key}) for n, h in zip(names, wanted, strict=False))
        notes.doubt("language", f"{' or '.join(names)}: which language?", *choices)
        notes.use_hits(wanted)
        return None
    notes.take_hit("language", wanted[0])
    return wanted[0].key


def _behind_tool(notes: Notes, hit: Hit) -> bool:
    """`pulumi go`: right behind a tool that is written in several languages."""
    after = notes.text.tokens[hit.last].text if hit.last < len(notes.text.tokens) else ","
    before = hit.first - (notes.text.tokens[hit.first - 1].text == "(")
    return (after in _BEHIND or after in _FLAVOURS) and any(
        t.last == before and t.key in ("pulumi", "cdk", "cdktf") for t in notes.text.of("iac")
    )


def _other_use(notes: Notes, hit: Hit) -> bool:
    """`our Python app`, `our API is in Python, infra in Pulumi`, `YAML` of something that was declined."""
    tokens, clause = notes.text.tokens, notes.scope.clause
    before = [t.text for i, t in enumerate(tokens[: hit.first]) if clause[i] == clause[hit.first]]
    tools = any(t.first < hit.first and clause[t.first] == clause[hit.first] for t in notes.text.of("iac"))
    if not tools and _APP & set(before) and _IS & set(before):
        return True
    after = tokens[hit.last].text if hit.last < len(tokens) else ""
    return after in (
        "app",
        "backend",
        "service",
        "api",
        "code",
        "lambda",
        "lambdas",
        "scripts",
        "script",
        "on",
    )


_APP = words(
    "app api apis backend frontend service services code application site bot product server worker workers"
)
_BEHIND = frozenset((",", ".", ";", "and", "+", "\n", ")"))
_FLAVOURS = words("flavour flavor edition version variant sdk")
_FOR = words("for fur pour para")
_IS = words("is are was written runs ist sind est es")


def _ask_whether(notes: Notes, maybe: list[Meant]) -> None:
    """One possibility or several: what is possible only is no value yet."""
    keys = list(dict.fromkeys(m.hit.key for m in maybe))
    names = [LABELS.get(k, k) for k in keys] or ["it"]
    choices = tuple((n, {"tool": k}) for n, k in zip(names, keys, strict=False))
    several = f"{' or '.join(names[:3])}: which one makes the infrastructure?"
    text = f"is {names[0]} decided?" if len(names) == 1 else several
    notes.doubt("tool", text, *(choices or _CHOICES))
    notes.use_hits(m.hit for m in maybe)


def _status(notes: Notes, value: Iac, found: list[Meant], maybe: list[Meant], chosen: list[Hit]) -> Status:
    if "tool" in notes.unclear:
        return "unclear"
    if any(m.stance == "unclear" for m in found) or maybe:
        _ask_whether(notes, maybe)
        return "unclear"
    if value.tool is not None:
        if (chosen and all(reported(notes, h) for h in chosen)) or rivalled(notes, found, _rivals):
            notes.doubt("tool", f"is {LABELS.get(value.tool, value.tool)} decided?", *_CHOICES)
        return "ok"
    status = bare_status(notes)
    near = misspelt(notes.text, "iac")
    if near is not None:
        key = next(n.key for _, ns in vocabulary.load().by_first[near[1]] for n in ns if n.domain == "iac")
        notes.doubt(
            "tool",
            f"is “{notes.words(near[0], near[0] + 1)}” {near[1]}?",
            (near[1], {"tool": key}),
            ("no", {}),
        )
        return "unclear"
    if status == "unclear":
        notes.doubt("tool", "how should the infrastructure be described?", *_CHOICES)
    return status


_CHOICES = (
    ("Terraform", {"tool": "terraform"}),
    ("the platform's own file", {"tool": "platform"}),
    ("none, by hand", {"tool": "none"}),
)

READER = Reader(
    key="iac",
    titles=("infrastructure as code", "iac", "infrastructure code", "provisioning"),
    value=Iac,
    read=read,
)
