"""`groundplan estimate`: the monthly cost range, line by line. Computes nothing itself."""

from __future__ import annotations

from groundplan.cli import commandline
from groundplan.cli.commandline import say
from groundplan.cli.options import CASE, Settings, takes
from groundplan.cli.stop import FINDINGS, stop


@commandline.command("estimate")
@takes(*CASE, "json", "strict")
def command(settings: Settings) -> int:
    """The monthly cost range, line by line, against the budget.

    Hosting must be answered; whatever else is open is assumed, and the assumptions are named.
    """
    from groundplan.cli.complete import completed
    from groundplan.cli.session import compiled

    session = completed(settings, need=("hosting",))
    result = compiled(session.answers, session.phase)
    estimate = result.estimate
    if estimate is None:
        names = ", ".join(result.decisions.hosting.platforms) or "no platform"
        stop(
            "GP960",
            f"there is nothing to price: {names} cannot be planned yet",
            "groundplan catalog platforms",
        )
    if settings.as_json:
        from groundplan.cli.views import as_json

        say(as_json.encode(as_json.estimate(estimate)), nl=False)
    else:
        from groundplan.cli.views.money import breakdown

        say(breakdown(estimate, settings.device))
    over = estimate.verdict.state in ("over_at_minimum", "breaks_at_expected")
    tight = estimate.verdict.state == "breaks_at_maximum"
    return FINDINGS if over or (settings.strict and tight) else 0
