"""``python -m benchmarks.first_window FOLDER``: open the program on the data in FOLDER until the clerk could search.

Prints the moment on the monotonic clock at which the page was shown and its accounts were there; then ends.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer

from bancointegra.bootstrap.program import open_program, program_paths
from bancointegra.bootstrap.window import Session


def main(folder: Path) -> int:
    """What ``run_window`` does for a folder with data, and an end to it."""
    paths = program_paths(folder)
    with Session(paths.config) as session:

        def start() -> None:
            session.hold(paths.data)
            program = open_program(folder)
            session.keep(program.close)
            assert program.services.busca.contas()
            desk = session.show_desk(program, lambda: open_program(folder))
            # Once more around the event loop: then what the accounts changed on the screen is painted too.
            desk.integracao.filters.contas_loaded.connect(lambda _contas: QTimer.singleShot(0, finish))

            def finish() -> None:
                assert desk.integracao.filters.search_button.isEnabled()
                print(time.monotonic(), flush=True)
                desk.window.close()

        return session.run(start)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
