"""The manual: a window of its own, opened by F1 at the page of what is on the screen."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QSize, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from bancointegra.ui.icons import icon
from bancointegra.ui.manual_browser import ManualBrowser
from bancointegra.ui.manual_pages import INDEX, page_of
from bancointegra.ui.style import hairline, label, named, tool_button

KEY = "F1"
_GEOMETRY = "manual/geometria"
_FIRST_SIZE = QSize(1120, 760)
_MINIMUM_SIZE = QSize(640, 420)
_CHAPTERS_WIDTH = 232
_FIELD_WIDTH = 220
_CHAPTER = re.compile(r"\[([^\]]+)\]\(([\w-]+)\.md\)")
_PAGE = Qt.ItemDataRole.UserRole


class ManualWindow(QWidget):
    """Chapters at the left, the page at the right, and the way back. Independent of the windows it explains."""

    def __init__(self, folder: Path, settings: QSettings) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._settings = settings
        self._visited: list[str] = []
        self._at = -1
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("role", "page")
        self.setMinimumSize(_MINIMUM_SIZE)
        self.browser = ManualBrowser(folder)
        self.browser.page_wanted.connect(self.show_page)
        self.chapters = named(QListWidget(), "Capítulos do manual")
        self.back_button = tool_button("chevron-left", "Voltar (Alt+←)")
        self.forward_button = tool_button("chevron-right", "Avançar (Alt+→)")
        self.index_button = tool_button("receipt-text", "Índice (Alt+Home)")
        self.field = named(QLineEdit(placeholderText="Procurar nesta página"), "Procurar nesta página")
        self.found = label("", "muted")
        self._arrange()
        self._connect()
        self._list_chapters(folder)
        stored = settings.value(_GEOMETRY)
        if stored is None or not self.restoreGeometry(stored):
            self.resize(_FIRST_SIZE)

    @property
    def page(self) -> str:
        """The name of the page shown."""
        return self.browser.page

    def show_page(self, name: str) -> None:
        """Show a page; the pages after the one left are forgotten, as in any browser."""
        if name == self.page:
            return
        self._visited[self._at + 1 :] = [name]
        self._go(len(self._visited) - 1)

    def go_back(self) -> None:
        if self._at > 0:
            self._go(self._at - 1)

    def go_forward(self) -> None:
        if self._at + 1 < len(self._visited):
            self._go(self._at + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.field.text():
            self.field.clear()
            self.browser.setFocus()
        else:
            self.close()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._settings.setValue(_GEOMETRY, self.saveGeometry())

    def _go(self, at: int) -> None:
        self._at = at
        self.browser.show_page(self._visited[at])
        self.back_button.setEnabled(at > 0)
        self.forward_button.setEnabled(at + 1 < len(self._visited))
        self._mark_chapter()
        self._search()

    # Searching

    def _search(self) -> None:
        words = self.field.text().strip()
        count = self.browser.find_all(words)
        self.found.setText("" if not words else "nada encontrado" if not count else f"{count} ×")
        if count:
            self.browser.forget_selection()
            self._search_next()

    def _search_next(self, *, backward: bool = False) -> None:
        if at := self.browser.find_next(self.field.text().strip(), backward=backward):
            self.found.setText(f"{at} de {len(self.browser.extraSelections())}")

    # Building

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(8)
        for widget in (self.back_button, self.forward_button, self.index_button):
            bar.addWidget(widget)
        bar.addStretch(1)
        self.field.setFixedWidth(_FIELD_WIDTH)
        self.field.setClearButtonEnabled(True)
        self.field.setToolTip("Ctrl+F; Enter vai ao próximo, Shift+Enter ao anterior")
        bar.addWidget(self.found)
        bar.addWidget(self.field)
        self.chapters.setStyleSheet("QListWidget { padding: 8px; }")
        self.chapters.setMinimumWidth(160)
        self.chapters.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.chapters.setTextElideMode(Qt.TextElideMode.ElideRight)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.chapters)
        split.addWidget(self.browser)
        split.setStretchFactor(1, 1)
        split.setSizes([_CHAPTERS_WIDTH, _FIRST_SIZE.width() - _CHAPTERS_WIDTH])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(hairline())
        column.addWidget(split, 1)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.go_back)
        self.forward_button.clicked.connect(self.go_forward)
        self.index_button.clicked.connect(lambda: self.show_page(INDEX))
        self.chapters.currentItemChanged.connect(self._choose_chapter)
        self.field.textChanged.connect(lambda _text: self._search())
        for keys, run in (
            ("Alt+Left", self.go_back),
            ("Alt+Right", self.go_forward),
            ("Alt+Home", lambda: self.show_page(INDEX)),
            ("Ctrl+F", self.field.setFocus),
            ("Ctrl+W", self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(run)
        for keys, backward in (("Return", False), ("Enter", False), ("Shift+Return", True), ("Shift+Enter", True)):
            shortcut = QShortcut(QKeySequence(keys), self.field, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda backward=backward: self._search_next(backward=backward))

    def _list_chapters(self, folder: Path) -> None:
        try:
            contents = (folder / f"{INDEX}.md").read_text(encoding="utf-8")
        except (OSError, ValueError):
            contents = ""
        for title, name in [("Índice", INDEX), *_CHAPTER.findall(contents)]:
            item = QListWidgetItem(title)
            item.setData(_PAGE, name)
            item.setToolTip(title)
            self.chapters.addItem(item)

    def _choose_chapter(self, chapter: QListWidgetItem | None) -> None:
        if chapter is not None:
            self.show_page(str(chapter.data(_PAGE)))

    def _mark_chapter(self) -> None:
        self.chapters.blockSignals(True)
        titles = {self.chapters.item(row).data(_PAGE): row for row in range(self.chapters.count())}
        self.chapters.setCurrentRow(titles.get(self.page, -1))
        self.chapters.blockSignals(False)
        chapter = self.chapters.currentItem()
        self.setWindowTitle(f"{chapter.text()} · Manual do BancoIntegra" if chapter else "Manual do BancoIntegra")


class Manual(QObject):
    """Answers F1: in its ``owner`` window by the menu, in every dialog by a key of its own."""

    def __init__(self, folder: Path, settings: QSettings, owner: QWidget) -> None:
        super().__init__(owner)
        self._folder, self._settings = folder, settings
        self._window: ManualWindow | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._equip)

    @property
    def window(self) -> ManualWindow | None:
        """The window, once it was opened."""
        return self._window

    def open(self, page: str = INDEX) -> ManualWindow:
        """Show the manual at a page; an open one changes to it, and the way back stays."""
        if self._window is None:
            self._window = ManualWindow(self._folder, self._settings)
            self._window.setWindowIcon(icon("circle-question-mark"))
        self._window.show_page(page)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        self._window.browser.setFocus()
        return self._window

    def open_for(self, widget: QWidget | None) -> ManualWindow:
        """Show the page about ``widget``, or about the nearest thing around it that has one."""
        return self.open(page_for(widget))

    def close(self) -> None:
        """Close the window, if it is open."""
        if self._window is not None:
            self._window.close()

    def _equip(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Give a dialog that gets the focus its F1: a menu's key does not reach over a modal dialog."""
        dialog = now.window() if now is not None else None
        if not isinstance(dialog, QDialog) or dialog.property("hasManualKey"):
            return
        dialog.setProperty("hasManualKey", True)
        key = QShortcut(QKeySequence(KEY), dialog)
        key.activated.connect(lambda: self.open_for(dialog.focusWidget() or dialog))


def page_for(widget: QWidget | None) -> str:
    """The page about ``widget``: its own, its button's, its class's, or that of what it is part of."""
    while widget is not None:
        section = getattr(getattr(widget, "section", None), "key", "")
        plan = getattr(widget, "plan", None)
        action = getattr(getattr(plan, "action", None), "label", "")
        if isinstance(widget, QAbstractButton):
            action = widget.text()
        own = str(getattr(widget, "manual_page", "") or widget.property("manualPage") or "")
        if page := page_of(type(widget).__name__, own=own, section=section, action=action):
            return page
        widget = widget.parentWidget()
    return INDEX
