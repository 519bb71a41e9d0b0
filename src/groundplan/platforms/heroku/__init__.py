"""Heroku: what the option matrix says of it. Planned and priced; code is not written yet."""

from groundplan.model.knowledge import Platform

PLATFORM = Platform(
    key="heroku",
    name="Heroku",
    services=("dynos",),
    scaling="By hand; on the p95 response time with Performance dynos only.",
    monitoring="Metrics of the dynos with threshold alerts on response time and errors; logs are an add-on.",
    budget_alarm="None is documented; the number of dynos caps the bill.",
    code="heroku.yml, or Terraform without autoscaling; groundplan does not write that code yet.",
    risk="Reported in sustaining engineering since February 2026; two regions without Enterprise.",
    sla="heroku.common",
    burden="low",
    operations="Next to nothing; add-ons do the rest.",
    unmanageable=("cloudformation",),
)
