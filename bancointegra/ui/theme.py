"""The look: Fusion, one palette and one style sheet made from the tokens, and the fonts shipped with the program."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, QSettings, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from bancointegra.ui.icons import repaint_icons, svg_text
from bancointegra.ui.palette import palette_of
from bancointegra.ui.resources import FONTS, STYLE
from bancointegra.ui.tokens import DARK, LIGHT, Tokens

BODY_FAMILY = "Inter"
MONO_FAMILY = "JetBrains Mono"
BODY_POINTS = 9.0
LABEL_POINTS = 8.5
AMOUNT_POINTS = 15.0

_SETTING = "aparencia/tema"
_MARKS = {
    "mark_check": ("check", "on_accent"),
    "mark_minus": ("minus", "on_accent"),
    "mark_down": ("chevron-down", "muted"),
    "mark_right": ("chevron-right", "muted"),
    "mark_close": ("x", "muted"),
    "mark_left": ("chevron-left", "muted"),
}
"""The few images a style sheet can only take from files: name in the sheet → icon, token."""


class ThemeChoice(Enum):
    """What the clerk chose. The value is kept in the settings."""

    SISTEMA = "sistema"
    CLARO = "claro"
    ESCURO = "escuro"


_SCHEMES = {
    ThemeChoice.SISTEMA: Qt.ColorScheme.Unknown,
    ThemeChoice.CLARO: Qt.ColorScheme.Light,
    ThemeChoice.ESCURO: Qt.ColorScheme.Dark,
}
"""What the system is told, so that the frame of the window agrees with its inside; unknown follows the system."""


class Theme(QObject):
    """Applies the look to the application, follows the system, and keeps the clerk's choice."""

    changed = Signal()
    """The colours changed; what paints itself should paint again."""

    def __init__(self, application: QApplication, settings: QSettings) -> None:
        super().__init__(application)
        self._application = application
        self._settings = settings
        self._images = QTemporaryDir()
        self._tokens: Tokens | None = None
        application.setStyle(QStyleFactory.create("Fusion"))
        load_fonts()
        application.setFont(body_font())
        application.styleHints().setColorScheme(_SCHEMES[self.choice])
        application.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def choice(self) -> ThemeChoice:
        stored = str(self._settings.value(_SETTING, ThemeChoice.SISTEMA.value))
        return next((choice for choice in ThemeChoice if choice.value == stored), ThemeChoice.SISTEMA)

    def choose(self, choice: ThemeChoice) -> None:
        """Fix the theme, or let it follow the system again."""
        self._settings.setValue(_SETTING, choice.value)
        self._application.styleHints().setColorScheme(_SCHEMES[choice])
        self._apply()

    def _apply(self) -> None:
        scheme = self._application.styleHints().colorScheme()
        follow = self.choice is ThemeChoice.SISTEMA
        dark = scheme == Qt.ColorScheme.Dark if follow else self.choice is ThemeChoice.ESCURO
        tokens = DARK if dark else LIGHT
        if tokens is self._tokens:
            return
        self._tokens = tokens
        self._application.setPalette(palette_of(tokens))
        self._application.setStyleSheet(style_sheet(tokens, self._write_marks(tokens)))
        repaint_icons()
        self.changed.emit()

    def _write_marks(self, tokens: Tokens) -> dict[str, str]:
        theme_name = "dark" if tokens is DARK else "light"
        paths = {}
        for mark, (name, role) in _MARKS.items():
            path = Path(self._images.filePath(f"{theme_name}-{name}.svg"))
            path.write_text(svg_text(name, getattr(tokens, role)), encoding="utf-8")
            paths[mark] = path.as_posix()
        return paths


def style_sheet(tokens: Tokens, marks: dict[str, str]) -> str:
    """The application's style sheet; ``marks`` are the paths of the few images it needs."""
    template = Template((STYLE / "application.qss").read_text(encoding="utf-8"))
    return template.substitute(
        tokens.as_mapping(), **marks, body=BODY_POINTS, label=LABEL_POINTS, family=BODY_FAMILY, mono=MONO_FAMILY
    )


def load_fonts() -> None:
    """Make the shipped faces known to Qt. Raises ``FileNotFoundError`` when the program is incomplete."""
    for path in sorted(FONTS.glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(f"font not readable: {path.name}")
    if BODY_FAMILY not in QFontDatabase.families():
        raise FileNotFoundError("the fonts of the program are missing")


def body_font(points: float = BODY_POINTS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Inter with tabular figures, so that columns of numbers line up."""
    font = QFont(BODY_FAMILY)
    font.setPointSizeF(points)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def mono_font(points: float = BODY_POINTS) -> QFont:
    """For the linha digitável and fingerprints."""
    font = QFont(MONO_FAMILY)
    font.setPointSizeF(points)
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font


def muted_palette(palette: QPalette) -> QPalette:
    """A copy of ``palette`` whose text has the colour of labels."""
    result = QPalette(palette)
    muted = palette.color(QPalette.ColorRole.PlaceholderText)
    result.setColor(QPalette.ColorRole.WindowText, muted)
    return result
