"""The sections of the screen: the same list with other buttons. No window is needed to import this module."""

from __future__ import annotations

from dataclasses import dataclass

from bancointegra.domain.situacao import Situacao
from bancointegra.ui.integracao.actions import (
    ALTERAR,
    BAIXAR,
    CANCELAR_PROTESTO,
    CONSULTAR,
    PROTESTAR,
    REGISTRAR,
    VERIFICAR,
    BankAction,
)

COBRANCA = "Cobrança"
"""What the tree calls all sections together (manual, Realizar Protesto de Título Registrado, step 3)."""


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the tree. ``situacoes`` are checked the first time it is opened; ``key`` names it in settings."""

    key: str
    title: str
    icon: str
    actions: tuple[BankAction, ...]
    situacoes: frozenset[Situacao]
    offers_pdf: bool = False


BOLETOS = Section(
    "boletos",
    "Boletos",
    "receipt-text",
    (REGISTRAR, ALTERAR, CONSULTAR, BAIXAR, VERIFICAR),
    frozenset({Situacao.PENDENTE}),
    offers_pdf=True,
)
PROTESTO = Section(
    "protesto",
    "PROTESTO",
    "gavel",
    (PROTESTAR, CANCELAR_PROTESTO, CONSULTAR, VERIFICAR),
    frozenset({Situacao.REGISTRADO}),
)
SECTIONS = (BOLETOS, PROTESTO)
