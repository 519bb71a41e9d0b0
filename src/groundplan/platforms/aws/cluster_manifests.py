"""What runs in an EKS cluster, as Kubernetes objects: one file for the application, one for what adds nodes.

The files hold `${…}` alone where a value is known only once the cloud is made; README.md says how they are put in.
"""

from __future__ import annotations

from groundplan.model.files import File
from groundplan.model.plan import Plan
from groundplan.platforms.aws.cluster import AUTOSCALER, NODE_PORT, WEB, grows, reads_secrets, version
from groundplan.platforms.aws.spot import PORTS, Spot, spots
from groundplan.syntax import yaml
from groundplan.syntax.yaml import Value

Object = dict[str, Value]
_GRACE_S, _DRAIN_S = 60, 20
"""The balancer notices within 20 s that a pod stops, so a pod works on for as long before it ends."""
_SYNCED = "web-secrets"
_MOUNTED = "/mnt/secrets"


def manifests(plan: Plan) -> tuple[File, ...]:
    """Files of every region under kubernetes/, which differ where the database lies in one region alone."""
    return tuple(file for spot in spots(plan) for file in _files(spot))


def folder(spot: Spot) -> str:
    return f"kubernetes/{spot.code}"


def filled(spot: Spot) -> tuple[str, ...]:
    """Names of the values that are put in, in the order of the file."""
    stored = ["DATABASE_HOST"] if spot.database else []
    stored += ["REDIS_HOST"] if spot.cache else []
    arns = [f"{s.name}_SECRET_ARN" for s in spot.plan.secrets]
    return ("IMAGE_URI", *stored, *arns, *(("MASTER_SECRET_ARN",) if spot.database else ()))


def _files(spot: Spot) -> list[File]:
    made = [_file(spot, "application", application(spot), "the application in the cluster")]
    return (
        [*made, _file(spot, "autoscaler", autoscaler(spot), "adds and removes nodes")]
        if grows(spot)
        else made
    )


def _file(spot: Spot, name: str, objects: list[Object], purpose: str) -> File:
    text = "---\n".join(yaml.write(o) for o in objects)
    return File(path=f"infra/aws/{folder(spot)}/{name}.yaml", content=text, purpose=f"{purpose}, {spot.code}")


def application(spot: Spot) -> list[Object]:
    secrets = [_secrets(spot)] if reads_secrets(spot) else []
    scaled = [_scaler(spot)] if spot.tracked else []
    return [
        _namespace(spot),
        _account(spot),
        *secrets,
        _deployment(spot),
        _service(spot),
        *scaled,
        _budget(spot),
    ]


def _object(spot: Spot, kind: str, name: str, version: str = "v1", **more: Value) -> Object:
    metadata: Object = {"name": name, "namespace": spot.label, "labels": _labels(spot)}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, **more}


def _labels(spot: Spot) -> Object:
    return {"app.kubernetes.io/name": WEB, "app.kubernetes.io/part-of": spot.label}


def _selected() -> Object:
    return {"matchLabels": {"app.kubernetes.io/name": WEB}}


def _namespace(spot: Spot) -> Object:
    level = "restricted" if spot.plan.draft.quality == "secure" else "baseline"
    labels: Object = {
        "app.kubernetes.io/part-of": spot.label,
        "pod-security.kubernetes.io/enforce": level,
        "pod-security.kubernetes.io/warn": "restricted",
    }
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": spot.label, "labels": labels}}


def _account(spot: Spot) -> Object:
    return _object(spot, "ServiceAccount", WEB, automountServiceAccountToken=False)


def _secrets(spot: Spot) -> Object:
    """Read from Secrets Manager, in the first region, with the role of the pod; copied to where variables come from."""
    objects: list[Object] = [_outside(s.name) for s in spot.plan.secrets]
    names = [s.name for s in spot.plan.secrets]
    if spot.database:
        parts = {"username": "DATABASE_USER", "password": "DATABASE_PASSWORD"}
        objects.append(
            {
                "objectName": "${MASTER_SECRET_ARN}",
                "objectType": "secretsmanager",
                "objectAlias": "master",
                "jmesPath": [{"path": path, "objectAlias": alias} for path, alias in parts.items()],
            }
        )
        names += parts.values()
    parameters: Object = {
        "region": spot.plan.places[0].code,
        "usePodIdentity": "true",
        "objects": yaml.write(objects),
    }
    copied: Object = {
        "secretName": _SYNCED,
        "type": "Opaque",
        "data": [{"objectName": name, "key": name} for name in names],
    }
    spec: Object = {"provider": "aws", "parameters": parameters, "secretObjects": [copied]}
    return _object(spot, "SecretProviderClass", WEB, "secrets-store.csi.x-k8s.io/v1", spec=spec)


def _outside(name: str) -> Object:
    return {
        "objectName": f"${{{name}_SECRET_ARN}}",
        "objectType": "secretsmanager",
        "objectAlias": name,
    }


