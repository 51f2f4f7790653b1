"""``python -m bancointegra``: the command line; without a command, the window."""

import atexit
import gc
import sys

from bancointegra.cli.main import main

atexit.register(gc.freeze)  # an ending process need not look for garbage: that takes a fifth of a short command

if __name__ == "__main__":
    sys.exit(main())
