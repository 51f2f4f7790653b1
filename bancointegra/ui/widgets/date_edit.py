"""A field for a date: typed in any usual way, or taken from a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QWidget

from bancointegra.ui.style import icon_action, set_property
from bancointegra.ui.widgets.date_text import format_date, parse_date

_HELP = "Aceita 23/11, 23112026, +5 (daqui a 5 dias), hoje. Setas mudam o dia; F4 abre o calendário."
_WRONG = "Isto não é uma data. Escreva como 23/11/2026."
_WIDTH = 124


class DateEdit(QLineEdit):
    """``value`` is the date, None while empty or not a date. Enter, Tab and the arrows settle what was typed."""

    changed = Signal(object)
    """The new date or None, when it really changed."""

    def __init__(self, today: Callable[[], date], value: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._value = value
        self._calendar: QCalendarWidget | None = None
        self.setPlaceholderText("dd/mm/aaaa")
        self.setToolTip(_HELP)
        self.setFixedWidth(_WIDTH)
        self.addAction(
            icon_action(self, "calendar", "Calendário (F4)", self.open_calendar),
            QLineEdit.ActionPosition.TrailingPosition,
        )
        self.setText(format_date(value))
        self.textEdited.connect(self._forgive)

    @property
    def value(self) -> date | None:
        self.settle()
        return self._value

    @property
    def is_valid(self) -> bool:
        """Empty, or a date."""
        return not self.text().strip() or parse_date(self.text(), self._today()) is not None

    def set_value(self, value: date | None) -> None:
        self.setText(format_date(value))
        self._forgive()
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    def settle(self) -> None:
        """Read what was typed: a date is written out in full, anything else is marked as wrong."""
        parsed = parse_date(self.text(), self._today())
        if parsed == self._value and self.text() == format_date(parsed):
            return  # a mark that somebody else put on a real date stays
        if parsed is not None or not self.text().strip():
            self.set_value(parsed)
            return
        set_property(self, "wrong", True)
        self.setToolTip(_WRONG)
        if self._value is not None:
            self._value = None
            self.changed.emit(None)

    def open_calendar(self) -> None:
        """Show a calendar below the field; choosing a day closes it."""
        if self._calendar is None:
            self._calendar = self._new_calendar()
        chosen = self.value or self._today()
        self._colour_weekend(self._calendar)
        self._calendar.setSelectedDate(QDate(chosen.year, chosen.month, chosen.day))
        self._calendar.adjustSize()
        self._calendar.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._calendar.show()
        self._calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_F4 or (key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier):
            self.open_calendar()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.set_value((self.value or self._today()) + timedelta(days=1 if key == Qt.Key.Key_Up else -1))
        else:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.settle()
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.settle()
        super().focusOutEvent(event)

    def _forgive(self) -> None:
        set_property(self, "wrong", False)
        self.setToolTip(_HELP)

    def _new_calendar(self) -> QCalendarWidget:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        calendar.setAccessibleName("Calendário")
        calendar.clicked.connect(self._take)
        calendar.activated.connect(self._take)
        return calendar

    def _colour_weekend(self, calendar: QCalendarWidget) -> None:
        """Quiet instead of Qt's red: a day without banking is no error."""
        quiet = QTextCharFormat()
        quiet.setForeground(self.palette().color(QPalette.ColorRole.PlaceholderText))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, quiet)

    def _take(self, chosen: QDate) -> None:
        if self._calendar:
            self._calendar.hide()
        self.set_value(date(chosen.year(), chosen.month(), chosen.day()))
        self.setFocus()
