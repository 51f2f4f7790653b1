"""The second question of Baixar, for one título after the other: ask the bank before?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from bancointegra.domain.titulo import TituloRow
from bancointegra.ui.feedback import MessageDialog, Tone

_NAO = 2
"""What a dialog answers when the clerk says Não; Esc, Cancelar and closing it are something else: leave it all."""
_HINT = (
    "Sim: o banco é consultado e o boleto LIQUIDADO não é baixado.\n"
    "Não: a baixa é enviada sem consultar.\n"
    "Cancelar: nenhum boleto é baixado."
)


class BaixarQuestions(QObject):
    """Asks about each of ``rows``; ``on_answered`` gets the ids to query first, once all are answered.

    Source of the words: the manual, Realizar a baixa, step 8.
    """

    def __init__(
        self, rows: Sequence[TituloRow], on_answered: Callable[[frozenset[int]], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._rows, self._on_answered, self._window = tuple(rows), on_answered, parent
        self._consultar: set[int] = set()

    def ask(self) -> None:
        self._ask(0)

    def _ask(self, position: int) -> None:
        left = self._rows[position:]
        if not left:
            self._on_answered(frozenset(self._consultar))
            self.deleteLater()
            return
        question = f"Deseja consultar o boleto referente ao título {left[0].titulo} antes de realizar a baixa?"
        dialog = MessageDialog(self._window, Tone.QUESTION, "Baixar", question, hint=_HINT)
        dialog.check.setText(f"Aplicar a todos ({len(left)} títulos)")
        dialog.check.setVisible(len(left) > 1)
        dialog.add_button("Cancelar", dialog.reject)
        dialog.add_button("&Não", lambda: dialog.done(_NAO))
        dialog.add_button("&Sim", dialog.accept, default=True)
        dialog.finished.connect(lambda answer: self._take(position, answer, dialog.check.isChecked()))
        dialog.open()

    def _take(self, position: int, answer: int, for_all: bool) -> None:
        if answer not in (QDialog.DialogCode.Accepted, _NAO):
            self.deleteLater()
            return
        end = len(self._rows) if for_all else position + 1
        if answer == QDialog.DialogCode.Accepted:
            self._consultar.update(row.id for row in self._rows[position:end])
        self._ask(end)