def _deployment(spot: Spot) -> Object:
    rollout: Object = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}
    pod: Object = {"metadata": {"labels": _labels(spot)}, "spec": _pod(spot)}
    counted: Object = {} if spot.tracked else {"replicas": spot.web.initial}
    spec: Object = {**counted, "selector": _selected(), "strategy": rollout, "template": pod}
    return _object(spot, "Deployment", WEB, "apps/v1", spec=spec)


def _pod(spot: Spot) -> Object:
    mounted: Object = {}
    if reads_secrets(spot):
        source: Object = {
            "driver": "secrets-store.csi.k8s.io",
            "readOnly": True,
            "volumeAttributes": {"secretProviderClass": WEB},
        }
        mounted = {"volumes": [{"name": "secrets", "csi": source}]}
    return {
        "serviceAccountName": WEB,
        "automountServiceAccountToken": False,
        "terminationGracePeriodSeconds": _GRACE_S,
        "securityContext": _person(spot),
        "topologySpreadConstraints": [
            _spread("topology.kubernetes.io/zone"),
            _spread("kubernetes.io/hostname"),
        ],
        "containers": [_container(spot)],
        **mounted,
    }


def _person(spot: Spot) -> Object:
    """An image that is not written for it does not start as somebody else than root, so only `secure` asks for that."""
    profile: Object = {"seccompProfile": {"type": "RuntimeDefault"}}
    return {"runAsNonRoot": True, **profile} if spot.plan.draft.quality == "secure" else profile


def _spread(key: str) -> Object:
    return {
        "maxSkew": 1,
        "topologyKey": key,
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": _selected(),
    }


def _container(spot: Spot) -> Object:
    app, size = spot.plan.draft.app, _size(spot)
    mounts: Object = {}
    if reads_secrets(spot):
        mounts = {"volumeMounts": [{"name": "secrets", "mountPath": _MOUNTED, "readOnly": True}]}
    capabilities: Object = {"drop": ["ALL"]}
    if app.port < 1024:
        capabilities["add"] = ["NET_BIND_SERVICE"]
    return {
        "name": WEB,
        "image": "${IMAGE_URI}",
        **({"args": [_literal(word) for word in app.command]} if app.command else {}),
        "ports": [{"name": "http", "containerPort": app.port}],
        "env": _environment(spot),
        "resources": {"requests": size, "limits": size},
        "securityContext": {"allowPrivilegeEscalation": False, "capabilities": capabilities},
        "startupProbe": _probe(spot, 5, 60),
        "readinessProbe": _probe(spot, 10, 2),
        "livenessProbe": _probe(spot, 20, 3),
        "lifecycle": {"preStop": {"sleep": {"seconds": _DRAIN_S}}},
        **mounts,
    }


def _size(spot: Spot) -> Object:
    """What is asked for is what may be used, so that per cent mean the same to the autoscaler and to the alarms."""
    cpu = int((spot.web.cpu or 0) * 1000)
    return {"cpu": f"{cpu}m", "memory": f"{spot.web.memory_mib}Mi"}


def _literal(word: str) -> str:
    """Kubernetes reads `$(NAME)` in a command; two dollars are one."""
    return word.replace("$", "$$") if "$(" in word or "$$" in word else word


def _probe(spot: Spot, period: int, failures: int) -> Object:
    path = spot.plan.draft.app.health_path
    return {
        "httpGet": {"path": path, "port": "http"},
        "periodSeconds": period,
        "timeoutSeconds": 5,
        "failureThreshold": failures,
    }


def _environment(spot: Spot) -> list[Value]:
    plain = {"PORT": str(spot.plan.draft.app.port)}
    hidden = [s.name for s in spot.plan.secrets]
    if spot.database:
        port = PORTS[str(spot.database.settings["engine"])]
        plain |= {"DATABASE_HOST": "${DATABASE_HOST}", "DATABASE_PORT": str(port), "DATABASE_NAME": "app"}
        hidden += ["DATABASE_USER", "DATABASE_PASSWORD"]
    if spot.cache:
        plain["REDIS_URL"] = "rediss://${REDIS_HOST}:6379"
    made: list[Value] = [{"name": name, "value": value} for name, value in plain.items()]
    made += [{"name": name, "valueFrom": {"secretKeyRef": {"name": _SYNCED, "key": name}}} for name in hidden]
    return made


def _service(spot: Spot) -> Object:
    port: Object = {
        "name": "http",
        "port": 80,
        "targetPort": "http",
        "nodePort": NODE_PORT,
    }
    spec: Object = {
        "type": "NodePort",
        "selector": {"app.kubernetes.io/name": WEB},
        "ports": [port],
    }
    return _object(spot, "Service", WEB, spec=spec)


def _scaler(spot: Spot) -> Object:
    metrics: list[Value] = [
        {
            "type": "Resource",
            "resource": {
                "name": t.metric,
                "target": {"type": "Utilization", "averageUtilization": int(t.value)},
            },
        }
        for t in spot.tracked
    ]
    spec: Object = {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": WEB},
        "minReplicas": spot.web.minimum,
        "maxReplicas": spot.web.maximum,
        "metrics": metrics,
    }
    return _object(spot, "HorizontalPodAutoscaler", WEB, "autoscaling/v2", spec=spec)


