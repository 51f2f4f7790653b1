"""The main window, the first-run page, the dialogs of feedback and help, and a sheet of all small parts."""

from __future__ import annotations

import logging
from datetime import date

from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from bancointegra.domain.conta import Ambiente
from bancointegra.domain.errors import BankRefused, OutcomeUnknown, Refusal
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.ui import feedback, help
from bancointegra.ui.feedback import Tone
from bancointegra.ui.first_run import FirstRunPage
from bancointegra.ui.main_window import MainWindow
from bancointegra.ui.screens import ScreenEntry
from bancointegra.ui.style import button, field_label, label, link_button, tool_button
from bancointegra.ui.table.column import Column, money
from bancointegra.ui.table.model import PagedTableModel
from bancointegra.ui.table.view import TableView
from bancointegra.ui.tokens import A_CONFIRMAR
from bancointegra.ui.widgets.card import Card
from bancointegra.ui.widgets.chip import StatusChip
from bancointegra.ui.widgets.date_edit import DateEdit
from bancointegra.ui.widgets.empty_state import EmptyState
from bancointegra.ui.widgets.flow_layout import FlowLayout
from bancointegra.ui.widgets.labels import CopyableText, ElidedLabel
from bancointegra.ui.widgets.search_field import Choice, SearchDialog, SearchField
from tools.screens.stage import TODAY, Screen, Stage

STATUSES = [situacao.value for situacao in Situacao] + [A_CONFIRMAR]
CHOICES = (
    Choice(1, "ITAU-MATRIZ", "Itaú 341 · Ag. 1500 · C/C 05206-1 · carteira 109"),
    Choice(2, "ITAU-FILIAL-CAMPINAS", "Itaú 341 · Ag. 0262 · C/C 81234-5 · carteira 109"),
)


class DemoSource:
    """Títulos nobody owes."""

    names = (
        "MERCADO AURORA LTDA",
        "JOÃO BATISTA DE SOUZA",
        "PADARIA SÃO JORGE ME",
        "CONSTRUTORA E INCORPORADORA HORIZONTE DO BRASIL SA",
    )

    def __init__(self, count: int) -> None:
        self._count = count

    def count(self) -> int:
        return self._count

    def page(self, sort: object, descending: bool, offset: int, limit: int):
        return self.rows(range(offset, min(offset + limit, self._count)))

    def ids(self, sort: object, descending: bool):
        return range(self._count)

    def rows(self, ids):
        return [
            (
                n,
                f"{1001 + n}/1",
                self.names[n % 4],
                date(2026, 11, 1 + n % 28),
                Reais(12500 + n * 7919),
                STATUSES[n % 7],
            )
            for n in ids
        ]


COLUMNS = (
    Column("titulo", "Título", lambda row: row[1], width=80, sort=1),
    Column("sacado", "Sacado", lambda row: row[2], width=220, stretch=True, sort=2),
    Column("vencimento", "Vencimento", lambda row: row[3], width=110, sort=3),
    money("valor", "Valor", lambda row: row[4], sort=4),
    Column("status", "Status", lambda row: row[5], width=200, chip=True, sort=5),
)


def no_account(stage: Stage) -> QWidget:
    page = FirstRunPage(stage.jobs, experimentar=lambda: None)
    window = main_window(stage)
    window.show_home(page)
    return window


def main_window(stage: Stage) -> MainWindow:
    entries = [
        ScreenEntry(
            "integracao",
            ("Financeiro", "Banco"),
            "Integração Bancária",
            "landmark",
            lambda window: parts(stage),
            "Ctrl+I",
        )
    ]
    return MainWindow(
        jobs=stage.jobs, theme=stage.theme, settings=stage.settings, screens=entries, open_boletos_folder=lambda: None
    )


def working_window(stage: Stage) -> QWidget:
    window = main_window(stage)
    window.open_screen("integracao")
    window.set_ambiente(Ambiente.SIMULACAO)
    window.set_a_confirmar(1)
    window.set_certificate_days(212)
    window.say("12 boletos registrados com sucesso. 1 a confirmar.", Tone.SUCCESS)
    return window


