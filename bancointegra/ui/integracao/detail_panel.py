"""The panel beside the list: everything about the current título."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QVBoxLayout, QWidget

from bancointegra.domain.calculo_encargos import Devido
from bancointegra.domain.linha_digitavel import TAMANHO_LINHA_COBRANCA, format_linha
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import Titulo
from bancointegra.services.busca import TituloDetalhe
from bancointegra.ui.integracao import texts
from bancointegra.ui.integracao.actions import VERIFICAR, status_label
from bancointegra.ui.style import button, label
from bancointegra.ui.widgets.chip import StatusChip
from bancointegra.ui.widgets.history_column import HistoryColumn
from bancointegra.ui.widgets.labels import CopyableText
from bancointegra.ui.widgets.layouts import clear_layout
from bancointegra.ui.widgets.side_panel import SidePanel

_ROOM_FOR_HEADING = 220
"""Inside the margins, beside a scroll bar: a longer status goes below the título."""

_WAITING = (
    "O banco recebeu o pedido e espera que uma pessoa autorizada o aprove. Depois da aprovação, ou se ela for negada, "
    "pergunte ao banco."
)
_DOUBT = "O último pedido saiu e falta a resposta final do banco. Não o repita: pergunte ao banco."


class DetailPanel(SidePanel):
    """Shows one ``TituloDetalhe``, or why there is none. Asks nobody; what the clerk wants goes out as a signal."""

    pdf_requested = Signal(int)
    verify_requested = Signal(int)

    _titulo_id: int | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "Detalhe do título", "Escolha um título na lista para ver os detalhes.", (16, 16, 16, 16), parent
        )
        self._build()

    @property
    def titulo_id(self) -> int | None:
        """The título shown now."""
        return self._titulo_id

    def set_pdf_busy(self, busy: bool) -> None:
        """While the PDF is being made, it cannot be asked for again."""
        self.pdf_button.setEnabled(not busy)

    def show_nothing(self) -> None:
        self._titulo_id = None
        super().show_nothing()

    def show_error(self, message: str) -> None:
        self._titulo_id = None
        super().show_error(message)

    def show_detalhe(self, detalhe: TituloDetalhe, hoje: date) -> None:
        titulo = detalhe.titulo
        self._titulo_id = titulo.id
        self._show_heading(titulo, hoje)
        self._show_boleto(titulo)
        self._show_devidos(detalhe.devidos, titulo, hoje)
        self._history.show_entries(detalhe.historico)
        self.history_title.setVisible(bool(detalhe.historico))
        self.show_content()

    def _build(self) -> None:
        column = self.content
        self._build_heading(column)
        self._build_boleto(column)
        self.devidos_title = _section("Quanto o sacado paga")
        self._devidos = QGridLayout()
        self._devidos.setVerticalSpacing(0)
        self._devidos.setColumnStretch(1, 1)
        self._history = HistoryColumn()
        self.history_title = _section("Histórico")
        column.addWidget(self.devidos_title)
        column.addLayout(self._devidos)
        column.addWidget(self.history_title)
        column.addLayout(self._history)
        column.addStretch(1)

    def _build_heading(self, column: QVBoxLayout) -> None:
        self.titulo_label = label("", "muted")
        self.chip = StatusChip()
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.addWidget(self.titulo_label)
        self._top.addStretch(1)
        self._top.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        self.valor_label = label("", "amount")
        self.sacado_label = label("", wrap=True)
        self.documento_label = label("", "muted")
        self.vencimento_label = label("", "muted", wrap=True)
        self.situacao_label = label("", "small", wrap=True)
        self.protesto_label = label("", "warning", wrap=True)
        self.observacao_label = label("", "small", wrap=True)
        self.doubt_label = label("", wrap=True)
        self.verify_button = button(
            VERIFICAR.label, VERIFICAR.icon, tooltip=f"Perguntar ao banco ({VERIFICAR.shortcut})"
        )
        self.verify_button.clicked.connect(lambda: self._emit(self.verify_requested))
        column.addLayout(self._top)
        for widget in (
            self.valor_label,
            self.sacado_label,
            self.documento_label,
            self.vencimento_label,
            self.situacao_label,
            self.protesto_label,
            self.observacao_label,
            self.doubt_label,
            self.verify_button,
        ):
            column.addWidget(widget)

    def _build_boleto(self, column: QVBoxLayout) -> None:
        self.linha_title = _section("Linha digitável")
        self.linha = CopyableText("Linha digitável")
        self.pdf_button = button("PDF", "file-text")
        self.pdf_button.clicked.connect(lambda: self._emit(self.pdf_requested))
        for widget in (self.linha_title, self.linha, self.pdf_button):
            column.addWidget(widget)

    def _emit(self, signal: SignalInstance) -> None:
        if self._titulo_id is not None:
            signal.emit(self._titulo_id)

    def _show_heading(self, titulo: Titulo, hoje: date) -> None:
        self.titulo_label.setText(f"Título {titulo.identificacao}")
        self.chip.set_status(status_label(titulo))
        needed = self.titulo_label.sizeHint().width() + self._top.spacing() + self.chip.sizeHint().width()
        fits = needed <= _ROOM_FOR_HEADING
        self._top.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)
        self.valor_label.setText(titulo.valor.com_simbolo)
        self.sacado_label.setText(titulo.sacado.nome)
        self.documento_label.setText(titulo.sacado.documento.formatado)
        dates = (texts.vencimento_line(titulo, hoje), texts.nosso_numero(titulo))
        self.vencimento_label.setText(" · ".join(part for part in dates if part))
        _show_text(self.situacao_label, texts.situacao_line(titulo))
        _show_text(self.protesto_label, texts.protesto_line(titulo))
        _show_text(self.observacao_label, titulo.observacao)
        self.doubt_label.setText(_WAITING if titulo.aguardando else _DOUBT)
        self.doubt_label.setVisible(titulo.a_confirmar)
        self.verify_button.setVisible(titulo.a_confirmar)

    def _show_boleto(self, titulo: Titulo) -> None:
        boleto = titulo.boleto
        linha = boleto.linha_digitavel if boleto else ""
        shown = format_linha(linha) if len(linha) == TAMANHO_LINHA_COBRANCA else linha
        self.linha.set_text(shown, linha)
        for widget in (self.linha_title, self.linha):
            widget.setVisible(bool(linha))
        self.pdf_button.setVisible(boleto is not None)
        self.pdf_button.setText("Abrir PDF" if titulo.pdf_path else "Gerar PDF")
        self.pdf_button.setToolTip(titulo.pdf_path or "Gravar o boleto em PDF na pasta escolhida e abrir")

    def _show_devidos(self, devidos: Sequence[Devido], titulo: Titulo, hoje: date) -> None:
        clear_layout(self._devidos)
        if titulo.situacao is Situacao.LIQUIDADO:
            paid = texts.pagamento_line(titulo)
            self.devidos_title.setText("Pagamento")
            self.devidos_title.setVisible(bool(paid))
            self._devidos.addWidget(label(paid, wrap=True), 0, 0, 1, 2)
            return
        self.devidos_title.setText("Quanto o sacado paga")
        self.devidos_title.setVisible(bool(devidos))
        for index, devido in enumerate(devidos):
            self._devidos.addWidget(label(texts.devido_day(devido, titulo.vencimento, hoje), "muted"), 2 * index, 0)
            self._devidos.addWidget(label(str(devido.total)), 2 * index, 1, Qt.AlignmentFlag.AlignRight)
            if parts := texts.devido_parts(devido):
                note = label(parts, "small", wrap=True)
                note.setAlignment(Qt.AlignmentFlag.AlignRight)
                self._devidos.addWidget(note, 2 * index + 1, 0, 1, 2)


def _section(text: str) -> QLabel:
    result = label(text, "section")
    result.setIndent(0)
    return result


def _show_text(target: QLabel, text: str) -> None:
    target.setText(text)
    target.setVisible(bool(text))
