"""The small parts: flow, empty state, progress, labels, chip."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from bancointegra.ui.widgets.chip import StatusChip, chip_width
from bancointegra.ui.widgets.empty_state import EmptyState
from bancointegra.ui.widgets.flow_layout import FlowLayout
from bancointegra.ui.widgets.inline_progress import InlineProgress
from bancointegra.ui.widgets.labels import CopyableText, ElidedLabel


def test_boxes_flow_into_more_lines_in_a_narrow_window(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    layout = FlowLayout(page)
    boxes = [QCheckBox(text) for text in ("PENDENTE", "REGISTRADO", "BAIXADO", "CANCELAMENTO ENVIADO")]
    for box in boxes:
        layout.addWidget(box)
    page.resize(1000, 200)
    page.show()
    qtbot.waitExposed(page)
    assert len({box.y() for box in boxes}) == 1
    page.resize(320, 200)
    qtbot.waitUntil(lambda: len({box.y() for box in boxes}) > 1)
    assert all(box.geometry().right() <= 320 for box in boxes)
    assert layout.heightForWidth(320) > layout.heightForWidth(1000)


def test_an_empty_state_offers_a_way_on(qtbot):
    state, done = EmptyState(), []
    qtbot.addWidget(state)
    state.show_state("inbox", "Nada por aqui", "Mude o período.", action="Limpar", on_action=lambda: done.append(1))
    state.show()
    qtbot.mouseClick(state.action_button, Qt.MouseButton.LeftButton)
    assert done == [1]
    state.show_state("inbox", "Nada por aqui", "Mude o período.")
    assert not state.action_button.isVisible()


@pytest.fixture
def bar(qtbot):
    bar = InlineProgress()
    page = QWidget()
    bar.setParent(page)
    qtbot.addWidget(page)
    page.show()
    bar.page = page
    return bar


def test_a_quick_answer_shows_no_waiting(qtbot, jobs, bar):
    handle = jobs.run(lambda ctx: 1, owner=bar)
    bar.watch(handle)
    with qtbot.waitSignal(handle.ended):
        pass
    assert not bar.isVisible() and not bar._timer.isActive()


def test_a_slow_batch_shows_its_count_and_stops_honestly(qtbot, jobs, bar):
    gate, ends = threading.Semaphore(0), []
    handle = jobs.run_batch(
        range(128), lambda item: gate.acquire(timeout=10), owner=bar, done=ends.append, parallel=2, lane="conta"
    )
    bar.watch(handle, "Registrando")
    qtbot.waitUntil(bar.isVisible)
    for _ in range(5):
        gate.release()
    qtbot.waitUntil(lambda: bar.count == "5/128")
    qtbot.mouseClick(bar.stop_button, Qt.MouseButton.LeftButton)
    assert bar.stop_button.text() == "Parando…" and not bar.stop_button.isEnabled()
    with qtbot.waitSignal(handle.ended):
        gate.release(10)
    assert not bar.isVisible()
    assert (ends[0].finished, ends[0].not_started) == (7, 121)


def test_a_long_label_keeps_its_text_in_the_tooltip(qtbot):
    label = ElidedLabel("CONSTRUTORA E INCORPORADORA HORIZONTE DO BRASIL SOCIEDADE ANÔNIMA")
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    assert label.text().endswith("…") and label.toolTip() == label.full_text
    label.resize(900, 20)
    assert label.text() == label.full_text and label.toolTip() == ""


def test_text_is_copied_without_its_spaces(qtbot):
    text = CopyableText("linha digitável")
    qtbot.addWidget(text)
    text.show()
    text.set_text("34191.09008 00041.271500", "341910900800041271500")
    qtbot.mouseClick(text.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "341910900800041271500"


def test_a_chip_is_as_wide_as_its_word_and_says_it(qtbot):
    chip = StatusChip("CANCELAMENTO ENVIADO")
    qtbot.addWidget(chip)
    assert chip.sizeHint().width() == chip_width("CANCELAMENTO ENVIADO", chip.font())
    assert chip.accessibleName() == "CANCELAMENTO ENVIADO"
