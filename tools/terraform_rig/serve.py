"""The plugin process that Terraform starts: handshake, TLS, and the methods of provider.py. Usage: serve.py ROOT."""

from __future__ import annotations

import faulthandler
import os
import shutil
import sys
import tempfile
import threading
from concurrent import futures
from pathlib import Path
from typing import Any

import grpc

from terraform_rig.provider import Provider
from terraform_rig.shelf import Shelf
from terraform_rig.wire import pb

_COOKIE = (
    "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"  # go-plugin's value for Terraform
)
_LARGEST = [("grpc.max_send_message_length", 1 << 28), ("grpc.max_receive_message_length", 1 << 28)]


def main(root: Path) -> None:
    if os.environ.get("TF_PLUGIN_MAGIC_COOKIE") != _COOKIE:
        sys.exit("this is a Terraform plugin: Terraform starts it")
    faulthandler.enable()
    folder = Path(tempfile.mkdtemp(prefix="terraform-rig-"))
    server = grpc.server(futures.ThreadPoolExecutor(8), options=_LARGEST)
    server.add_generic_rpc_handlers((_provider(root), _controller(folder)))
    socket = folder / "socket"
    certificate = _listen(server, f"unix:{socket}", root)
    server.start()
    print(f"1|6|unix|{socket}|grpc|{certificate}", flush=True)
    server.wait_for_termination()


def _listen(server: Any, address: str, root: Path) -> str:
    """Open the port; the certificate to announce, unpadded, or nothing where Terraform asked for no TLS."""
    if not os.environ.get("PLUGIN_CLIENT_CERT"):
        server.add_insecure_port(address)
        return ""
    key, certificate = (root / "key.pem").read_bytes(), (root / "certificate.pem").read_bytes()
    server.add_secure_port(address, grpc.ssl_server_credentials([(key, certificate)]))
    lines = certificate.decode().splitlines()
    return "".join(line for line in lines if not line.startswith("-")).rstrip("=")


def _provider(root: Path) -> Any:
    ready = (root / "schema.pb").read_bytes()
    provider = Provider(Shelf(root / "schema"))
    methods = {"GetProviderSchema": grpc.unary_unary_rpc_method_handler(lambda *_: ready)}
    for method in pb.DESCRIPTOR.services_by_name["Provider"].methods:
        if method.name not in methods:
            methods[method.name] = grpc.unary_unary_rpc_method_handler(
                getattr(provider, method.name),
                request_deserializer=getattr(pb, method.name).Request.FromString,
                response_serializer=lambda message: message.SerializeToString(),
            )
    return grpc.method_handlers_generic_handler("tfplugin6.Provider", methods)


def _controller(folder: Path) -> Any:
    """Without this method Terraform waits two seconds at the end of every command."""

    def leave() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)

    def shut_down(*_: Any) -> bytes:
        threading.Timer(0.02, leave).start()
        return b""

    methods = {"Shutdown": grpc.unary_unary_rpc_method_handler(shut_down)}
    return grpc.method_handlers_generic_handler("plugin.GRPCController", methods)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
