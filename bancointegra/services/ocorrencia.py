"""Ocorrências: payments refused afterwards, whose money is back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bancointegra.domain.ports import Clock
from bancointegra.domain.ports_pagamento import ContaPagamentoRepository, OcorrenciaRepository, PagamentoProviders
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.domain.transacao_pagamento import FUSO_CELCOIN, OcorrenciaGuardada

DIAS_BUSCADOS = 7
"""A return comes within two banking days of the payment; a week leaves room for holidays and a closed office."""


class OcorrenciaService:
    """Fetches occurrences and matches them to payments."""

    def __init__(
        self,
        *,
        contas: ContaPagamentoRepository,
        ocorrencias: OcorrenciaRepository,
        providers: PagamentoProviders,
        clock: Clock,
    ) -> None:
        self._contas = contas
        self._ocorrencias = ocorrencias
        self._providers = providers
        self._clock = clock

    def buscar(self, conta_id: int, dias: int = DIAS_BUSCADOS) -> tuple[OcorrenciaGuardada, ...]:
        """Ask Celcoin for the last ``dias`` days and keep what is new; returns only the new ones, for one notification.

        Their payments become *Devolvido*. Raises ``BankUnavailable``, ``CredentialError``, ``BankRefused``.
        """
        now = self._clock.now()
        hoje = now.astimezone(FUSO_CELCOIN).date()
        found = self._providers.for_conta(self._contas.get(conta_id)).ocorrencias(hoje - timedelta(days=dias), hoje)
        return self._ocorrencias.add(
            conta_id, found, HistoryEntry(now, "Devolvido: recusado depois de pago", "", "Celcoin")
        )

    def buscar_todas(self) -> tuple[OcorrenciaGuardada, ...]:
        """``buscar`` for every account, at start-up. Raises as it does, at the first account that fails."""
        return tuple(new for conta in self._contas.all() for new in self.buscar(conta.id))

    def listar(self, conta_id: int | None = None) -> tuple[OcorrenciaGuardada, ...]:
        """All that are kept, newest first; ``vista`` tells those that nobody has looked at."""
        return self._ocorrencias.all(conta_id)

    def marcar_vistas(self, ocorrencia_ids: Sequence[int]) -> None:
        """Somebody has looked at them."""
        self._ocorrencias.mark_seen(ocorrencia_ids)
