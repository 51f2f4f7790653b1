"""The look: contrast, fonts, icons, and the choice of theme."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from PySide6.QtWidgets import QPushButton
from shiboken6 import delete

from bancointegra.ui import icons, tokens
from bancointegra.ui.palette import chip_of, palette_of, tokens_of
from bancointegra.ui.theme import Theme, ThemeChoice, body_font, load_fonts, mono_font

READABLE = 4.5


def luminance(colour):
    def linear(channel):
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    parsed = QColor(colour)
    return 0.2126 * linear(parsed.redF()) + 0.7152 * linear(parsed.greenF()) + 0.0722 * linear(parsed.blueF())


def contrast(one, other):
    """WCAG 2.1, 1.4.3."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


CHIPS = [
    pytest.param(chip, id=f"{theme}-{status}")
    for theme, chips in (("light", tokens.CHIPS_LIGHT), ("dark", tokens.CHIPS_DARK))
    for status, chip in chips.items()
]


@pytest.mark.parametrize("chip", CHIPS)
def test_chips_are_readable(chip):
    assert contrast(chip.ink, chip.ground) >= READABLE


@pytest.mark.parametrize("theme", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "danger", "warning", "success"])
@pytest.mark.parametrize("ground", ["page", "surface", "stripe", "hover", "accent_soft"])
def test_texts_are_readable_on_every_ground(theme, ink, ground):
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= READABLE


@pytest.mark.parametrize("theme", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["accent", "accent_hover"])
def test_the_primary_button_is_readable(theme, ground):
    assert contrast(theme.on_accent, getattr(theme, ground)) >= READABLE


def test_both_themes_colour_the_same_words():
    assert tokens.CHIPS_LIGHT.keys() == tokens.CHIPS_DARK.keys()


def test_an_unknown_status_is_neutral():
    palette = palette_of(tokens.LIGHT)
    assert chip_of(palette, "EM ANÁLISE") == tokens.CHIPS_LIGHT["PENDENTE"]


@pytest.mark.parametrize("theme", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
def test_tokens_are_found_again_in_the_palette(theme):
    assert tokens_of(palette_of(theme)) is theme


def test_figures_have_one_width(qapp):
    load_fonts()
    metrics = QFontMetricsF(body_font())
    assert len({round(metrics.horizontalAdvance(digit * 10), 2) for digit in "0123456789"}) == 1
    mono = QFontMetricsF(mono_font())
    assert mono.horizontalAdvance("i") == mono.horizontalAdvance("W")


def test_a_choice_fixes_the_theme_and_is_remembered(qapp, theme, settings):
    theme.choose(ThemeChoice.ESCURO)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(tokens.DARK.page)
    theme.choose(ThemeChoice.CLARO)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(tokens.LIGHT.page)
    again = Theme(qapp, settings)
    assert again.choice is ThemeChoice.CLARO
    delete(again)


def test_decorated_icons_follow_the_theme(qtbot, theme):
    button = QPushButton("Pesquisar")
    qtbot.addWidget(button)
    theme.choose(ThemeChoice.CLARO)
    icons.decorate(button, "search")
    light = darkest_ink(button)
    theme.choose(ThemeChoice.ESCURO)
    assert light == QColor(tokens.LIGHT.text) and darkest_ink(button) == QColor(tokens.DARK.text)


def darkest_ink(button):
    image = button.icon().pixmap(16, 16).toImage()
    opaque = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(opaque, key=QColor.alpha)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_icons_are_sharp_at_every_scale(qapp, ratio):
    image = icons.pixmap("search", size=16, ratio=ratio)
    assert image.width() == round(16 * ratio) and image.devicePixelRatio() == ratio


def test_every_icon_can_be_painted(qapp):
    for path in icons.ICONS.glob("*.svg"):
        image = icons.pixmap(path.stem).toImage()
        assert any(
            image.pixelColor(x, y) != QColor(Qt.GlobalColor.transparent) and image.pixelColor(x, y).alpha() > 0
            for x in range(16)
            for y in range(16)
        ), path.stem
