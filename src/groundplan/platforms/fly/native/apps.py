"""The fly.toml of the application and of its autoscalers. Knows Fly.io's configuration keys; decides nothing."""

from __future__ import annotations

from shlex import join

from groundplan.model.application import App
from groundplan.model.files import File
from groundplan.model.plan import Component, Plan
from groundplan.platforms.fly import queries
from groundplan.platforms.fly.scaling import scale
from groundplan.platforms.fly.sizes import preset
from groundplan.syntax import toml

_AUTOSCALER_IMAGE = "flyio/fly-autoscaler:0.3"
"""The image that fly.io/docs/launch/autoscale-by-metric names (2026-08-07)."""

PROMETHEUS = "https://api.fly.io/prometheus/personal"
"""The organisation `personal` is the default; the runbook sets another at deployment."""

_WHY_STYLE = {
    "fixed": "The number of Machines is set with `fly scale count`; the proxy leaves it alone.",
    "proxy": "The proxy starts a stopped Machine when the others pass soft_limit, and stops one that is not needed.",
    "autoscaler": "The autoscaler app starts and stops Machines; the proxy must not do it as well.",
}


def app_file(plan: Plan) -> File:
    """The application's fly.toml, at the root because flyctl looks for it there."""
    machines = plan.role("web")
    first = machines[0]
    style = str(first.settings["style"])
    document: dict[str, toml.Value] = {
        "app": plan.draft.project,
        "primary_region": str(first.region),
        "kill_signal": "SIGTERM",
        "kill_timeout": 30,
    }
    if plan.draft.app.image:
        document["build"] = {"image": plan.draft.app.image}
    volumes = [c for c in plan.role("database") if "mount" in c.settings]
    green = first.maximum == 1 and not volumes
    document["deploy"] = {"strategy": "bluegreen" if green else "rolling"}
    document["env"] = {"PORT": str(plan.draft.app.port)}
    groups = tuple(dict.fromkeys(str(c.settings["group"]) for c in machines))
    command = join(plan.draft.app.command)
    if len(groups) > 1 or command:
        document["processes"] = dict.fromkeys(groups, command)
    document["http_service"] = _service(plan, first, groups)
    if volumes:
        document["mounts"] = [_mount(c, groups) for c in volumes]
    document["vm"] = [{"size": preset(first.sku), "memory": f"{first.memory_mib}mb"}]
    if any(t.metric == "queue" for t in plan.draft.scaling.triggers):
        document["metrics"] = [{"port": plan.draft.app.port, "path": "/metrics"}]
    return File(
        path="fly.toml",
        content=toml.write(document, {**_comments(style), **_origins(plan.draft.app)}),
        purpose="the application on Fly.io",
    )


def _mount(volume: Component, groups: tuple[str, ...]) -> dict[str, toml.Value]:
    mount: dict[str, toml.Value] = {
        "source": "data",
        "destination": str(volume.settings["mount"]),
        "initial_size": f"{volume.settings['volume_gb']}gb",
    }
    return {**mount, "processes": list(groups)} if len(groups) > 1 else mount


def _origins(app: App) -> dict[str, str]:
    """Where what is known of the application is from; nothing is said of what a person set."""
    told = {
        "env.PORT": ("The port that the application listens on", app.note("port")),
        "http_service.checks": (
            "The path that answers while the application is well",
            app.note("health_path"),
        ),
        "build.image": ("The image that runs", app.note("image")),
        "processes": ("What starts the application, in every group", app.note("command")),
    }
    missing = {"build.image": not app.image, "processes": not app.command}
    return {key: f"{text}{note}." for key, (text, note) in told.items() if note and not missing.get(key)}


def _service(plan: Plan, first: Component, groups: tuple[str, ...]) -> dict[str, toml.Value]:
    proxy = first.settings["style"] == "proxy"
    service: dict[str, toml.Value] = {
        "internal_port": plan.draft.app.port,
        "force_https": True,
        "auto_stop_machines": "stop" if proxy else "off",
        "auto_start_machines": proxy,
    }
    if proxy:
        service["min_machines_running"] = first.minimum
    service["processes"] = list(groups)
    service["concurrency"] = {"type": "requests", "soft_limit": int(first.settings["soft_limit"])}
    service["checks"] = [
        {
            "method": "GET",
            "path": plan.draft.app.health_path,
            "interval": "15s",
            "timeout": "5s",
            "grace_period": "30s",
        }
    ]
    return service


def _comments(style: str) -> dict[str, str]:
    return {
        "kill_signal": "The default, SIGINT, ends most applications at once; SIGTERM lets open requests finish.",
        "processes": "One group for each region, so that each region has its own autoscaler; all run the same command.",
        "http_service": _WHY_STYLE[style],
        "metrics": "The gauge queue_depth is read from here every 15 seconds.",
    }


def autoscaler_files(plan: Plan) -> tuple[File, ...]:
    """One autoscaler for each region; it runs on exactly one Machine."""
    made = plan.role("autoscaler")
    return tuple(_autoscaler(plan, component, len(made) > 1) for component in made)


def autoscaler_folder(component: Component, several: bool) -> str:
    return "infra/fly/autoscaler" + (f"/{component.region}" if several else "")


def _autoscaler(plan: Plan, component: Component, several: bool) -> File:
    web = next(c for c in plan.role("web") if c.region == component.region)
    region = component.region if several else None
    query = queries.wanted(scale(plan.draft).triggers, plan.draft.project, region)
    env: dict[str, toml.Value] = {
        "FAS_APP_NAME": plan.draft.project,
        "FAS_STARTED_MACHINE_COUNT": f"max({web.minimum}, min({web.maximum}, ceil(wanted)))",
        "FAS_PROMETHEUS_ADDRESS": PROMETHEUS,
        "FAS_PROMETHEUS_METRIC_NAME": "wanted",
        "FAS_PROMETHEUS_QUERY": query,
    }
    if several:
        env["FAS_PROCESS_GROUP"] = str(web.settings["group"])
    document: dict[str, toml.Value] = {
        "app": str(component.settings["app"]),
        "primary_region": str(component.region),
        "build": {"image": _AUTOSCALER_IMAGE},
        "env": env,
        "metrics": [{"port": 9090, "path": "/metrics"}],
        "vm": [{"size": preset(component.sku), "memory": f"{component.memory_mib}mb"}],
    }
    comments = {
        "app": "Deploy with --ha=false: two autoscalers would work against each other.",
        "env.FAS_STARTED_MACHINE_COUNT": (
            f"Never fewer than {web.minimum} and never more than {web.maximum} Machines. It starts and stops the "
            "Machines of a\npool and destroys none, so open requests can end. Where the query fails, nothing is scaled."
        ),
        "env.FAS_PROMETHEUS_QUERY": "How many Machines the present load needs; a peak counts for five minutes.",
    }
    path = f"{autoscaler_folder(component, several)}/fly.toml"
    return File(
        path=path, content=toml.write(document, comments), purpose="the autoscaler of the web Machines"
    )
