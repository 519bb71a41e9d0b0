"""The SHA-256 of bytes. Knows no files.

`hashlib` loads OpenSSL, which costs 4 ms at every start; the interpreter's own implementation is the same
function, and it is fast enough for files of a few kilobytes.
"""

from __future__ import annotations

from typing import Any


def _sha256() -> Any:  # Any: the two private modules have no stubs
    try:
        import _sha2  # type: ignore[import-not-found]  # Python 3.12 and later
    except ImportError:
        pass
    else:
        return _sha2.sha256
    try:
        import _sha256  # type: ignore[import-not-found]  # Python 3.11
    except ImportError:
        import hashlib

        return hashlib.sha256
    return _sha256.sha256


_new = _sha256()


def sha256(content: bytes) -> str:
    """Return 64 lower-case hexadecimal digits."""
    return str(_new(content).hexdigest())
