"""Convênios: whose bills can be paid, and until what hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from bancointegra.domain.convenio import Convenio, convenio_da_linha
from bancointegra.domain.ports import Clock
from bancointegra.domain.ports_pagamento import ContaPagamentoRepository, ConvenioRepository, PagamentoProviders
from bancointegra.domain.texto import fold

_VALIDADE = timedelta(days=1)


class ConvenioService:
    """The list of convênios, kept here since it is long and seldom changes."""

    def __init__(
        self,
        *,
        contas: ContaPagamentoRepository,
        convenios: ConvenioRepository,
        providers: PagamentoProviders,
        clock: Clock,
    ) -> None:
        self._contas = contas
        self._convenios = convenios
        self._providers = providers
        self._clock = clock

    def atualizar(self, conta_id: int) -> tuple[Convenio, ...]:
        """Fetch the list anew. Raises ``BankUnavailable``, ``CredentialError``, ``BankRefused``."""
        found = self._providers.for_conta(self._contas.get(conta_id)).convenios()
        self._convenios.replace_all(conta_id, found, self._clock.now())
        return self._convenios.all(conta_id)

    def atualizado_em(self, conta_id: int) -> datetime | None:
        """When the list was fetched; None when it never was."""
        return self._convenios.fetched_at(conta_id)

    def is_atual(self, conta_id: int) -> bool:
        """Whether the list is of today; else it is worth fetching anew."""
        fetched = self.atualizado_em(conta_id)
        return fetched is not None and self._clock.now() - fetched < _VALIDADE

    def procurar(self, conta_id: int, texto: str = "") -> tuple[Convenio, ...]:
        """Those whose name contains ``texto`` (accents ignored), by name; from what was last fetched."""
        needle = fold(texto)
        return tuple(c for c in self._convenios.all(conta_id) if needle in fold(c.nome))

    def da_linha(self, conta_id: int, linha: str) -> Convenio | None:
        """The convênio of a 48-digit line; None when the list knows none."""
        return convenio_da_linha(self._convenios.all(conta_id), linha)
