"""``python -m bancointegra``: the command line; without a command, the window."""

import sys

from bancointegra.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
