"""The runbook's Kubernetes cluster: roles, control plane, nodes, add-ons, and the objects that run in it."""

from __future__ import annotations

import json

from groundplan.model.graph import Value, Var
from groundplan.platforms.aws import cluster as it
from groundplan.platforms.aws.cluster import Addon
from groundplan.platforms.aws.cluster_guide import inside, joined
from groundplan.platforms.aws.cluster_manifests import filled
from groundplan.platforms.aws.instance_size import VOLUME
from groundplan.platforms.aws.instances import DEVICE, stated_image
from groundplan.platforms.aws.runbook_network import runner, task_subnets
from groundplan.platforms.aws.spot import Spot
from groundplan.syntax.runbook import Step
from groundplan.syntax.shell import document, word

PODS = "pods.eks.amazonaws.com"


def log_groups(spot: Spot) -> tuple[str, ...]:
    own = f"/aws/containerinsights/{spot.label}/"
    return (f"/aws/eks/{spot.label}/cluster", *(own + group for group in it.GROUPS))


def roles(spot: Spot) -> Step:
    commands = [
        *_role(spot, "cluster", "eks.amazonaws.com", it.POLICIES["cluster"]),
        *_role(spot, "node", "ec2.amazonaws.com", it.POLICIES["node"]),
    ]
    for addon in it.addons(spot):
        commands += _role(spot, addon.key, PODS, (addon.policy,)) if addon.policy else ()
    if it.grows(spot):
        commands += _role(spot, "autoscaler", PODS)
        commands.append(_policy(spot, "autoscaler", "change-nodes", it.autoscaler_policy(spot)))
    commands += _role(spot, "pod", PODS)
    arns: tuple[Value, ...] = tuple(Var(f"{s.name}_ARN") for s in spot.plan.secrets)
    arns += (Var("DATABASE_SECRET"),) if spot.database else ()
    if arns:
        commands.append(_policy(spot, "pod", "read-secrets", it.secrets_policy(arns)))
    return Step(
        title=f"Create the roles{spot.where}",
        commands=tuple(commands),
        note="One for each service account that calls AWS. The application runs with the last, which may do nothing more "
        "until you add a policy.",
        check='`echo "$CLUSTER_ROLE $NODE_ROLE $POD_ROLE"` prints three ARNs.',
    )


def _role(spot: Spot, key: str, service: str, policies: tuple[str, ...] = ()) -> tuple[str, ...]:
    name = _name(spot, key)
    return (
        f"{key.upper()}_ROLE=$(aws iam create-role --role-name {name} --assume-role-policy-document "
        f"{document(it.trust(service))} --tags Key=Project,Value={spot.plan.draft.project} --query Role.Arn --output text)",
        *(f"aws iam attach-role-policy --role-name {name} --policy-arn {policy}" for policy in policies),
    )


def _policy(spot: Spot, key: str, policy: str, allowed: dict[str, Value]) -> str:
    return (
        f"aws iam put-role-policy --role-name {_name(spot, key)} --policy-name {policy} "
        f"--policy-document {document(allowed, 2)}"
    )


def _name(spot: Spot, key: str) -> str:
    return f"{spot.label}-{spot.code}-{key}"[:64]


def control(spot: Spot) -> Step:
    name = spot.label
    subnets = ",".join(f"${v}" for v in task_subnets(spot))
    logged = json.dumps({"clusterLogging": [{"types": list(it.LOGS), "enabled": True}]})
    encrypted: Value = ({"resources": ("secrets",), "provider": {"keyArn": Var("KEY")}},)
    return Step(
        title=f"Create the cluster{spot.where}",
        commands=(
            "read -r -p 'Addresses that reach the API, as in 198.51.100.7/32: ' RANGE",
            "read -r -p 'ARN of the IAM role or user that deploys with kubectl: ' ADMIN",
            f'aws eks create-cluster --name {name} --kubernetes-version {it.version(spot)} --role-arn "$CLUSTER_ROLE" '
            f'--resources-vpc-config "subnetIds={subnets},endpointPrivateAccess=true,endpointPublicAccess=true,'
            f'publicAccessCidrs=$RANGE" --logging {word(logged)} --encryption-config {document(encrypted)} '
            "--access-config authenticationMode=API,bootstrapClusterCreatorAdminPermissions=false "
            f"--upgrade-policy supportType={it.support(spot)} --deletion-protection --no-bootstrap-self-managed-addons "
            f"--tags Project={spot.plan.draft.project}",
            f"aws eks wait cluster-active --name {name}",
            f"CLUSTER_GROUP=$(aws eks describe-cluster --name {name} "
            "--query cluster.resourcesVpcConfig.clusterSecurityGroupId --output text)",
            f'aws eks create-access-entry --cluster-name {name} --principal-arn "$ADMIN"',
            f'aws eks associate-access-policy --cluster-name {name} --principal-arn "$ADMIN" '
            f"--policy-arn {it.ADMIN} --access-scope type=cluster",
            *(_addon(spot, a) for a in it.addons(spot) if a.early),
        ),
        note="It takes ten minutes. Nodes reach the API inside the network; people reach it from those addresses alone.",
        check=f"`aws eks describe-cluster --name {name} --query cluster.status` says ACTIVE.",
    )


