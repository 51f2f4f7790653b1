"""The certificate of the account: whose it is, how long it lasts, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from bancointegra.domain.certificado import SituacaoCertificado
from bancointegra.ui.conta.validade import data, impressao_digital, palavra, papel, prazo
from bancointegra.ui.style import button, label, set_property
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.chip import StatusChip
from bancointegra.ui.widgets.flow_layout import FlowLayout

_NOTHING = "A conta ainda não tem certificado. Sem ele o banco não atende."


class CertificateCard(Card):
    """Shows what it is told; every button only says that it was pressed."""

    importar = Signal()
    assistente = Signal()
    renovar = Signal()
    exportar = Signal()
    testar = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = label("", "strong", wrap=True)
        self._chip = StatusChip()
        self._values = {name: label("", wrap=True) for name in ("Titular (CN)", "Validade", "Impressão digital")}
        self._values["Impressão digital"].setProperty("role", "mono")
        self.import_button = button("Importar Certificado", "upload", tooltip="Tenho os arquivos do certificado")
        self.wizard_button = button("Assistente de Certificado", tooltip="Pedir um certificado ao banco, passo a passo")
        self.renew_button = button("Renovar", "refresh-cw")
        self.export_button = button("Exportar…", "folder-open", tooltip="Gravar uma cópia do certificado e da chave")
        self.test_button = button("Testar conexão", "send", tooltip="Falar com o banco sem mudar nada")
        for each, signal in (
            (self.import_button, self.importar),
            (self.wizard_button, self.assistente),
            (self.renew_button, self.renovar),
            (self.export_button, self.exportar),
            (self.test_button, self.testar),
        ):
            each.setAutoDefault(False)
            each.clicked.connect(signal)
        self._arrange()
        self.show_none()

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        return (self.import_button, self.wizard_button, self.renew_button, self.export_button, self.test_button)

    @property
    def state(self) -> str:
        """The sentence at the top."""
        return self._state.text()

    def show_none(self, sentence: str = _NOTHING) -> None:
        """There is no certificate, or it cannot be read."""
        self._state.setText(sentence)
        set_property(self._state, "role", "strong")
        self._chip.set_status("")
        self._details.hide()
        for each in (self.renew_button, self.export_button, self.test_button):
            each.setEnabled(False)
            each.setToolTip("A conta ainda não tem certificado.")

    def show_situacao(self, situacao: SituacaoCertificado) -> None:
        """Whose it is and how long it lasts."""
        self._state.setText(prazo(situacao.dias))
        set_property(self._state, "role", papel(situacao.dias))
        self._chip.set_status(palavra(situacao.dias))
        self._values["Titular (CN)"].setText(situacao.cn)
        self._values["Validade"].setText(f"de {data(situacao.valid_from)} até {data(situacao.valid_until)}")
        self._values["Impressão digital"].setText(impressao_digital(situacao.fingerprint))
        self._details.show()
        for each, does in (
            (self.renew_button, "Pedir ao banco um certificado novo; o atual vale até o novo funcionar"),
            (self.export_button, "Gravar uma cópia do certificado e da chave"),
            (self.test_button, "Falar com o banco sem mudar nada"),
        ):
            each.setEnabled(True)
            each.setToolTip(does)

    def set_busy(self, busy: bool) -> None:
        """While the bank is asked, nothing is pressed twice."""
        self._actions.setEnabled(not busy)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(label("Certificado", "strong"))
        top.addStretch(1)
        top.addWidget(self._chip)
        self._details = QWidget()
        grid = QGridLayout(self._details)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(self._values.items()):
            grid.addWidget(label(name, "label"), row, 0)
            grid.addWidget(value, row, 1)
        self._actions = QWidget()
        flow = FlowLayout(self._actions, spacing=8, line_spacing=8)
        for each in self.buttons:
            flow.addWidget(each)
        self.body.addLayout(top)
        self.body.addWidget(self._state)
        self.body.addWidget(self._details)
        self.body.addSpacing(4)
        self.body.addWidget(self._actions)
