"""From tokens to Qt's palette and back, so that a widget finds its colours in its own palette."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from bancointegra.ui.tokens import CHIPS_DARK, CHIPS_LIGHT, DARK, LIGHT, NEUTRAL, Chip, Tokens

_HALF = 128


def palette_of(tokens: Tokens) -> QPalette:
    """The palette of the whole application in one theme."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.page,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.stripe,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.danger,
        role.Light: tokens.surface,
        role.Midlight: tokens.hover,
        role.Mid: tokens.line,
        role.Dark: tokens.control,
        role.Shadow: tokens.control,
        role.Highlight: tokens.accent_soft,
        role.HighlightedText: tokens.text,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
    }
    palette = QPalette()
    for colour_role, colour in colours.items():
        palette.setColor(colour_role, QColor(colour))
    for colour_role in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, colour_role, QColor(tokens.muted))
    return palette


def is_dark(palette: QPalette) -> bool:
    return palette.color(QPalette.ColorRole.Window).lightness() < _HALF


def tokens_of(palette: QPalette) -> Tokens:
    """The tokens behind a palette."""
    return DARK if is_dark(palette) else LIGHT


def chip_of(palette: QPalette, status: str) -> Chip:
    """The colours of a status word; an unknown word gets the neutral ones, never those of another status."""
    chips = CHIPS_DARK if is_dark(palette) else CHIPS_LIGHT
    return chips.get(status, chips[NEUTRAL])
