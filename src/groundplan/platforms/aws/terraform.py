"""The plan as a graph of AWS resources in the Terraform vocabulary; the modules beside this one know the parts."""

from __future__ import annotations

from groundplan.model.graph import Block, Graph, Output, Provider, Ref, Resource, Value, Var
from groundplan.model.plan import Plan
from groundplan.platforms.aws.cluster_guide import applied
from groundplan.platforms.aws.cluster_manifests import manifests
from groundplan.platforms.aws.terraform_cluster import cluster
from groundplan.platforms.aws.terraform_data import data
from groundplan.platforms.aws.terraform_entry import record
from groundplan.platforms.aws.terraform_function import function
from groundplan.platforms.aws.terraform_guide import guide
from groundplan.platforms.aws.terraform_instances import instances
from groundplan.platforms.aws.terraform_key import key
from groundplan.platforms.aws.terraform_network import network
from groundplan.platforms.aws.terraform_registry import registries
from groundplan.platforms.aws.terraform_service import secret_arns, service
from groundplan.platforms.aws.terraform_site import Site, sites
from groundplan.platforms.aws.terraform_state import backend
from groundplan.platforms.aws.terraform_variables import variables
from groundplan.platforms.aws.terraform_watch import budget, watch

VERSION = "~> 6.0"


def lower(plan: Plan) -> Graph:
    """Every component of the plan as resources, region by region; the first region is the default provider."""
    found = sites(plan)
    resources: list[Resource] = registries(found)
    for site in found:
        resources += [*network(site), *_runs(site), *data(site), *key(site), *watch(site), *record(site)]
    resources += budget(plan)
    kept, arguments = backend(plan.draft.code.state_backend, plan.draft.project)
    return Graph(
        vocabulary="terraform",
        providers=tuple(_provider(site) for site in found),
        resources=tuple(resources),
        variables=variables(plan, found),
        outputs=_outputs(found),
        files=manifests(plan) if found[0].cluster else (),
        afterwards=applied(plan) if found[0].cluster else (),
        guide=guide(plan, found),
        backend=kept,
        backend_arguments=arguments,
    )


def _runs(site: Site) -> list[Resource]:
    if site.instances:
        return instances(site)
    if site.cluster:
        return cluster(site)
    return function(site) if site.serverless else service(site)


def _provider(site: Site) -> Provider:
    tags: dict[str, Value] = {"Project": site.plan.draft.project, "ManagedBy": "terraform"}
    arguments: dict[str, Value] = {"region": site.place.code, "default_tags": Block({"tags": tags})}
    alias = site.alias.removeprefix("aws.") if site.alias else None
    return Provider(name="aws", source="hashicorp/aws", version=VERSION, arguments=arguments, alias=alias)


def _outputs(found: tuple[Site, ...]) -> tuple[Output, ...]:
    if found[0].serverless:
        return _function_outputs(found)
    made = [
        _output(site, "address", f"Name of the balancer in {site.place.code}; point the public name at it",
                site.ref("aws_lb", "dns_name"))
        for site in found
    ]  # fmt: skip
    made += [
        _output(site, "group", f"Auto scaling group in {site.place.code}", site.ref("aws_autoscaling_group", "name"))
        if site.instances
        else _output(site, "cluster", f"Kubernetes cluster in {site.place.code}", site.ref("aws_eks_cluster", "name"))
        if site.cluster
        else _output(site, "cluster", f"ECS cluster in {site.place.code}; the service has the same name",
                     site.ref("aws_ecs_cluster", "name"))
        for site in found
    ]  # fmt: skip
    repository = Ref("aws_ecr_repository", "main", "repository_url")
    made.append(Output(name="repository", description="Where images are pushed to", value=repository))
    return (*made, *_filled(found[0])) if found[0].cluster else tuple(made)


def _filled(site: Site) -> list[Output]:
    """What is put into the objects of the cluster."""
    spot, made = site.spot, []
    for secret in site.plan.secrets:
        name = f"{secret.name.lower()}_secret_arn"
        made.append(Output(name=name, description=f"Secret with the {secret.purpose}", value=Var(name)))
    if spot.database:
        host, master = site.ref("aws_db_instance", "address"), secret_arns(site)[-1]
        made.append(Output(name="database_host", description="Address of the database", value=host))
        made.append(
            Output(name="master_secret_arn", description="Secret with its user and password", value=master)
        )
    if spot.cache:
        host = site.ref("aws_elasticache_replication_group", "primary_endpoint_address")
        made.append(Output(name="redis_host", description="Address of the cache", value=host))
    return made


def _function_outputs(found: tuple[Site, ...]) -> tuple[Output, ...]:
    made = [
        _output(site, "address", f"https address of the API in {site.place.code}, with a certificate of its own",
                site.ref("aws_apigatewayv2_api", "api_endpoint"))
        for site in found
    ]  # fmt: skip
    made += [
        _output(site, "repository", f"Where images for {site.place.code} are pushed to",
                site.ref("aws_ecr_repository", "repository_url"))
        for site in found
    ]  # fmt: skip
    return tuple(made)


def _output(site: Site, name: str, described: str, value: Ref) -> Output:
    suffix = "" if site.name == "main" else f"_{site.place.code.replace('-', '_')}"
    return Output(name=f"{name}{suffix}", description=described, value=value)
