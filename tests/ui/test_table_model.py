"""The paging model: what it loads, when, and what stays checked."""

import threading
from dataclasses import dataclass, replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import StoreError
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.ui.table.column import Align, Column, as_text, money
from bancointegra.ui.table.model import CHIP_ROLE, PAGE_SIZE, PagedTableModel


@dataclass(frozen=True)
class Linha:
    id: int
    nome: str
    valor: Reais
    status: str = "PENDENTE"


COLUMNS = (
    Column("nome", "Sacado", lambda row: row.nome, sort="nome", stretch=True),
    money("valor", "Valor", lambda row: row.valor, sort="valor"),
    Column("status", "Status", lambda row: row.status, chip=True),
)


class Source:
    """Rows kept in memory; counts what was asked of it."""

    def __init__(self, rows):
        self.all = list(rows)
        self.asked = []
        self.gate = threading.Event()
        self.gate.set()

    def _sorted(self, sort, descending):
        key = {"nome": lambda r: r.nome, "valor": lambda r: r.valor, None: lambda r: r.id}[sort]
        return sorted(self.all, key=key, reverse=descending)

    def count(self):
        return len(self.all)

    def page(self, sort, descending, offset, limit):
        self.asked.append(("page", offset))
        return self._sorted(sort, descending)[offset : offset + limit]

    def ids(self, sort, descending):
        assert self.gate.wait(10)
        self.asked.append(("ids",))
        return tuple(row.id for row in self._sorted(sort, descending))

    def rows(self, ids):
        self.asked.append(("rows", len(ids)))
        by_id = {row.id: row for row in self.all}
        return [by_id[row_id] for row_id in ids if row_id in by_id]


def linhas(count):
    return [Linha(n, f"SACADO {n:05}", Reais((count - n) * 100)) for n in range(count)]


@pytest.fixture
def model(qtbot, jobs):
    model = PagedTableModel(COLUMNS, lambda row: row.id, jobs)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield model
    jobs.shutdown()
    tester.deleteLater()


def load(qtbot, model, source, sort=None):
    with qtbot.waitSignal(model.order_known):
        model.load(source, sort)


def cell(model, row, column, role=Qt.ItemDataRole.DisplayRole):
    return model.index(row, column).data(role)


