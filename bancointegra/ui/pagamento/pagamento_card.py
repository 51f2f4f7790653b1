"""The bill on the table: what Celcoin says of it, then Pagar; once reserved, the countdown, then Confirmar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from bancointegra.domain.conta_consultada import ContaConsultada
from bancointegra.domain.errors import InputError
from bancointegra.domain.linha_digitavel import format_linha
from bancointegra.domain.pagamento import Pagamento, SituacaoPagamento
from bancointegra.domain.reais import Reais
from bancointegra.domain.regras_pagamento import is_valor_editavel, motivo_para_nao_confirmar, valor_a_pagar
from bancointegra.ui.icons import pixmap
from bancointegra.ui.pagamento import texts
from bancointegra.ui.pagamento.actions import (
    AGENDAR,
    CANCELAR,
    CARD_ACTIONS,
    COMPROVANTE,
    CONFIRMAR,
    PAGAR,
    VERIFICAR,
    PaymentAction,
)
from bancointegra.ui.pagamento.valores_grid import ValoresGrid
from bancointegra.ui.style import button, field_label, label, set_property, tool_button
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.chip import StatusChip
from bancointegra.ui.widgets.inline_progress import InlineProgress
from bancointegra.ui.widgets.layouts import clear_layout

TOTAL = "Total a pagar"
_AMOUNT_WIDTH = 160
_SIDE_WIDTH = 300
_HEADINGS = {
    SituacaoPagamento.CONSULTADO: "Confira a conta antes de pagar",
    SituacaoPagamento.AGUARDANDO_CONFIRMACAO: "Valor reservado. Nada foi pago ainda: confirme ou cancele",
    SituacaoPagamento.A_CONFIRMAR: "O pedido saiu e a resposta não chegou: não pague de novo, pergunte à Celcoin",
    SituacaoPagamento.PAGO: "Pagamento confirmado",
    SituacaoPagamento.CANCELADO: "Nada foi pago; o valor reservado volta ao saldo",
    SituacaoPagamento.DESFEITO: "Nada foi pago; a Celcoin desfez a reserva e devolveu o valor",
}
_PRIMARY = (PAGAR, CONFIRMAR, VERIFICAR, COMPROVANTE)
_OPEN = (SituacaoPagamento.CONSULTADO, SituacaoPagamento.AGUARDANDO_CONFIRMACAO, SituacaoPagamento.A_CONFIRMAR)


class PagamentoCard(Card):
    """Shows one ``Pagamento`` that is not finished. Asks nobody; what the clerk wants goes out as a signal."""

    pagar_wanted = Signal(object)
    """The ``Reais`` to pay."""
    agendar_wanted = Signal(object)
    """The ``Reais`` to pay on another day."""
    confirmar_wanted = Signal()
    cancelar_wanted = Signal()
    verificar_wanted = Signal()
    comprovante_wanted = Signal()
    fechar_wanted = Signal()
    prazo_acabou = Signal()
    """The thirty minutes of the reserve shown are over; said once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=12)
        self._pagamento: Pagamento | None = None
        self._saldo: Reais | None = None
        self._agora: datetime | None = None
        self._shown_avisos: tuple[str, ...] = ()
        self._busy = False
        self._over = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._build()
        self._connect()

    @property
    def pagamento(self) -> Pagamento | None:
        """The one shown."""
        return self._pagamento

    @property
    def avisos_texts(self) -> tuple[str, ...]:
        """The warnings, top to bottom."""
        return self._shown_avisos

    def show_pagamento(
        self, pagamento: Pagamento, *, agora: datetime, saldo: Reais | None, avisos: Sequence[str] = ()
    ) -> None:
        """``avisos`` come before those that the bill itself gives cause for."""
        self._agora = agora
        same = self._pagamento is not None and self._pagamento.id == pagamento.id
        self._pagamento, self._saldo = pagamento, saldo
        self._over = same and self._over  # asked once: the minute's look and the button do the rest
        self.setAccessibleName(_HEADINGS.get(pagamento.situacao, pagamento.situacao.value))
        self.heading.setText(_HEADINGS.get(pagamento.situacao, pagamento.situacao.value))
        self.chip.set_status(pagamento.situacao.value)
        self._show_parties(pagamento.consulta)
        self._show_values(pagamento.consulta, agora)
        of_bill = texts.avisos_da_conta(pagamento.consulta, agora.date())
        still_open = [*avisos, *of_bill, *texts.avisos_da_agenda(pagamento)] if pagamento.situacao in _OPEN else []
        self._show_avisos(still_open, pagamento)
        self.total_label.setText("Total pago" if pagamento.situacao is SituacaoPagamento.PAGO else TOTAL)
        self._show_amount(pagamento, keep_typed=same and pagamento.situacao is SituacaoPagamento.CONSULTADO)
        self.tick(agora)

    def tick(self, agora: datetime) -> None:
        """Another second of the countdown."""
        self._agora = agora
        pagamento = self._pagamento
        if pagamento is None:
            return
        reserved = pagamento.situacao is SituacaoPagamento.AGUARDANDO_CONFIRMACAO
        self.countdown.setVisible(reserved and pagamento.expira_em is not None)
        if reserved and pagamento.expira_em is not None:
            self.countdown.setText(f"{texts.countdown(pagamento.expira_em, agora)} para confirmar")
            if agora >= pagamento.expira_em and not self._over:
                self._over = True
                self.prazo_acabou.emit()
        self._show_buttons()

    def set_busy(self, busy: bool) -> None:
        """While an order of this bill is under way, no other can be given."""
        self._busy = busy
        self._show_buttons()

    def take_focus(self) -> None:
        """The keyboard comes here: to the amount that is missing, to Pagar, or, once money is reserved, to no button.

        Then a key held down too long must not confirm a payment: Tab goes on to Confirmar.
        """
        consulted = self._pagamento is not None and self._pagamento.situacao is SituacaoPagamento.CONSULTADO
        if consulted and self.valor_field.isVisible() and not self.valor_field.text():
            self.valor_field.setFocus()
        elif consulted:
            self.buttons[PAGAR].setFocus()
        else:
            self.setFocus()

    def press(self, action: PaymentAction) -> bool:
        """What the key of ``action`` does; False when its button is not there to be clicked."""
        target = self.buttons.get(action)
        if target is None or not target.isVisible() or not target.isEnabled():
            return False
        target.click()
        return True

    def valor_typed(self) -> Reais:
        """The amount to pay. Raises ``InputError`` when it cannot be paid."""
        assert self._pagamento is not None
        consulta = self._pagamento.consulta
        typed = texts.read_valor(self.valor_field.text(), TOTAL) if is_valor_editavel(consulta) else None
        return valor_a_pagar(consulta, typed)

    def show_problem(self, error: InputError) -> None:
        """Say below the amount why it cannot be paid."""
        set_property(self.valor_field, "wrong", True)
        set_property(self.limits, "role", "danger")
        self.limits.setText(str(error))
        self.limits.show()
        self.valor_field.setFocus()
        self.valor_field.selectAll()

    # Building

    def _build(self) -> None:
        self.heading = label("", "strong")
        self.chip = StatusChip()
        self.close_button = tool_button("x", "Fechar esta conta (Esc)")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.heading)
        top.addWidget(self.chip)
        top.addStretch(1)
        top.addWidget(self.close_button)
        middle = QHBoxLayout()
        middle.setSpacing(32)
        middle.addLayout(self._build_parties(), 1)
        self.valores = ValoresGrid()
        middle.addWidget(self.valores, 0, Qt.AlignmentFlag.AlignTop)
        middle.addWidget(self._build_side())
        self.body.addLayout(top)
        self.body.addLayout(middle)
        order = [self, self.valor_field, *self.buttons.values(), self.close_button]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _build_parties(self) -> QVBoxLayout:
        self.beneficiario = label("", "strong", wrap=True)
        self.documento = label("", "muted")
        self.detalhes = label("", "muted", wrap=True)
        self.linha = label("", "small")
        self.avisos = QWidget()
        self._avisos = QVBoxLayout(self.avisos)
        self._avisos.setContentsMargins(0, 4, 0, 0)
        self._avisos.setSpacing(2)
        column = QVBoxLayout()
        column.setSpacing(2)
        for widget in (self.beneficiario, self.documento, self.detalhes, self.linha, self.avisos):
            column.addWidget(widget)
        for widget in (self.beneficiario, self.documento, self.detalhes, self.linha):
            widget.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addStretch(1)
        return column

    def _build_side(self) -> QWidget:
        self.valor_field = QLineEdit()
        self.valor_field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.valor_field.setFixedWidth(_AMOUNT_WIDTH)
        self.valor_field.setProperty("role", "amount")
        self.valor_field.setToolTip("Escreva como 1250 ou 1.250,00")
        self.total_label = field_label(TOTAL, self.valor_field)
        self.total = label("", "amount")
        self.limits = label("", "small", wrap=True)
        self.janela = label("", "muted", wrap=True)
        self.saldo = label("", "muted", wrap=True)
        self.countdown = label("", "amount")
        self.buttons = {
            action: button(action.label, action.icon, tooltip=action.tooltip, primary=action in _PRIMARY)
            for action in CARD_ACTIONS
        }
        self.progress = InlineProgress(keeps_place=False)
        answers = QHBoxLayout()
        answers.setSpacing(8)
        for each in self.buttons.values():
            answers.addWidget(each)
        answers.addStretch(1)
        side = QWidget()
        side.setFixedWidth(_SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self.total_label, self.valor_field, self.total, self.limits, self.janela, self.saldo):
            column.addWidget(widget)
        column.addWidget(self.countdown)
        column.addSpacing(4)
        column.addLayout(answers)
        column.addWidget(self.progress)
        column.addStretch(1)
        return side

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.fechar_wanted)
        self.buttons[PAGAR].clicked.connect(lambda: self._want(self.pagar_wanted))
        self.buttons[AGENDAR].clicked.connect(lambda: self._want(self.agendar_wanted))
        self.buttons[CONFIRMAR].clicked.connect(self.confirmar_wanted)
        self.buttons[CANCELAR].clicked.connect(self.cancelar_wanted)
        self.buttons[VERIFICAR].clicked.connect(self.verificar_wanted)
        self.buttons[COMPROVANTE].clicked.connect(self.comprovante_wanted)
        self.valor_field.textEdited.connect(self._forgive)
        self.valor_field.returnPressed.connect(self.buttons[PAGAR].click)

    def _want(self, signal: SignalInstance) -> None:
        try:
            valor = self.valor_typed()
        except InputError as error:
            self.show_problem(error)
            return
        signal.emit(valor)

    # Showing

    def _show_parties(self, consulta: ContaConsultada) -> None:
        recebedor = consulta.recebedor
        self.beneficiario.setText(recebedor.nome)
        self.documento.setText(texts.documento(recebedor.documento))
        self.documento.setVisible(bool(recebedor.documento))
        lines = []
        if consulta.beneficiario_final and consulta.beneficiario:
            lines.append(f"Por conta de {texts.parte_line(consulta.beneficiario)}")
        if consulta.pagador:
            lines.append(f"Pagador: {texts.parte_line(consulta.pagador)}")
        if consulta.emissor and consulta.emissor != recebedor.nome:
            lines.append(f"Emitida por {consulta.emissor}")
        self.detalhes.setText("\n".join(lines))
        self.detalhes.setVisible(bool(lines))
        self.linha.setText(format_linha(consulta.linha))

    def _show_values(self, consulta: ContaConsultada, agora: datetime) -> None:
        valores = consulta.valores
        rows = [("Vencimento", texts.vencimento_line(consulta.vencimento, agora.date()))]
        if valores.original:
            rows.append(("Valor original", str(valores.original)))
        rows += [("Desconto", str(valores.desconto)), ("Juros", str(valores.juros)), ("Multa", str(valores.multa))]
        if valores.pago:
            rows.append(("Já pago", str(valores.pago)))
        self.valores.show_rows(rows)

    def _show_avisos(self, avisos: Sequence[str], pagamento: Pagamento) -> None:
        clear_layout(self._avisos)
        self._shown_avisos = tuple(dict.fromkeys(filter(None, [*avisos, pagamento.aviso])))
        for aviso in self._shown_avisos:
            self._avisos.addWidget(_aviso(aviso, self.devicePixelRatioF()))
        self.avisos.setVisible(bool(self._shown_avisos))

    def _show_amount(self, pagamento: Pagamento, *, keep_typed: bool) -> None:
        consulta = pagamento.consulta
        editable = pagamento.situacao is SituacaoPagamento.CONSULTADO and is_valor_editavel(consulta)
        valor = pagamento.valor if pagamento.valor is not None else consulta.valores.total
        self.valor_field.setVisible(editable)
        self.total.setVisible(not editable)
        self.total.setText(valor.com_simbolo if valor else "—")
        if editable and not (keep_typed and self.valor_field.text()):
            self.valor_field.setText(str(valor) if valor else "")
        self._forgive()
        self._show_saldo(valor)
        self.janela.setText(
            texts.liquidacao_line(consulta, self._agora.date() if self._agora else consulta.consultada_em.date())
        )

    def _show_saldo(self, valor: Reais | None) -> None:
        text, short = texts.saldo_line(self._saldo, valor)
        self.saldo.setText(text)
        set_property(self.saldo, "role", "danger" if short else "muted")

    def _forgive(self) -> None:
        set_property(self.valor_field, "wrong", False)
        set_property(self.limits, "role", "small")
        faixa = self._pagamento.consulta.faixa if self._pagamento else None
        shown = self._pagamento is not None and self._pagamento.situacao is SituacaoPagamento.CONSULTADO
        self.limits.setText(texts.faixa_line(faixa) if faixa else "")
        self.limits.setVisible(faixa is not None and shown)

    def _show_buttons(self) -> None:
        pagamento, agora = self._pagamento, self._agora
        if pagamento is None or agora is None:
            return
        situacao = pagamento.situacao
        consulted = situacao is SituacaoPagamento.CONSULTADO
        reserved = situacao is SituacaoPagamento.AGUARDANDO_CONFIRMACAO
        why_not = motivo_para_nao_confirmar(pagamento, agora) if reserved else ""
        shown = {
            PAGAR: consulted,
            AGENDAR: consulted,
            CONFIRMAR: reserved and not why_not,
            CANCELAR: reserved and not why_not,
            VERIFICAR: situacao is SituacaoPagamento.A_CONFIRMAR or bool(why_not),
            COMPROVANTE: situacao is SituacaoPagamento.PAGO,
        }
        for action, is_shown in shown.items():
            self.buttons[action].setVisible(is_shown)
            self.buttons[action].setEnabled(not self._busy)
        self.valor_field.setEnabled(not self._busy)


def _aviso(text: str, ratio: float) -> QWidget:
    icon = QLabel()
    icon.setPixmap(pixmap("triangle-alert", "warning", ratio=ratio))
    result = QWidget()
    row = QHBoxLayout(result)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(text, "warning", wrap=True), 1)
    return result
