"""What a person who asked Celcoin's support records about a payment that nobody can know from here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from bancointegra.domain.errors import InputError
from bancointegra.domain.pagamento import Pagamento, SituacaoPagamento
from bancointegra.domain.regras_pagamento import require_motivo
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.style import field_label, label

MOTIVO = "Motivo"
_WIDTH = 460
_WARNING = (
    "Use só depois de falar com a Celcoin. Se o que for registrado não for o que aconteceu, a conta pode ser paga duas "
    "vezes ou ficar sem pagamento."
)


class DecidirDialog(FormDialog):
    """Asks what happened and who said so."""

    decided = Signal(object, str)
    """The ``SituacaoPagamento`` and the reason."""

    def __init__(
        self, pagamento: Pagamento, decisoes: Sequence[SituacaoPagamento], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, "Registrar o que houve", confirm="Registrar")
        self.situacao = QComboBox()
        for decisao in decisoes:
            self.situacao.addItem(decisao.value, decisao)
        self.motivo = QLineEdit(placeholderText="Quem informou, e o protocolo")
        self.body.setSpacing(6)
        self.body.addWidget(label(pagamento.identificacao, "strong", wrap=True))
        self.body.addWidget(label(_WARNING, "warning", wrap=True))
        for name, widget in (("O que a Celcoin informou", self.situacao), (MOTIVO, self.motivo)):
            self.body.addWidget(field_label(name, widget))
            self.body.addWidget(widget)
        self.setMinimumWidth(_WIDTH)
        self.motivo.setFocus()

    def submit(self) -> None:
        try:
            motivo = require_motivo(self.motivo.text())
        except InputError as error:
            self.show_problem(error, self.motivo)
            return
        self.accept()
        self.decided.emit(self.situacao.currentData(), motivo)
