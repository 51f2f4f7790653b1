"""The tab API Bancária: where orders go, ClientID and ClientSecret, the certificate and the default encargos."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton, QVBoxLayout, QWidget

from bancointegra.domain.conta import Ambiente
from bancointegra.domain.encargos import TipoJuros, TipoMulta
from bancointegra.ui.conta import rascunho as nomes
from bancointegra.ui.conta.certificate_card import CertificateCard
from bancointegra.ui.conta.columns import TwoColumns
from bancointegra.ui.conta.fields import FormFields, card, choice, password_field
from bancointegra.ui.feedback import ask
from bancointegra.ui.icons import decorate
from bancointegra.ui.style import button, field_label, label, named
from bancointegra.ui.widgets.card import Card

_IN_VAULT = "guardado no cofre"
_AMBIENTES: dict[str, object] = {
    "PRODUÇÃO – boletos de verdade, no Itaú": Ambiente.PRODUCAO,
    "SIMULAÇÃO – banco simulado neste computador": Ambiente.SIMULACAO,
}
_MULTAS: dict[str, object] = {
    "Não cobrar": TipoMulta.NENHUMA,
    "R$ fixo": TipoMulta.VALOR,
    "% do valor": TipoMulta.PERCENTUAL,
}
_JUROS: dict[str, object] = {
    "Não cobrar": TipoJuros.NENHUM,
    "% ao mês": TipoJuros.PERCENTUAL_AO_MES,
    "R$ por dia": TipoJuros.VALOR_POR_DIA,
    "% ao dia": TipoJuros.PERCENTUAL_AO_DIA,
    "% ao ano": TipoJuros.PERCENTUAL_AO_ANO,
}


class ApiTab(TwoColumns):
    """Its text fields are in ``fields``; ``secret`` is what was typed as a new ClientSecret."""

    changed = Signal()

    def __init__(self, fields: FormFields, parent: QWidget | None = None) -> None:
        self._fields = fields
        self._ambiente_before = Ambiente.PRODUCAO
        self.certificate = CertificateCard()
        super().__init__((self._access_card(), self._encargos_card()), (self.certificate, self._hosts_card()), parent)
        self.ambiente.activated.connect(self._ambiente_chosen)
        for box in (self.multa, self.juros):
            box.currentIndexChanged.connect(self._encargos_chosen)
        self._encargos_chosen()

    @property
    def secret(self) -> str:
        """What was typed; empty when the stored one stays."""
        return self._secret.text().strip()

    @staticmethod
    def is_advanced(name: str) -> bool:
        """Whether the field is under *avançado*."""
        return name in _HOSTS

    def show_rascunho(self, shown: nomes.Rascunho, *, has_secret: bool) -> None:
        """Everything but the text fields."""
        self._ambiente_before = shown.ambiente
        for box, value in (
            (self.ambiente, shown.ambiente),
            (self.multa, shown.tipo_multa),
            (self.juros, shown.tipo_juros),
        ):
            box.setCurrentIndex(box.findData(value))
        self.show_secret_kept(has_secret)

    def show_secret_kept(self, has_secret: bool) -> None:
        """Empty the field; a secret in the vault is never shown again, only replaced."""
        self._secret.clear()
        self._secret.setReadOnly(has_secret)
        self._secret.setPlaceholderText(_IN_VAULT if has_secret else "fica no cofre do computador, não nos dados")
        self.replace_button.setVisible(has_secret)

    def _replace_secret(self) -> None:
        self._secret.setReadOnly(False)
        self._secret.setPlaceholderText("o novo ClientSecret; vazio mantém o atual")
        self._secret.setFocus()

    # Building

    def _access_card(self) -> Card:
        result, grid = card("Acesso ao banco")
        self.ambiente = choice("Ambiente", _AMBIENTES)
        self._secret = password_field()
        self.replace_button = button("Substituir", tooltip="Digitar outro ClientSecret")
        self.replace_button.setAutoDefault(False)
        self.replace_button.clicked.connect(self._replace_secret)
        grid.addWidget(field_label("Ambiente", self.ambiente), 0, 0, 1, 6)
        grid.addWidget(self.ambiente, 1, 0, 1, 6)
        grid.addWidget(self._fields.line(nomes.CLIENT_ID, "como veio no e-mail do banco", mono=True), 2, 0, 1, 6)
        grid.addWidget(self._fields.place(nomes.CLIENT_SECRET, self._secret, after=self.replace_button), 3, 0, 1, 6)
        return result

    def _encargos_card(self) -> Card:
        result, grid = card("Encargos padrão")
        why = "Valem para os títulos que não têm os seus próprios."
        grid.addWidget(label(why, "small", wrap=True), 0, 0, 1, 6)
        self.multa, self.juros = choice("Tipo da multa", _MULTAS), choice("Tipo dos juros", _JUROS)
        self._multa_value = _value_field()
        self._juros_value = _value_field()
        grid.addWidget(self._fields.place(nomes.MULTA, self._multa_value, before=self.multa), 1, 0, 1, 3)
        grid.addWidget(self._fields.place(nomes.JUROS, self._juros_value, before=self.juros), 1, 3, 1, 3)
        return result

    def _hosts_card(self) -> Card:
        result, grid = card("")
        self.hosts_button = named(QToolButton(), "Avançado: endereços do banco")
        self.hosts_button.setText("Avançado: endereços do banco")
        self.hosts_button.setCheckable(True)
        self.hosts_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        decorate(self.hosts_button, "chevron-right", "muted")
        self._hosts = QWidget()
        inside = QVBoxLayout(self._hosts)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        why = "Vazio vale o endereço do próprio banco. Mude só se o suporte pedir."
        inside.addWidget(label(why, "small", wrap=True))
        for name in _HOSTS:
            inside.addWidget(self._fields.line(name, "" if name == nomes.CA else "https://…", mono=True))
        self._hosts.hide()
        self.hosts_button.toggled.connect(self._show_hosts)
        grid.addWidget(self.hosts_button, 0, 0, 1, 6, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self._hosts, 1, 0, 1, 6)
        return result

    def _show_hosts(self, shown: bool) -> None:
        self._hosts.setVisible(shown)
        decorate(self.hosts_button, "chevron-down" if shown else "chevron-right", "muted")

    # Choosing

    def _ambiente_chosen(self) -> None:
        chosen = self.ambiente.currentData()
        if chosen is Ambiente.PRODUCAO and self._ambiente_before is Ambiente.SIMULACAO:
            self.ambiente.setCurrentIndex(self.ambiente.findData(Ambiente.SIMULACAO))
            ask(
                self,
                "Deseja passar esta conta para PRODUÇÃO?",
                hint="Daí em diante os boletos são de verdade: o Itaú os registra e o sacado pode pagar.",
                on_yes=lambda _: self._take_ambiente(Ambiente.PRODUCAO),
            )
            return
        self._take_ambiente(chosen)

    def _take_ambiente(self, ambiente: Ambiente) -> None:
        self._ambiente_before = ambiente
        self.ambiente.setCurrentIndex(self.ambiente.findData(ambiente))
        self.changed.emit()

    def _encargos_chosen(self) -> None:
        for box, none, field, example in (
            (self.multa, TipoMulta.NENHUMA, self._multa_value, "10,00" if self._is_valor(self.multa) else "2"),
            (self.juros, TipoJuros.NENHUM, self._juros_value, "0,50" if self._is_valor(self.juros) else "1"),
        ):
            charged = box.currentData() is not none
            field.setEnabled(charged)
            field.setPlaceholderText(example if charged else "")
            if not charged:
                field.clear()
        self.changed.emit()

    @staticmethod
    def _is_valor(box: QComboBox) -> bool:
        return box.currentData() in (TipoMulta.VALOR, TipoJuros.VALOR_POR_DIA)


_HOSTS = (nomes.HOST_TOKEN, nomes.HOST_EMISSAO, nomes.HOST_CONSULTA, nomes.CA)


def _value_field() -> QLineEdit:
    field = QLineEdit()
    field.setAlignment(Qt.AlignmentFlag.AlignRight)
    return field