def _addon(spot: Spot, addon: Addon) -> str:
    given = ""
    if addon.account:
        given += (
            f' --pod-identity-associations "serviceAccount={addon.account},roleArn=${addon.key.upper()}_ROLE"'
        )
    if addon.values:
        given += f" --configuration-values {word(json.dumps(addon.values))}"
    return f"aws eks create-addon --cluster-name {spot.label} --addon-name {addon.name} --resolve-conflicts OVERWRITE{given}"


def nodes(spot: Spot) -> Step:
    name, held = spot.label, it.nodes(spot)
    project = spot.plan.draft.project
    kind = f"ResourceType=launch-template,Tags=[{{Key=Project,Value={project}}}]"
    sizes = f"minSize={held.minimum},maxSize={held.maximum},desiredSize={held.initial}"
    public = (
        ()
        if spot.private
        else tuple(
            f'aws ec2 modify-subnet-attribute --subnet-id "${subnet}" --map-public-ip-on-launch'
            for subnet in task_subnets(spot)
        )
    )
    subnets = " ".join(f'"${v}"' for v in task_subnets(spot))
    return Step(
        title=f"Start the nodes{spot.where}",
        commands=(
            *public,
            f"TEMPLATE=$(aws ec2 create-launch-template --launch-template-name {name} --tag-specifications '{kind}' "
            f"--launch-template-data {document(_described(spot), 2)} "
            "--query LaunchTemplate.LaunchTemplateId --output text)",
            f"aws eks create-nodegroup --cluster-name {name} --nodegroup-name {name} --node-role \"$NODE_ROLE\" "
            f"--subnets {subnets} --ami-type {it.image_type(spot)} --capacity-type ON_DEMAND "
            f"--instance-types {held.sku} --scaling-config {sizes} --update-config maxUnavailable=1 "
            f'--node-repair-config enabled=true --launch-template "id=$TEMPLATE,version=1" --tags Project={project}',
            f"aws eks wait nodegroup-active --cluster-name {name} --nodegroup-name {name}",
            *(_addon(spot, a) for a in it.addons(spot) if not a.early),
            *(_identity(spot, *given) for given in _given(spot)),
        ),
        note="One hop: pods do not reach the role of their node, and have one of their own instead.",
        check=f"`aws eks list-addons --cluster-name {name}` lists {len(it.addons(spot))} add-ons.",
    )  # fmt: skip


def _described(spot: Spot) -> dict[str, Value]:
    named = {"Name": spot.label, "Project": spot.plan.draft.project}
    tags: Value = tuple({"Key": key, "Value": value} for key, value in named.items())
    return {
        "SecurityGroupIds": (Var("CLUSTER_GROUP"), Var(runner(spot))),
        "MetadataOptions": {
            "HttpEndpoint": "enabled",
            "HttpTokens": "required",
            "HttpPutResponseHopLimit": 1,
        },
        "BlockDeviceMappings": ({"DeviceName": DEVICE, "Ebs": VOLUME},),
        "TagSpecifications": tuple({"ResourceType": kind, "Tags": tags} for kind in ("instance", "volume")),
    }


def _given(spot: Spot) -> tuple[tuple[str, str, str], ...]:
    own = ("POD", spot.label, it.WEB)
    return (own, ("AUTOSCALER", "kube-system", it.AUTOSCALER)) if it.grows(spot) else (own,)


def _identity(spot: Spot, role: str, namespace: str, account: str) -> str:
    return (
        f"aws eks create-pod-identity-association --cluster-name {spot.label} --namespace {namespace} "
        f'--service-account {account} --role-arn "${role}_ROLE"'
    )


def objects(spot: Spot) -> Step:
    app = spot.plan.draft.app
    values = {s.name + "_SECRET_ARN": f"{s.name}_ARN" for s in spot.plan.secrets}
    values["MASTER_SECRET_ARN"] = "DATABASE_SECRET"
    image = stated_image(spot) or '"$IMAGE"'
    exports = [f"export IMAGE_URI={image}"]
    exports += [f'export {name}="${values.get(name, name)}"' for name in filled(spot)[1:]]
    return Step(
        title=f"Put the application into the cluster{spot.where}",
        commands=(*joined(spot), *exports, *inside(spot, "infra/aws/")),
        note="Needs kubectl and envsubst, of gettext, and the role or user that deploys. For a new version set IMAGE_URI to "
        "another tag and run the last commands again.",
        check=f'`curl -fsS "https://$DOMAIN"{word(app.health_path)}` answers once the name points at the balancer.',
    )


def renew(spot: Spot) -> Step:
    name = spot.label
    return Step(
        title="Renew the nodes, once a month",
        commands=(
            f"aws eks update-nodegroup-version --cluster-name {name} --nodegroup-name {name}",
            f"aws eks wait nodegroup-active --cluster-name {name} --nodegroup-name {name}",
        ),
        note="Patches arrive with a new image of the nodes, which are replaced one by one. AWS_REGION is the region.",
        check=f"`aws eks list-updates --name {name} --nodegroup-name {name}` shows the update.",
    )


def rollback(spot: Spot) -> Step:
    context = f"kubectl --context {spot.label}-{spot.code} -n {spot.label}"
    return Step(
        title="Go back to an earlier release",
        commands=(
            f"{context} rollout history deployment/{it.WEB}",
            f"{context} rollout undo deployment/{it.WEB}",
            f"{context} rollout status deployment/{it.WEB} --timeout=10m",
        ),
        note="For the day that needs it. Changes of the database's schema are not undone by it. Pods that do not become "
        "ready never replace the earlier ones.",
        check=f"`{context} get pods` shows pods that are ready.",
    )