def production_window(stage: Stage) -> QWidget:
    window = main_window(stage)
    window.set_ambiente(Ambiente.PRODUCAO)
    window.set_certificate_days(9)
    return window


def parts(stage: Stage) -> QWidget:
    """Every small part on one page."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(12)
    column.addWidget(_fields(stage))
    column.addWidget(_list(stage), 1)
    return page


def _fields(stage: Stage) -> QWidget:
    card = Card()
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    search = SearchField(stage.jobs, lambda words: CHOICES, "Pesquisar Mnemônico")
    search.set_choice(CHOICES[0])
    search.setFixedWidth(190)
    period = QComboBox()
    period.addItems(["VENCIMENTO", "EMISSÃO"])
    wrong = DateEdit(lambda: TODAY)
    wrong.setText("31/02")
    wrong.settle()
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in (
        search,
        ElidedLabel(CHOICES[0].detail, "muted"),
        period,
        DateEdit(lambda: TODAY, TODAY),
        wrong,
    ):
        row.addWidget(widget)
    row.addStretch(1)
    row.addWidget(button("Pesquisar  F5", "search", primary=True))
    grid.addWidget(field_label("Conta Bancária", search), 0, 0)
    grid.addLayout(row, 0, 1)
    statuses = QWidget()
    flow = FlowLayout(statuses)
    for at, status in enumerate(STATUSES):
        box = QCheckBox(f"{status}  {at * 37}")
        box.setChecked(at < 2)
        box.setEnabled(at != 4)
        flow.addWidget(box)
    grid.addWidget(label("Status", "label"), 1, 0)
    grid.addWidget(statuses, 1, 1)
    grid.setColumnStretch(1, 1)
    card.body.addLayout(grid)
    chips = QHBoxLayout()
    for status in STATUSES:
        chips.addWidget(StatusChip(status))
    chips.addStretch(1)
    card.body.addLayout(chips)
    return card


def _list(stage: Stage) -> QWidget:
    card = Card(margin=0)
    model = PagedTableModel(COLUMNS, lambda row: row[0], stage.jobs)
    view = TableView(model, stage.settings, "partes")
    model.setParent(view)
    model.load(DemoSource(540), 3)
    stage.wait_until(lambda: model.rowCount() == 540)
    model.check([0, 1, 4], True)
    view.setCurrentIndex(model.index(2, 1))
    card.body.addWidget(view, 1)
    bar = QHBoxLayout()
    bar.setContentsMargins(12, 4, 12, 12)
    bar.setSpacing(8)
    progress = QProgressBar(textVisible=False)
    progress.setMaximum(128)
    progress.setValue(41)
    progress.setFixedWidth(140)
    line = CopyableText("linha digitável")
    line.set_text("34191.09008 00041.271500 05206.110003 4 13440000211490")
    disabled = button("Consultar", "refresh-cw")
    disabled.setEnabled(False)
    plain = button("Copiar", "copy")
    card.body.addWidget(line)
    for widget in (label("3 selecionados", "strong"), label("R$ 1.842,75", "muted")):
        bar.addWidget(widget)
    bar.addStretch(1)
    for widget in (
        progress,
        label("41/128"),
        link_button("Ver lista"),
        tool_button("columns-3", "Colunas"),
        plain,
        disabled,
        button("Registrar", "send", primary=True),
    ):
        bar.addWidget(widget)
    card.body.addLayout(bar)
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(card, 3)
    empty_card = Card()
    empty = EmptyState()
    empty.show_state(
        "inbox",
        "Nenhum título neste período",
        "Mude o período ou os status marcados e pesquise de novo.",
        action="Limpar filtros",
        on_action=lambda: None,
    )
    empty.setMaximumWidth(300)
    empty_card.body.addWidget(empty)
    row.addWidget(empty_card, 1)
    page.view = view  # type: ignore[attr-defined]  # the stage knows its widget
    return page


def focus_list(window: QWidget, stage: Stage) -> None:
    window.activateWindow()
    window.findChild(TableView).setFocus()  # type: ignore[union-attr]


def focus_field(window: QWidget, stage: Stage) -> None:
    window.activateWindow()
    window.findChild(DateEdit).setFocus()  # type: ignore[union-attr]


def refused(stage: Stage) -> QWidget:
    error = BankRefused(
        "O Itaú recusou o boleto do título 1001/1.",
        refusals=(Refusal("data_vencimento", "Data de vencimento menor que a data de hoje."),),
    )
    return feedback.show_error(None, error)  # type: ignore[return-value]


def unfold(dialog: QWidget, stage: Stage) -> None:
    dialog.unfold_button.click()  # type: ignore[attr-defined]  # the stage knows its widget


def doubtful(stage: Stage) -> QWidget:
    error = OutcomeUnknown("A resposta do Itaú sobre o boleto do título 1004/1 não chegou.")
    return feedback.show_error(None, error)  # type: ignore[return-value]


def incident(stage: Stage) -> QWidget:
    logging.getLogger("bancointegra").setLevel(logging.CRITICAL)
    return feedback.show_error(None, ValueError("demonstração"))  # type: ignore[return-value]


def question(stage: Stage) -> QWidget:
    return feedback.ask(
        None,
        "Deseja consultar o boleto referente ao título 1001/1 antes de realizar a baixa?",
        on_yes=lambda _: None,
        apply_to_all="Aplicar a todos",
    )


def message(stage: Stage) -> QWidget:
    return feedback.show_message(None, "Boletos registrados com sucesso!", hint="12 boletos registrados com sucesso.")


def shortcuts(stage: Stage) -> QWidget:
    sections = [
        ("Em todo o programa", help.GENERAL_SHORTCUTS),
        ("Nas listas", help.LIST_SHORTCUTS),
        ("Nos campos", help.FIELD_SHORTCUTS),
    ]
    return help.ShortcutsDialog(None, sections)


def search_list(stage: Stage) -> QWidget:
    return SearchDialog(stage.jobs, lambda words: CHOICES, "Pesquisar Mnemônico", "")


def wait_for_results(dialog: QWidget, stage: Stage) -> None:
    stage.wait_until(lambda: dialog.list.model().rowCount() > 0)  # type: ignore[attr-defined]  # the stage knows its widget


def calendar(stage: Stage) -> QWidget:
    field = DateEdit(lambda: TODAY, TODAY)
    field.open_calendar()
    popup = field.findChild(QCalendarWidget)
    popup.field = field  # type: ignore[union-attr]  # lives as long as its popup
    return popup  # type: ignore[return-value]


def themed_menu(stage: Stage) -> QWidget:
    menu = QMenu()
    for title in ("Título", "Sacado", "CPF/CNPJ", "Vencimento"):
        action = menu.addAction(title)
        action.setCheckable(True)
        action.setChecked(title != "CPF/CNPJ")
    menu.addSeparator()
    menu.addAction("Restaurar colunas")
    return menu


def text_fields(stage: Stage) -> QWidget:
    page = QWidget()
    page.setProperty("role", "page")
    column = QVBoxLayout(page)
    for enabled, read_only in ((True, False), (True, True), (False, False)):
        field = QLineEdit("1.250,00")
        field.setEnabled(enabled)
        field.setReadOnly(read_only)
        column.addWidget(field)
    return page


SCREENS = (
    Screen("primeira-vez", no_account, is_window=True),
    Screen("partes-lista-com-foco", working_window, focus_list, is_window=True),
    Screen("partes-campo-com-foco", working_window, focus_field, is_window=True),
    Screen("nenhuma-tela", production_window, is_window=True),
    Screen("erro-recusado", refused),
    Screen("erro-a-confirmar", doubtful),
    Screen("erro-incidente", incident, unfold),
    Screen("pergunta", question),
    Screen("mensagem", message),
    Screen("sobre", lambda stage: help.show_about(None)),
    Screen("atalhos", shortcuts),
    Screen("pesquisar-mnemonico", search_list, wait_for_results),
    Screen("calendario", calendar),
    Screen("menu-colunas", themed_menu),
    Screen("campos", text_fields),
)
