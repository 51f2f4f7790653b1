"""Parcelar: how many, on which day, how the value is divided; every parcela is shown before any is stored."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QGridLayout,
    QSpinBox,
    QWidget,
)

from bancointegra.domain.edicao_titulo import DadosTitulo
from bancointegra.domain.errors import AppError
from bancointegra.domain.parcelamento import MAX_PARCELAS, MIN_PARCELAS, Divisao, Parcelamento
from bancointegra.domain.reais import Reais
from bancointegra.services.titulo import PreviaParcelas, TituloService
from bancointegra.ui.conta.fields import choice
from bancointegra.ui.dialog import FormDialog
from bancointegra.ui.integracao.texts import titulos
from bancointegra.ui.jobs import JobHandle, Jobs
from bancointegra.ui.style import field_label, label, named
from bancointegra.ui.titulos.rascunho import dia_com_semana
from bancointegra.ui.titulos.services import LANE
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.reading_table import ReadingTable

_SIZE = (700, 540)
_TYPING_PAUSE_MS = 200
_TITLES = ("Título", "Vencimento", "Valor", "Dia sem banco")
_WIDTHS = (96, 190, 110)
_VALOR = 2
"""With the 3 px Qt adds, what the header's sections have: titles and texts line up."""


class ParcelarDialog(FormDialog):
    """Stores all of them when the clerk agrees; ``stored`` says how many."""

    stored = Signal(int)

    def __init__(
        self, jobs: Jobs, titulos_service: TituloService, dados: DadosTitulo, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, "Parcelar", confirm="Gravar")
        self.resize(*_SIZE)
        self._jobs, self._titulos, self._dados = jobs, titulos_service, dados
        self._checking: JobHandle | None = None
        self.quantidade = named(QSpinBox(minimum=MIN_PARCELAS, maximum=MAX_PARCELAS), "Parcelas")
        self.dia = named(QSpinBox(minimum=1, maximum=31, value=dados.vencimento.day), "Dia do vencimento")
        self.dia.setToolTip("Nos meses mais curtos, o último dia do mês")
        self.divisao = choice("Valor", {divisao.value: divisao for divisao in Divisao})
        for box in (self.quantidade, self.dia):
            box.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.no_dia_util = QCheckBox("Passar o vencimento em dia sem banco para o dia útil seguinte")
        self.table = ReadingTable("Parcelas a gravar", _TITLES, _WIDTHS, right=_VALOR)
        self.total_label = label("", "strong")
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._arrange()
        for changed in (self.quantidade.valueChanged, self.dia.valueChanged, self.divisao.currentIndexChanged):
            changed.connect(self._edited)
        self.no_dia_util.toggled.connect(self._edited)
        self.quantidade.setFocus()
        self.quantidade.selectAll()
        self._look()

    @property
    def parcelamento(self) -> Parcelamento:
        """What is asked for now."""
        return Parcelamento(
            self.quantidade.value(), self.dia.value(), self.divisao.currentData(), self.no_dia_util.isChecked()
        )

    def submit(self) -> None:
        parcelamento = self.parcelamento
        self.set_busy(True)
        self._jobs.run(
            lambda _ctx: self._titulos.criar_parcelas(self._dados, parcelamento),
            owner=self,
            done=self._stored,
            failed=self._refused,
            lane=LANE,
        )

    def _stored(self, quantidade: int) -> None:
        self.stored.emit(quantidade)
        self.accept()

    def _refused(self, error: AppError) -> None:
        self.show_problem(error)
        self.confirm_button.setEnabled(False)

    def _edited(self) -> None:
        self.set_busy(True)  # until what is shown is what would be stored
        self._pause.start()

    def _look(self) -> None:
        if self._checking:
            self._checking.abandon()
        parcelamento = self.parcelamento
        self.set_busy(True)
        self._checking = self._jobs.run(
            lambda _ctx: self._titulos.previa_parcelas(self._dados, parcelamento),
            owner=self,
            done=self._show,
            failed=self._show_wrong,
        )

    def _show_wrong(self, error: AppError) -> None:
        self._checking = None
        self.table.setRowCount(0)
        self.total_label.clear()
        self.confirm_button.setText("Gravar")
        self.show_problem(error)

    def _show(self, previa: PreviaParcelas) -> None:
        self._checking = None
        self.clear_problem()
        rows = []
        for parcela in previa.parcelas:
            dados = parcela.dados
            repeated = dados.identificacao in previa.repetidas
            words = "já existe nesta conta" if repeated else ""
            if not words and parcela.is_sem_banco:
                words = f"pago até {dia_com_semana(parcela.pagavel_ate)}"
            rows.append((dados.identificacao, dia_com_semana(dados.vencimento), str(dados.valor), words))
        self.table.show_rows(rows)
        total = Reais.total(parcela.dados.valor for parcela in previa.parcelas)
        self.total_label.setText(f"{titulos(len(previa.parcelas))} · {total.com_simbolo}")
        self.confirm_button.setText(f"Gravar {titulos(len(previa.parcelas))}")
        self.confirm_button.setEnabled(not previa.repetidas)
        if previa.repetidas:
            names = ", ".join(sorted(previa.repetidas)[:3]) + (" …" if len(previa.repetidas) > 3 else "")
            self.show_problem(AppError(f"Já existem nesta conta: {names}.", hint="Use outro número."))

    # Building

    def _arrange(self) -> None:
        dados = self._dados
        about = f"{dados.sacado.nome} · {dados.valor.com_simbolo} · primeira em {dia_com_semana(dados.vencimento)}"
        self.body.addWidget(label(f"Título {dados.numero} em parcelas mensais", "heading"))
        self.body.addWidget(label(about, "muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for column, (text, widget) in enumerate(
            (("Parcelas", self.quantidade), ("Dia do vencimento", self.dia), ("Valor", self.divisao))
        ):
            grid.addWidget(field_label(text, widget), 0, column)
            grid.addWidget(widget, 1, column)
        grid.setColumnStretch(2, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.no_dia_util)
        framed = Card(margin=1)
        framed.body.addWidget(self.table)
        self.body.addWidget(framed, 1)
        self.body.addWidget(self.total_label)
