"""Becomes the program that it is given, which ends when the process that started it is gone (prctl(2)).

Run as a script: the number of the process to live as long as, then the program with its arguments.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1

if __name__ == "__main__":
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == int(sys.argv[1]):
        os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 (no shell is wanted)
