"""Web and worker end with the process that started them, however it ends."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

# Set by `serve` for its children; a web server of somebody else's that loads the same pages has none.
_HEAD = "STORYLOFT_FAMILY_HEAD"
_PR_SET_PDEATHSIG = 1


def lead() -> None:
    """This process is the head of the family."""
    os.environ[_HEAD] = str(os.getpid())


def end_with_the_head() -> None:
    """Be ended by the system when the head dies, also by `kill -9`: else the port stays taken by an orphan.

    Linux only; elsewhere an orphan has to be ended by hand.
    """
    head = os.environ.get(_HEAD)
    if head is None or not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(head):  # it died before we could ask
        os.kill(os.getpid(), signal.SIGTERM)
