"""A simulated AWS and the real AWS CLI in one process, behind a port; started by a test with the rig's own Python.

A connection sends its region and words, each ended by NUL, and a last empty word; the answer is the exit code on a
line and what the command printed. `wait` answers at once, because nothing ever becomes stable here; what the simulator
does not know is checked against AWS's own model of the command and goes no further.
"""

import contextlib
import functools
import io
import os
import socketserver
import sys

os.environ.update(
    AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_PAGER="", KUBECONFIG="kubeconfig",
    MOTO_IAM_LOAD_MANAGED_POLICIES="true"
)  # fmt: skip
from awscli.clidriver import create_clidriver  # both read the environment when they are imported
from botocore.loaders import JSONFileLoader  # after awscli, which brings a botocore of its own
from moto.apigatewayv2.models import DomainName
from moto.server import ThreadedMotoServer

# Each command starts anew, as it does for a person; decoding AWS's models anew would be most of its time.
load_once = functools.cache(JSONFileLoader().load_file)
JSONFileLoader.load_file = lambda _, path: load_once(path)
shown = DomainName.to_json


def with_target(domain):
    """AWS tells where an alias of the name goes, and the simulator does not."""
    target = {"apiGatewayDomainName": f"d-{domain.domain_name}", "hostedZoneId": "Z2FDTNDATAQYW2"}
    told = [{**c, **target} for c in domain.domain_name_configurations]
    return {**shown(domain), "domainNameConfigurations": told}


DomainName.to_json = with_target
LAST = {"errors": ""}
UNKNOWN = {
    "put-provisioned-concurrency-config": "(404)",
    "start-instance-refresh": "500 Internal Server Error",
    "attach-load-balancer-target-groups": "500 Internal Server Error",
    "create-addon": "(404)",
    "update-nodegroup-version": "(404)",
    "create-access-entry": "(404)",
    "associate-access-policy": "(404)",
    "create-pod-identity-association": "(404)",
}
"""Commands that the simulator does not know, and how it says so once the CLI has checked them."""


class Command(socketserver.StreamRequestHandler):
    def handle(self):
        region, *words = self.words()
        printed = io.StringIO()
        if "wait" in words[1:2]:
            code = 0
        elif words[1:2] and words[1] in UNKNOWN:
            run(["--endpoint-url", ENDPOINT, *words], printed)
            code = 0 if UNKNOWN[words[1]] in LAST["errors"] else 1
        else:
            os.environ["AWS_DEFAULT_REGION"] = os.environ["AWS_REGION"] = region or "us-east-1"
            code = run(["--endpoint-url", ENDPOINT, *words], printed)
        self.wfile.write(f"{code}\n{printed.getvalue()}".encode())

    def words(self):
        found, word = [], b""
        while not (found and found[-1] == b"\x01"):
            character = self.rfile.read(1)
            if character == b"\x00":
                found.append(word)
                word = b""
            else:
                word += character
        return [w.decode() for w in found[:-1]]


def run(words, printed):
    errors = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(errors):
        try:
            code = create_clidriver().main(words) or 0
        except SystemExit as stop:
            code = stop.code or 0
    LAST["errors"] = errors.getvalue()
    sys.stderr.write(f"{code} {' '.join(words)[:2000]}\n{errors.getvalue()}")
    sys.stderr.flush()
    return code


server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
ENDPOINT = "http://{}:{}".format(*server.get_host_and_port())
with socketserver.TCPServer(("127.0.0.1", 0), Command) as commands:
    print(commands.server_address[1], flush=True)
    commands.serve_forever()
