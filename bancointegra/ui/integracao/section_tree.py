"""The tree at the left: Cobrança with “+” or “−”, and below it the sections."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QTreeWidget, QTreeWidgetItem, QWidget

from bancointegra.ui.icons import icon
from bancointegra.ui.integracao.sections import COBRANCA, Section

_WIDTH, _COMPACT_WIDTH = 132, 46
_INDENTATION = 14
_EXPANDED = "integracao/cobranca"
_OPEN, _CLOSED = "aberta", "fechada"


class SectionTree(QTreeWidget):
    """Arrows and clicks choose a section; “+” shows them, “−” hides them."""

    chosen = Signal(Section)

    def __init__(self, sections: Sequence[Section], settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setProperty("role", "navigation")
        self.setAccessibleName("Seções da Integração Bancária")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(_INDENTATION)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        self.setFixedWidth(_WIDTH)
        self._compact = False
        self.root = QTreeWidgetItem([COBRANCA])
        self.addTopLevelItem(self.root)
        self._items = {section: QTreeWidgetItem(self.root, [section.title]) for section in sections}
        self.root.setExpanded(str(settings.value(_EXPANDED, _OPEN)) == _OPEN)
        self.setCurrentItem(next(iter(self._items.values())) if self.root.isExpanded() else self.root)
        self._paint()
        self.itemClicked.connect(self._click)
        self.itemExpanded.connect(lambda _item: self._remember())
        self.itemCollapsed.connect(lambda _item: self._remember())
        self.currentItemChanged.connect(lambda current, _before: self._choose(current))

    def item_of(self, section: Section) -> QTreeWidgetItem:
        return self._items[section]

    def set_compact(self, compact: bool) -> None:
        """On a narrow window only the icons; the words are in their tooltips."""
        if compact is self._compact:
            return
        self._compact = compact
        self.setFixedWidth(_COMPACT_WIDTH if compact else _WIDTH)
        self.setIndentation(0 if compact else _INDENTATION)
        self._paint()

    def choose(self, section: Section) -> None:
        """What a click on it does."""
        self.root.setExpanded(True)
        self.setCurrentItem(self._items[section])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("+", "-") or event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentItem() is self.root or event.text():
                self.root.setExpanded({"+": True, "-": False}.get(event.text(), not self.root.isExpanded()))
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_items"):
            self._paint()

    def _click(self, item: QTreeWidgetItem) -> None:
        if item is self.root:
            self.root.setExpanded(not self.root.isExpanded())

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        for section, own in self._items.items():
            if own is item:
                self.chosen.emit(section)

    def _remember(self) -> None:
        self._settings.setValue(_EXPANDED, _OPEN if self.root.isExpanded() else _CLOSED)
        self._paint()

    def _paint(self) -> None:
        opened = self.root.isExpanded()
        self.root.setIcon(0, icon("minus" if opened else "plus", "muted"))
        self._name(self.root, COBRANCA, "esconder as seções (−)" if opened else "mostrar Boletos e PROTESTO (+)")
        for section, item in self._items.items():
            item.setIcon(0, icon(section.icon, "muted"))
            self._name(item, section.title, " · ".join(action.label for action in section.actions))

    def _name(self, item: QTreeWidgetItem, title: str, explained: str) -> None:
        item.setText(0, "" if self._compact else title)
        item.setToolTip(0, f"{title}: {explained}")
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, title)
