"""The program's window, which restores a copy and is closed again; run by test_restore.py. Prints what it showed."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from bancointegra.bootstrap.program import Program, open_program, program_paths
from bancointegra.bootstrap.window import Session
from bancointegra.ui.feedback import MessageDialog


def main(data: Path, copy: Path) -> None:
    with Session(program_paths(data).config) as session:

        def open_it() -> Program:
            program = open_program(data)
            session.keep(program.close)
            return program

        first = session.show_desk(open_it(), open_it)
        look = QTimer(interval=50)

        def read_and_close() -> None:
            desk = session._desk
            assert desk is not None
            for message in desk.window.findChildren(MessageDialog):
                look.stop()
                print(message.message)
                message.accept()
                desk.window.close()

        look.timeout.connect(read_and_close)

        def start() -> None:
            first.copia.restore_confirmed.emit(copy)
            look.start()

        session.run(start)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
