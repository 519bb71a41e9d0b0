"""What is named beside the tool that makes the infrastructure: hand work. Chooses no tool."""

from __future__ import annotations

from groundplan.readers._notes import Notes
from groundplan.readers._tokens import Hit
from groundplan.readers._words import words

PLATFORM_FILES = words(
    "fly.toml app.yaml render.yaml docker-compose.yml docker-compose.yaml compose.yaml compose.yml docker-stack.yml "
    "procfile heroku.yml app.json vercel.json netlify.toml railway.json railway.toml captain-definition service.yaml "
    "cloudbuild.yaml apprunner.yaml azure.yaml wrangler.toml nixpacks.toml stack.yml app.yml docker-stack.yaml "
    ".do/app.yaml serverless.yaml firebase.json dokku.json scalingo.json"
)
LABELS = {
    "terraform": "Terraform",
    "opentofu": "OpenTofu",
    "pulumi": "Pulumi",
    "cloudformation": "CloudFormation",
    "platform": "the platform's own file",
    "none": "none",
}


_REST = words("nothing none no nada rien nichts")
"""`Helm and nothing else` names no hand work."""


_MEANS = words("flyctl cli doctl")
_DEEDS = words(
    "written wrote write writing applied apply applying run runs ran executed maintained geschrieben"
)


def _is_manner(notes: Notes, hit: Hit) -> bool:
    """`stacks via the AWS CLI`, `written by hand`: how the tool is used, and no hand work beside it."""
    tokens = notes.text.tokens
    return (
        tokens[hit.first].text in _REST
        or tokens[hit.last - 1].text in _MEANS
        or bool(_DEEDS & {t.text for t in tokens[max(0, hit.first - 4) : hit.first]})
    )


def ask_by_hand_too(notes: Notes, tool: str, chosen: list[Hit]) -> None:
    """`Terraform, but people click`: a tool and hand work, both as of now."""
    by_hand = [h for h in chosen if h.key == "none" and not _is_manner(notes, h)]
    hand = by_hand[0] if by_hand else None
    if hand is not None and tool != "none":
        said = notes.words(hand.first, hand.last)
        label = LABELS.get(tool, tool)
        question = f"{label} and “{said}” were both named: which makes the infrastructure?"
        notes.doubt("tool", question, (label, {"tool": tool}), ("by hand", {"tool": "none"}))
