"""A page is painted anew only when it asks for it."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bancointegra.ui.widgets.calm_tabs import CalmTabs


class CountingPaints(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.paints = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paints += 1


def test_a_label_that_grows_does_not_have_the_whole_page_painted(qtbot: QtBot) -> None:
    page, label, list_of_rows = QWidget(), QLabel("9/10"), CountingPaints()
    layout = QVBoxLayout(page)
    layout.addWidget(label)
    layout.addWidget(list_of_rows, 1)
    tabs = CalmTabs()
    tabs.addTab(page, "Integração Bancária")
    qtbot.addWidget(tabs)
    tabs.resize(400, 300)
    with qtbot.waitExposed(tabs):
        tabs.show()
    qtbot.waitUntil(lambda: list_of_rows.paints > 0)
    QApplication.processEvents()
    painted, width = list_of_rows.paints, label.sizeHint().width()
    label.setText("100000/100000")
    for _ in range(5):  # the request climbs from layout to layout, then comes the painting
        QApplication.processEvents()
    assert label.sizeHint().width() > width
    assert list_of_rows.paints == painted


def test_a_tab_added_later_gets_the_room_of_the_others(qtbot: QtBot) -> None:
    tabs = CalmTabs()
    qtbot.addWidget(tabs)
    tabs.resize(400, 300)
    tabs.addTab(QWidget(), "Um")
    with qtbot.waitExposed(tabs):
        tabs.show()
    second = QWidget()
    tabs.setCurrentIndex(tabs.addTab(second, "Dois"))
    QApplication.processEvents()
    assert second.size() == tabs.widget(0).size()
    assert second.width() > 300
