"""What the filter card asks for, as a plain value: periods, validation, remembered form, and the search it means.

No window is needed to import this module.
"""

from __future__ import annotations

import calendar
import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from bancointegra.domain.errors import InputError
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import TipoPeriodo, TituloFilter

CRITERIOS_VERSION = 1


class Atalho(Enum):
    """A period one button sets. The value is the label on the button."""

    HOJE = "hoje"
    SEMANA = "semana"
    MES = "mês"

    def periodo(self, hoje: date) -> tuple[date, date]:
        """First and last day: today, Monday to Sunday, or the whole month of ``hoje``."""
        if self is Atalho.HOJE:
            return hoje, hoje
        if self is Atalho.SEMANA:
            monday = hoje - timedelta(days=hoje.weekday())
            return monday, monday + timedelta(days=6)
        return hoje.replace(day=1), hoje.replace(day=calendar.monthrange(hoje.year, hoje.month)[1])


def tipos_periodo(situacoes: Collection[Situacao]) -> tuple[TipoPeriodo, ...]:
    """The dates the period may bound; LIQUIDAÇÃO only with LIQUIDADO alone checked.

    Source: the manual, Visualizar Título Liquidado.
    """
    if set(situacoes) == {Situacao.LIQUIDADO}:
        return (TipoPeriodo.VENCIMENTO, TipoPeriodo.LIQUIDACAO, TipoPeriodo.EMISSAO)
    return (TipoPeriodo.VENCIMENTO, TipoPeriodo.EMISSAO)


@dataclass(frozen=True, slots=True)
class Criterios:
    """The state of the filter card. No ``situacoes`` means all; ``somente_a_confirmar`` overrides the rest."""

    conta_id: int | None = None
    tipo_cobranca_id: int | None = None
    situacoes: frozenset[Situacao] = frozenset({Situacao.PENDENTE})
    tipo_periodo: TipoPeriodo = TipoPeriodo.VENCIMENTO
    de: date | None = None
    ate: date | None = None
    somente_a_confirmar: bool = False

    @classmethod
    def iniciais(cls, hoje: date) -> Criterios:
        """What the card shows on the first day: PENDENTE, VENCIMENTO, this month."""
        de, ate = Atalho.MES.periodo(hoje)
        return cls(de=de, ate=ate)

    def to_filter(self, texto: str = "") -> TituloFilter:
        """The search this means. Raises ``InputError`` naming the field that prevents it."""
        if self.conta_id is None:
            raise InputError(
                "Nenhuma conta bancária foi escolhida.",
                field="Conta Bancária",
                hint="Escolha uma em Pesquisar Mnemônico.",
            )
        if self.somente_a_confirmar:
            return TituloFilter(self.conta_id, texto=texto, somente_a_confirmar=True)
        if self.de and self.ate and self.de > self.ate:
            raise InputError(
                f"O período começa em {self.de:%d/%m/%Y}, depois do fim ({self.ate:%d/%m/%Y}).",
                field="Período",
                hint="Troque as datas.",
            )
        return TituloFilter(
            conta_id=self.conta_id,
            tipo_cobranca_id=self.tipo_cobranca_id,
            situacoes=self.situacoes,
            tipo_periodo=self._tipo_periodo_permitido(),
            de=self.de,
            ate=self.ate,
            texto=texto,
        )

    def to_json(self) -> str:
        """Text to remember between two runs."""
        return json.dumps(
            {
                "v": CRITERIOS_VERSION,
                "conta_id": self.conta_id,
                "tipo_cobranca_id": self.tipo_cobranca_id,
                "situacoes": sorted(s.name for s in self.situacoes),
                "tipo_periodo": self.tipo_periodo.name,
                "de": self.de.isoformat() if self.de else None,
                "ate": self.ate.isoformat() if self.ate else None,
            }
        )

    @classmethod
    def from_json(cls, text: str, hoje: date) -> Criterios:
        """Read ``to_json`` back; anything unreadable, or of another version, gives ``iniciais``."""
        try:
            kept = json.loads(text)
            if kept["v"] != CRITERIOS_VERSION:
                return cls.iniciais(hoje)
            return cls(
                conta_id=kept["conta_id"],
                tipo_cobranca_id=kept["tipo_cobranca_id"],
                situacoes=frozenset(Situacao[name] for name in kept["situacoes"]),
                tipo_periodo=TipoPeriodo[kept["tipo_periodo"]],
                de=date.fromisoformat(kept["de"]) if kept["de"] else None,
                ate=date.fromisoformat(kept["ate"]) if kept["ate"] else None,
            )
        except (ValueError, KeyError, TypeError):
            return cls.iniciais(hoje)

    def with_situacoes(self, situacoes: frozenset[Situacao]) -> Criterios:
        """The same card with other boxes checked; LIQUIDAÇÃO falls back to VENCIMENTO when no longer offered."""
        changed = replace(self, situacoes=situacoes)
        return replace(changed, tipo_periodo=changed._tipo_periodo_permitido())

    def _tipo_periodo_permitido(self) -> TipoPeriodo:
        offered = tipos_periodo(self.situacoes)
        return self.tipo_periodo if self.tipo_periodo in offered else TipoPeriodo.VENCIMENTO
