"""The frozen program's entry."""

import multiprocessing
import sys

from ui.app import main

if __name__ == "__main__":
    # the camera runs in a process of its own, started from this same file
    multiprocessing.freeze_support()
    sys.exit(main())
