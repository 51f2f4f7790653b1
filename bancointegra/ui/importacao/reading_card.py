"""How a table was read: every guess is shown, and can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from bancointegra.domain.importacao import FormatoArquivo, FormatoData, Leitura, Previa, SeparadorDecimal
from bancointegra.ui.importacao import texts
from bancointegra.ui.importacao.columns_dialog import ColunasDialog
from bancointegra.ui.style import button, field_label, label, set_primary
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.flow_layout import FlowLayout

_CODIFICACOES = ("UTF-8", "Windows-1252", "UTF-16")
_LAST_HEADER_LINE = 30


class ReadingCard(Card):
    """Shows the ``Leitura`` of a preview; emits ``changed`` with another one when the clerk knows better."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._previa: Previa | None = None
        self.codificacao, self.separador, self.planilha = QComboBox(), QComboBox(), QComboBox()
        self.formato_data, self.decimal = QComboBox(), QComboBox()
        self.cabecalho = QComboBox()
        _fill(self.cabecalho, {line: str(line) for line in range(1, _LAST_HEADER_LINE + 1)})
        _fill(self.codificacao, {name: name for name in _CODIFICACOES})
        _fill(self.separador, texts.SEPARADORES)
        _fill(self.formato_data, _values(FormatoData))
        _fill(self.decimal, _values(SeparadorDecimal))
        self.columns_button = button("Colunas…", "columns-3", tooltip="Dizer em que coluna do arquivo está cada dado")
        self.columns_button.clicked.connect(self.choose_columns)
        self._columns = label("", "muted", wrap=True)
        self._missing = label("", "warning", wrap=True)
        self._fields = {
            name: _titled(title, widget)
            for name, title, widget in (
                ("codificacao", "Codificação", self.codificacao),
                ("separador", "Separador", self.separador),
                ("planilha", "Planilha", self.planilha),
                ("cabecalho", "Linha do cabeçalho", self.cabecalho),
                ("formato_data", "Datas", self.formato_data),
                ("decimal", "Centavos depois de", self.decimal),
            )
        }
        self._build()
        for combo in (
            self.codificacao,
            self.separador,
            self.planilha,
            self.cabecalho,
            self.formato_data,
            self.decimal,
        ):
            combo.currentIndexChanged.connect(lambda _index: self._tell())

    @property
    def summary(self) -> str:
        """What is said of the columns."""
        return f"{self._columns.text()} {self._missing.text()}".strip()

    def show_previa(self, previa: Previa) -> None:
        """Show how ``previa`` was read; hidden when there is nothing to choose, as for NF-e."""
        self._previa = previa
        self.setVisible(previa.formato is not FormatoArquivo.NFE)
        leitura = previa.leitura
        is_csv = previa.formato is FormatoArquivo.CSV
        for name, shown in (
            ("codificacao", is_csv),
            ("separador", is_csv),
            ("planilha", len(previa.planilhas) > 1),
        ):
            self._fields[name].setVisible(shown)
        with QSignalBlocker(self.planilha):
            self.planilha.clear()
            _fill(self.planilha, {name: name for name in previa.planilhas})
        for combo, value in (
            (self.codificacao, leitura.codificacao),
            (self.separador, leitura.separador),
            (self.planilha, leitura.planilha),
            (self.cabecalho, leitura.linha_cabecalho),
            (self.formato_data, leitura.formato_data),
            (self.decimal, leitura.decimal),
        ):
            with QSignalBlocker(combo):
                combo.setCurrentIndex(combo.findData(value))
        self._columns.setText(texts.colunas(previa))
        self._missing.setText(texts.faltando(previa))
        self._missing.setVisible(bool(self._missing.text()))
        set_primary(self.columns_button, previa.impedida)

    def choose_columns(self) -> None:
        """Ask in which column each field stands."""
        if self._previa is None:
            return
        leitura = self._previa.leitura
        dialog = ColunasDialog(self, self._previa)
        dialog.chosen.connect(lambda colunas: self.changed.emit(replace(leitura, colunas=colunas)))
        dialog.open()

    def _tell(self) -> None:
        if self._previa is None:
            return
        before = self._previa.leitura
        asked = Leitura(
            codificacao=self.codificacao.currentData() or "",
            separador=self.separador.currentData() or "",
            planilha=self.planilha.currentData() or "",
            linha_cabecalho=self.cabecalho.currentData() or before.linha_cabecalho,
            colunas=before.colunas,
            formato_data=self.formato_data.currentData(),
            decimal=self.decimal.currentData(),
        )
        if asked == before:
            return
        kept = ("codificacao", "separador", "planilha", "linha_cabecalho")
        if any(getattr(asked, name) != getattr(before, name) for name in kept):
            # Other cells stand in the columns now: where each field is must be looked for again.
            asked = replace(asked, colunas=None)
        if asked.planilha != before.planilha:
            asked = replace(asked, linha_cabecalho=0)
        self.changed.emit(asked)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("Como o arquivo foi lido", "strong"))
        head.addWidget(self._columns, 1)
        head.addWidget(self.columns_button)
        self.body.addLayout(head)
        fields = QWidget()
        flow = FlowLayout(fields, spacing=16, line_spacing=8)
        for field in self._fields.values():
            flow.addWidget(field)
        self.body.addWidget(fields)
        self.body.addWidget(self._missing)


def _titled(title: str, widget: QWidget) -> QWidget:
    result = QWidget()
    column = QVBoxLayout(result)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(field_label(title, widget))
    column.addWidget(widget)
    return result


def _values(kind: type[Enum]) -> dict[Any, str]:
    return {member: str(member.value) for member in kind}


def _fill(combo: QComboBox, choices: Mapping[Any, str]) -> None:
    for value, text in choices.items():
        combo.addItem(text, value)
