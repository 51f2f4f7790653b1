"""Agendar: the day on which the open program pays a bill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from bancointegra.domain.errors import AppError, InputError
from bancointegra.domain.pagamento import Pagamento
from bancointegra.domain.reais import Reais
from bancointegra.domain.regras_pagamento import require_agendavel
from bancointegra.services.pagamento_controle import AVISO_AGENDA
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.style import field_label, label, link_button
from bancointegra.ui.widgets.date_edit import DateEdit

_WIDTH = 440


class AgendarDialog(FormDialog):
    """Asks for the day, and says plainly what scheduling here is not."""

    chosen = Signal(object)
    """The ``date``, or None to take the scheduled day back."""

    def __init__(
        self, pagamento: Pagamento, valor: Reais, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, "Agendar pagamento", confirm="Agendar")
        self._pagamento, self._today = replace(pagamento, valor_informado=valor), today
        self.data = DateEdit(today, pagamento.agendado_para or _proposed(pagamento, today()))
        self.warning: QLabel = label(AVISO_AGENDA, "warning", wrap=True)
        self.body.addWidget(label(pagamento.consulta.recebedor.nome, "strong", wrap=True))
        self.body.addWidget(label(valor.com_simbolo, "amount"))
        self.body.addWidget(field_label("Data", self.data))
        self.body.addWidget(self.data)
        self.body.addWidget(self.warning)
        self.remove_button = link_button("Retirar agendamento")
        self.remove_button.setVisible(pagamento.agendado_para is not None)
        self.remove_button.clicked.connect(self._remove)
        self.body.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.setSpacing(6)
        self.setMinimumWidth(_WIDTH)
        self.data.setFocus()

    def submit(self) -> None:
        try:
            dia = self.data.value
            if dia is None:
                raise InputError("Informe o dia do pagamento.", field="Data")
            require_agendavel(self._pagamento, dia, self._today())
        except AppError as error:
            self.show_problem(error, self.data)
            return
        self.accept()
        self.chosen.emit(dia)

    def _remove(self) -> None:
        self.accept()
        self.chosen.emit(None)


def _proposed(pagamento: Pagamento, hoje: date) -> date:
    """The due date while it is ahead, else today."""
    vencimento = pagamento.vencimento
    return vencimento if vencimento and vencimento > hoje else hoje
