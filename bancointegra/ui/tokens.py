"""The one table of colours, light and dark, and the chips' colours. No Qt here, so that reports may use it too."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour of one theme, as ``#RRGGBB``."""

    page: str
    """Behind the cards."""
    surface: str
    """Cards, fields, menus."""
    stripe: str
    """Every other row."""
    hover: str
    """Under the pointer."""
    line: str
    """Hairlines."""
    control: str
    """Borders of fields, boxes and buttons."""
    text: str
    muted: str
    """Labels, headers, placeholders."""
    accent: str
    accent_hover: str
    accent_soft: str
    """Selection."""
    on_accent: str
    """Text and marks on the accent."""
    danger: str
    warning: str
    success: str

    def as_mapping(self) -> dict[str, str]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Chip:
    """Ink and ground of a chip or strip."""

    ink: str
    ground: str


LIGHT = Tokens(
    page="#F6F7F9",
    surface="#FFFFFF",
    stripe="#FAFBFC",
    hover="#EFF2F5",
    line="#E1E5EA",
    control="#BEC6D0",
    text="#1B2430",
    muted="#5F6A78",
    accent="#0B5CAD",
    accent_hover="#094C90",
    accent_soft="#E6F0FA",
    on_accent="#FFFFFF",
    danger="#A4262C",
    warning="#B54708",
    success="#13734A",
)

DARK = Tokens(
    page="#14181D",
    surface="#1B2026",
    stripe="#1E242B",
    hover="#262D35",
    line="#2C343D",
    control="#4A5562",
    text="#E6EAEE",
    muted="#94A0AD",
    accent="#5BA6F0",
    accent_hover="#7DBAF5",
    accent_soft="#1E3248",
    on_accent="#0D141B",
    danger="#FF8A8F",
    warning="#FFA057",
    success="#4CC38A",
)

A_CONFIRMAR = "A CONFIRMAR"
"""The mark of a título whose order nobody knows the outcome of; shown in place of its situação."""

AGUARDANDO_APROVACAO = "AGUARDANDO APROVAÇÃO"
"""The mark of a título whose order the bank has and a person must approve."""

NEUTRAL = "PENDENTE"
"""The chip used for a status that has no colours of its own."""

CHIPS_LIGHT: dict[str, Chip] = {
    "PENDENTE": Chip("#5B6675", "#EEF1F4"),
    "REGISTRADO": Chip("#0B5CAD", "#E3EEFA"),
    "LIQUIDADO": Chip("#13734A", "#E1F4EA"),
    "BAIXADO": Chip("#6B4E16", "#F6EEDD"),
    "PROTESTADO": Chip("#A4262C", "#FBE6E7"),
    "CANCELAMENTO ENVIADO": Chip("#6B3FA0", "#EFE7F8"),
    A_CONFIRMAR: Chip("#B54708", "#FFF0DC"),
    AGUARDANDO_APROVACAO: Chip("#B54708", "#FFF0DC"),
    "SIMULAÇÃO": Chip("#B54708", "#FFF0DC"),
    "PRODUÇÃO": Chip("#FFFFFF", "#0B5CAD"),
    "EM DIA": Chip("#13734A", "#E1F4EA"),
    "VENCE LOGO": Chip("#B54708", "#FFF0DC"),
    "VENCIDO": Chip("#A4262C", "#FBE6E7"),
    "NOVO": Chip("#13734A", "#E1F4EA"),
    "JÁ EXISTE": Chip("#5B6675", "#EEF1F4"),
    "MUDOU": Chip("#B54708", "#FFF0DC"),
    "ERRADO": Chip("#A4262C", "#FBE6E7"),
    "Consultado": Chip("#5B6675", "#EEF1F4"),
    "Aguardando confirmação": Chip("#6B3FA0", "#EFE7F8"),
    "Pago": Chip("#13734A", "#E1F4EA"),
    "Cancelado": Chip("#5B6675", "#EEF1F4"),
    "Desfeito": Chip("#6B4E16", "#F6EEDD"),
    "Estornado": Chip("#0B5CAD", "#E3EEFA"),
    "Devolvido": Chip("#A4262C", "#FBE6E7"),
}

CHIPS_DARK: dict[str, Chip] = {
    "PENDENTE": Chip("#B4BFCB", "#2A323B"),
    "REGISTRADO": Chip("#82BBF7", "#12304D"),
    "LIQUIDADO": Chip("#57CC94", "#123323"),
    "BAIXADO": Chip("#E3B65B", "#352A12"),
    "PROTESTADO": Chip("#FF9CA0", "#46191C"),
    "CANCELAMENTO ENVIADO": Chip("#CBA6F5", "#342050"),
    A_CONFIRMAR: Chip("#FFA866", "#43260E"),
    AGUARDANDO_APROVACAO: Chip("#FFA866", "#43260E"),
    "SIMULAÇÃO": Chip("#FFB14D", "#38260B"),
    "PRODUÇÃO": Chip("#A5D0FB", "#0F3A66"),
    "EM DIA": Chip("#57CC94", "#123323"),
    "VENCE LOGO": Chip("#FFA866", "#43260E"),
    "VENCIDO": Chip("#FF9CA0", "#46191C"),
    "NOVO": Chip("#57CC94", "#123323"),
    "JÁ EXISTE": Chip("#B4BFCB", "#2A323B"),
    "MUDOU": Chip("#FFA866", "#43260E"),
    "ERRADO": Chip("#FF9CA0", "#46191C"),
    "Consultado": Chip("#B4BFCB", "#2A323B"),
    "Aguardando confirmação": Chip("#CBA6F5", "#342050"),
    "Pago": Chip("#57CC94", "#123323"),
    "Cancelado": Chip("#B4BFCB", "#2A323B"),
    "Desfeito": Chip("#E3B65B", "#352A12"),
    "Estornado": Chip("#82BBF7", "#12304D"),
    "Devolvido": Chip("#FF9CA0", "#46191C"),
}
