"""Run one Pulumi program under mocks and print what it registered, as JSON. Needs the SDK; started by a test.

usage: pulumi_mocks.py FOLDER CONFIGURATION  (JSON of configuration values, and of `project`)
"""

import asyncio
import json
import os
import runpy
import sys
from pathlib import Path

import pulumi
from pulumi.runtime.mocks import MockMonitor

KNOWN = ("arn", "arnSuffix", "dnsName", "zoneId", "address", "primaryEndpointAddress", "repositoryUrl", "name", "keyId",
         "version", "invokeArn", "executionArn", "apiEndpoint")  # fmt: skip
registered, options, outputs = {}, {}, {}


class Recorder(pulumi.runtime.Mocks):
    def new_resource(self, args):
        where = f"{args.typ}::{args.name}::"
        registered[where] = {
            "type": args.typ,
            "name": args.name,
            "inputs": args.inputs,
            "provider": args.provider,
        }
        cloud = {key: f"{where}{key}" for key in KNOWN}
        cloud["masterUserSecrets"] = [{"secretArn": f"{where}masterUserSecrets[0].secretArn"}]
        cloud["resources"] = [{"autoscalingGroups": [{"name": f"{where}group"}]}]
        network = args.inputs.get("vpcConfig")
        chosen = {"vpcConfig": {**network, "clusterSecurityGroupId": f"{where}own"}} if network else {}
        cloud["port"], cloud["latestVersion"] = 5432, 7
        told = {**cloud, **args.inputs, **chosen}
        if "domainNameConfiguration" in told:
            target = {key: f"{where}{key}" for key in ("targetDomainName", "hostedZoneId")}
            told["domainNameConfiguration"] = {**told["domainNameConfiguration"], **target}
        return f"{where}id", told

    def call(self, args):
        return {"names": ["zone-0", "zone-1", "zone-2"], "accountId": "123456789012", "id": args.token,
                "insecureValue": "ami-0"}  # fmt: skip


def watch(register):
    """Options are not part of what a mock is told, so they are read from the request."""

    def wrapped(self, request):
        options[f"{request.type}::{request.name}::"] = {
            "ignored": list(request.ignoreChanges),
            "protected": request.protect,
            "needed": sorted(urn.rpartition("::")[2] for urn in request.dependencies),
        }
        return register(self, request)

    return wrapped


def main():
    settings = json.loads(sys.argv[2])
    project = settings.pop("project")
    os.chdir(Path(sys.argv[1]))
    MockMonitor.RegisterResource = watch(MockMonitor.RegisterResource)
    pulumi.runtime.set_mocks(Recorder(), project=project, stack="test", preview=False)
    pulumi.runtime.set_all_config({f"{project}:{k}": v for k, v in settings.items()})

    def export(name, value):
        pulumi.Output.from_input(value).apply(lambda v: outputs.update({name: v}))

    pulumi.export = export
    runpy.run_path("__main__.py", run_name="__main__")
    asyncio.get_event_loop().run_until_complete(pulumi.runtime.stack.wait_for_rpcs())
    rows = [{**row, **options[where]} for where, row in registered.items()]
    json.dump({"resources": rows, "outputs": outputs}, sys.stdout)


main()
