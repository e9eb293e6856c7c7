"""Public ids: long random digits, so that nobody can walk an archive by counting.

One archive was copied whole by counting from 1 to 63 million. Digits only, because readers of AO3's files expect
`/works/<digits>`; below 2**53, so that JavaScript and JSON keep them exact.
"""

from __future__ import annotations

import secrets

_LOWEST = 10**15
_SPAN = 8 * 10**15


def new_public_id() -> int:
    """A random id of sixteen digits."""
    return _LOWEST + secrets.randbelow(_SPAN)