def _budget(spot: Spot) -> Object:
    """A node is emptied pod by pod."""
    spec: Object = {"maxUnavailable": 1, "selector": _selected()}
    return _object(spot, "PodDisruptionBudget", WEB, "policy/v1", spec=spec)


_READ = ("get", "list", "watch")
_RULES: tuple[tuple[str, tuple[str, ...], tuple[str, ...], str], ...] = (
    ("", ("events", "endpoints"), ("create", "patch"), ""),
    ("", ("pods/eviction",), ("create",), ""),
    ("", ("pods/status",), ("update",), ""),
    ("", ("endpoints",), ("get", "update"), AUTOSCALER),
    ("", ("nodes",), ("get", "list", "update", "watch"), ""),
    (
        "",
        (
            "namespaces",
            "persistentvolumeclaims",
            "persistentvolumes",
            "pods",
            "replicationcontrollers",
            "services",
        ),
        _READ,
        "",
    ),
    ("apps", ("daemonsets", "replicasets", "statefulsets"), _READ, ""),
    ("batch", ("cronjobs", "jobs"), (*_READ, "patch"), ""),
    ("policy", ("poddisruptionbudgets",), _READ, ""),
    ("resource.k8s.io", ("deviceclasses", "resourceclaims", "resourceslices"), _READ, ""),
    (
        "storage.k8s.io",
        ("csidrivers", "csinodes", "csistoragecapacities", "storageclasses", "volumeattachments"),
        _READ,
        "",
    ),
    ("coordination.k8s.io", ("leases",), ("create",), ""),
    ("coordination.k8s.io", ("leases",), ("get", "update"), AUTOSCALER),
)
"""API group, resources, verbs and the only name, as in cluster-autoscaler-autodiscover.yaml of kubernetes/autoscaler, read
2026-12-01; that newer versions read deviceclasses and volumeattachments is remembered."""
_SYSTEM = "kube-system"


def autoscaler(spot: Spot) -> list[Object]:
    """The autoscaler of nodes, of the cluster's own minor version; EKS has no add-on of it."""
    own: list[Value] = [
        _rule("", ("configmaps",), ("create", "list", "watch"), ""),
        _rule("", ("configmaps",), ("delete", "get", "update", "watch"), f"{AUTOSCALER}-status"),
    ]
    everywhere: list[Value] = [_rule(*rule) for rule in _RULES]
    rights = "rbac.authorization.k8s.io/v1"
    return [
        _part("v1", "ServiceAccount"),
        _part(rights, "ClusterRole", everywhere=True, rules=everywhere),
        {**_part(rights, "ClusterRoleBinding", everywhere=True), **_binding("ClusterRole")},
        _part(rights, "Role", rules=own),
        {**_part(rights, "RoleBinding"), **_binding("Role")},
        _part("apps/v1", "Deployment", spec=_autoscaler(spot)),
        _part(
            "policy/v1", "PodDisruptionBudget", spec={"maxUnavailable": 1, "selector": {"matchLabels": _APP}}
        ),
    ]


_APP: Object = {"app.kubernetes.io/name": AUTOSCALER}


def _part(version: str, kind: str, everywhere: bool = False, **more: Value) -> Object:
    metadata: Object = {"name": AUTOSCALER, "labels": _APP}
    if not everywhere:
        metadata = {"name": AUTOSCALER, "namespace": _SYSTEM, "labels": _APP}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, **more}


def _rule(group: str, resources: tuple[str, ...], verbs: tuple[str, ...], only: str) -> Object:
    made: Object = {"apiGroups": [group], "resources": list(resources), "verbs": list(verbs)}
    return {**made, "resourceNames": [only]} if only else made


def _binding(role: str) -> Object:
    account: Object = {"kind": "ServiceAccount", "name": AUTOSCALER, "namespace": _SYSTEM}
    return {
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": role, "name": AUTOSCALER},
        "subjects": [account],
    }


def _autoscaler(spot: Spot) -> Object:
    size: Object = {"cpu": "100m", "memory": "600Mi"}
    tags = f"k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/{spot.label}"
    container: Object = {
        "name": AUTOSCALER,
        "image": f"registry.k8s.io/autoscaling/cluster-autoscaler:v{version(spot)}.0",
        "command": [
            "./cluster-autoscaler",
            "--cloud-provider=aws",
            f"--node-group-auto-discovery=asg:tag={tags}",
            "--skip-nodes-with-system-pods=false",
            "--skip-nodes-with-local-storage=false",
            "--expander=least-waste",
        ],
        "env": [{"name": "AWS_REGION", "value": spot.code}],
        "resources": {"requests": size, "limits": size},
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "livenessProbe": {"httpGet": {"path": "/health-check", "port": 8085}, "periodSeconds": 30},
    }
    pod: Object = {
        "serviceAccountName": AUTOSCALER,
        "priorityClassName": "system-cluster-critical",
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": 65534,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [container],
    }
    return {
        "replicas": 1,
        "selector": {"matchLabels": _APP},
        "template": {"metadata": {"labels": _APP}, "spec": pod},
    }
