"""One page of the manual as the program paints it: Markdown in the colours of the theme, images as wide as fits."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QDesktopServices,
    QFont,
    QImage,
    QPainter,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from bancointegra.ui.palette import tokens_of
from bancointegra.ui.theme import MONO_FAMILY, body_font

_POINTS = 10.0
_CODE_POINTS = 9.5
_HEADING_POINTS = {1: 18.0, 2: 13.0, 3: 11.0}
_MARGIN = 28
_LINE_HEIGHT = 145
_ABOVE_HEADING, _BELOW_PARAGRAPH = 22, 10
_CELL_PADDING = 7
_RESIZE_PAUSE_MS = 120
_NOT_FOUND = "# Página não encontrada\n\nEsta página do manual não veio com o programa. Instale o programa de novo."


class ManualBrowser(QTextBrowser):
    """Shows pages of ``folder`` by name; which page comes next is decided by whoever hears ``page_wanted``."""

    page_wanted = Signal(str)
    """A link to another page was followed."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._page = ""
        self._width = 0
        self._words = ""
        self.setOpenLinks(False)
        # Always there: its coming and going would change the width of the images, and they its need.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("Página do manual")
        self.setStyleSheet("QTextBrowser { border: none; border-radius: 0; padding: 0; }")
        self.document().setDefaultFont(body_font(_POINTS))
        self.document().setDocumentMargin(_MARGIN)
        self.document().setBaseUrl(QUrl.fromLocalFile(f"{folder.absolute()}/"))
        self._resized = QTimer(self, singleShot=True, interval=_RESIZE_PAUSE_MS)
        self._resized.timeout.connect(self._fit_images)
        self.anchorClicked.connect(self._follow)

    @property
    def page(self) -> str:
        return self._page

    def show_page(self, name: str) -> None:
        """Show the page from its top; a page that is not there says so."""
        self._page = name
        self._load()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def find_all(self, words: str) -> int:
        """Mark every place that has ``words``, whatever the case; returns how many there are."""
        self._words = words
        marks = []
        highlight = QTextCharFormat()
        highlight.setBackground(QColor(tokens_of(self.palette()).accent_soft))
        cursor = self.document().find(words) if words else QTextCursor()
        while not cursor.isNull():
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = cursor, highlight  # type: ignore[attr-defined]  # Qt's stubs lack them
            marks.append(mark)
            cursor = self.document().find(words, cursor)
        self.setExtraSelections(marks)
        return len(marks)

    def find_next(self, words: str, *, backward: bool = False) -> int:
        """Go to the next place that has ``words``, from the end back to the start; returns which it is, 0 for none."""
        flags = QTextDocument.FindFlag.FindBackward if backward else QTextDocument.FindFlag(0)
        if not words or not self.document().characterCount():
            return 0
        if not self.find(words, flags):
            self.moveCursor(QTextCursor.MoveOperation.End if backward else QTextCursor.MoveOperation.Start)
            if not self.find(words, flags):
                return 0
        at = self.textCursor().selectionStart()
        return 1 + [mark.cursor.selectionStart() for mark in self.extraSelections()].index(at)  # type: ignore[attr-defined]  # Qt's stubs lack them

    def forget_selection(self) -> None:
        """Let the next search begin where the present find begins: typing on must not skip it."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self.setTextCursor(cursor)

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        """Images no wider than the page, and sharp on any screen."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, url)
        image = QImage(self.document().baseUrl().resolved(QUrl(url)).toLocalFile())
        ratio = self.devicePixelRatioF()
        room = round(self._room() * ratio)
        if image.width() > room > 0:
            image = image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
            image.setDevicePixelRatio(ratio)
        return _framed(image, QColor(tokens_of(self.palette()).line))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_page") and self._page:
            self._load_again()

    def _follow(self, link: QUrl) -> None:
        target = Path(link.path())
        if target.suffix == ".md":
            self.page_wanted.emit(target.stem)
        else:  # the model of an import file, for the spreadsheet
            QDesktopServices.openUrl(self.document().baseUrl().resolved(link))

    def _load(self) -> None:
        try:
            text = (self._folder / f"{self._page}.md").read_text(encoding="utf-8")
        except (OSError, ValueError):
            text = _NOT_FOUND
        self._width = self._room()
        self.document().clear()
        self.setMarkdown(text)
        self._dress()
        self.find_all(self._words)

    def _room(self) -> int:
        """For an image, also for one below a step of a list, which is set in."""
        return self.viewport().width() - 2 * _MARGIN - round(self.document().indentWidth())

    def _fit_images(self) -> None:
        if self._page and self._room() != self._width:
            self._load_again()

    def _load_again(self) -> None:
        """Stay where the clerk is reading."""
        bar = self.verticalScrollBar()
        position = bar.value() / max(1, bar.maximum())
        self._load()
        bar.setValue(round(position * bar.maximum()))

    # The look: Qt's Markdown knows structure, not style sheets

    def _dress(self) -> None:
        tokens = tokens_of(self.palette())
        all_at_once = QTextCursor(self.document())  # or the page would be laid out anew after each change
        all_at_once.beginEditBlock()
        block = self.document().begin()
        while block.isValid():
            self._dress_block(block)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._dress_table(frame, QColor(tokens.line), QColor(tokens.stripe))
        all_at_once.endEditBlock()

    def _dress_block(self, block: QTextBlock) -> None:
        cursor = QTextCursor(block)
        look = QTextBlockFormat()
        level = block.blockFormat().headingLevel()
        in_table = cursor.currentTable() is not None
        if not self._has_image(block):
            look.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        look.setTopMargin(_ABOVE_HEADING if level > 1 else 0)
        look.setBottomMargin(0 if in_table else _BELOW_PARAGRAPH if not block.textList() else 4)
        cursor.mergeBlockFormat(look)
        for position, length, found in _fragments(block):
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(self._dressed(found, level))

    def _dressed(self, text: QTextCharFormat, level: int) -> QTextCharFormat:
        """Headings in their sizes, links in the theme's accent, code in the program's own face."""
        if level:
            text.clearProperty(QTextCharFormat.Property.FontSizeAdjustment.value)
            text.setFontPointSize(_HEADING_POINTS.get(level, _POINTS))
            text.setFontWeight(QFont.Weight.DemiBold)
        if text.isAnchor():
            text.setForeground(self.palette().color(QPalette.ColorRole.Link))
        elif text.fontFixedPitch():
            text.setFontFamilies([MONO_FAMILY])
            text.setFontPointSize(_CODE_POINTS)
        return text

    @staticmethod
    def _has_image(block: QTextBlock) -> bool:
        return "\ufffc" in block.text()

    @staticmethod
    def _dress_table(table: QTextTable, line: QColor, ground: QColor) -> None:
        look = table.format()
        look.setBorder(1)
        look.setBorderBrush(QBrush(line))
        look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBorderCollapse(True)
        look.setCellPadding(_CELL_PADDING)
        look.setCellSpacing(0)
        look.setTopMargin(6)
        look.setBottomMargin(14)
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table.setFormat(look)
        for column in range(table.columns()):
            cell = table.cellAt(0, column)
            cell_format = cell.format()
            cell_format.setBackground(ground)
            cell.setFormat(cell_format)


def _framed(image: QImage, line: QColor) -> QImage:
    """A hairline around a picture, for its ground may be that of the page."""
    framed = image.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(framed)
    painter.setPen(line)
    size = framed.deviceIndependentSize().toSize()
    painter.drawRect(0, 0, size.width() - 1, size.height() - 1)
    painter.end()
    return framed


def _fragments(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """Position, length and format of each run of a block, taken before any of them changes."""
    found = []
    runs = block.begin()
    while not runs.atEnd():
        fragment = runs.fragment()
        found.append((fragment.position(), fragment.length(), fragment.charFormat()))
        runs += 1
    return found