def test_a_small_list_is_one_question(qtbot, model):
    source = Source(linhas(3))
    load(qtbot, model, source)
    assert source.asked == [("page", 0)]
    assert model.rowCount() == 3 and model.columnCount() == 4
    assert cell(model, 0, 1) == "SACADO 00000"
    assert cell(model, 0, 2) == "3,00"
    assert cell(model, 0, 2, Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert cell(model, 0, 3, CHIP_ROLE) is True
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Sacado"


def test_the_first_page_is_shown_before_the_order_is_known(qtbot, model):
    source = Source(linhas(1000))
    source.gate.clear()
    with qtbot.waitSignal(model.loaded) as loaded:
        model.load(source)
    assert loaded.args == [1000]
    assert cell(model, 0, 1) == "SACADO 00000"
    assert cell(model, 999, 1) is None and model.row(999) is None
    with qtbot.waitSignals([model.order_known, model.dataChanged]):
        source.gate.set()
    assert cell(model, 999, 1) == "SACADO 00999" and model.row(999) is not None


def test_only_what_is_looked_at_is_loaded(qtbot, model):
    source = Source(linhas(2_000))
    load(qtbot, model, source)
    source.asked.clear()
    with qtbot.waitSignal(model.dataChanged):
        cell(model, 1_000, 1)
    assert source.asked == [("rows", PAGE_SIZE)]
    assert cell(model, 1_000, 1) == "SACADO 01000"
    assert model.row(1_600) is None


def test_sorting_is_the_sources(qtbot, model):
    source = Source(linhas(500))
    load(qtbot, model, source)
    with qtbot.waitSignal(model.order_known):
        model.sort(2, Qt.SortOrder.AscendingOrder)
    assert cell(model, 0, 2) == "1,00" and model.sorted_by == ("valor", False)
    source.asked.clear()
    model.sort(3, Qt.SortOrder.AscendingOrder)
    assert source.asked == []


def test_boxes_are_checked_and_survive_sorting_but_not_a_new_search(qtbot, model):
    source = Source(linhas(5))
    load(qtbot, model, source)
    with qtbot.waitSignal(model.checked_changed):
        assert model.setData(model.index(4, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert [row.id for row in model.checked_rows()] == [4]
    assert model.check_state == Qt.CheckState.PartiallyChecked
    with qtbot.waitSignal(model.order_known):
        model.sort(2)
    assert model.checked_ids == {4} and cell(model, 0, 0, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    load(qtbot, model, source)
    assert model.checked_ids == frozenset()


def test_checking_all_loads_what_was_not_seen(qtbot, model):
    load(qtbot, model, Source(linhas(1_050)))
    assert model.check_all() is not None
    qtbot.waitUntil(lambda: len(model.checked_ids) == 1_050)
    assert Reais.total(row.valor for row in model.checked_rows()) == Reais(sum(range(1, 1_051)) * 100)
    assert model.check_state == Qt.CheckState.Checked
    model.uncheck_all()
    assert model.checked_rows() == ()


def test_a_row_is_replaced_in_place(qtbot, model):
    rows = linhas(5)
    load(qtbot, model, Source(rows))
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.replace([replace(rows[2], status="REGISTRADO"), Linha(99, "OUTRO", Reais(1))])
    assert (changed.args[0].row(), changed.args[1].row()) == (2, 2)
    assert cell(model, 2, 3) == "REGISTRADO"
    assert model.rowCount() == 5


def test_rows_that_leave_the_filter_shift_no_page(qtbot, model):
    rows = linhas(600)
    source = Source(rows)
    load(qtbot, model, source)
    source.all = rows[50:]  # an operation moved the first fifty out of the filter
    with qtbot.waitSignal(model.dataChanged):
        cell(model, 400, 1)
    assert cell(model, 400, 1) == "SACADO 00400"


def test_the_snapshot_wins_over_a_first_page_that_aged(qtbot, model):
    rows = linhas(600)
    source = Source(rows)
    source.gate.clear()
    with qtbot.waitSignal(model.loaded):
        model.load(source)
    source.all = rows[10:]
    with qtbot.waitSignal(model.order_known):
        source.gate.set()
    assert model.rowCount() == 590
    assert cell(model, 0, 1) == "SACADO 00010"


def test_a_newer_search_silences_the_older(qtbot, model):
    slow, quick = Source(linhas(900)), Source(linhas(2))
    slow.gate.clear()
    with qtbot.waitSignal(model.loaded):
        model.load(slow)
    load(qtbot, model, quick)
    slow.gate.set()
    model._jobs.shutdown()
    assert model.rowCount() == 2


def test_a_failed_search_keeps_what_was_shown(qtbot, model):
    load(qtbot, model, Source(linhas(3)))
    broken = Source([])
    broken.page = lambda *args: (_ for _ in ()).throw(StoreError("O arquivo de dados está ocupado."))
    with qtbot.waitSignal(model.failed) as failed:
        model.load(broken)
    assert failed.args[0].message == "O arquivo de dados está ocupado."
    assert model.rowCount() == 3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Reais(125000), "1.250,00"),
        (date(2026, 11, 23), "23/11/2026"),
        (datetime(2026, 11, 23, 14, 32), "23/11/2026 14:32"),
        (Situacao.CANCELAMENTO_ENVIADO, "CANCELAMENTO ENVIADO"),
        (Documento("11222333000181"), "11.222.333/0001-81"),
        (True, "Sim"),
        (None, "—"),
        ("", "—"),
        (7, "7"),
    ],
)
def test_values_are_written_as_a_clerk_reads_them(value, text):
    assert as_text(value) == text


def test_money_is_right_aligned():
    assert money("valor", "Valor", lambda row: row.valor).align is Align.RIGHT
