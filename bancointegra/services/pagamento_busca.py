"""The list of payments: what is in it, how much, and what happened to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.pagamento import Pagamento, PagamentoFilter, PagamentoSort, SituacaoPagamento
from bancointegra.domain.ports_pagamento import ContaPagamentoRepository, PagamentoRepository
from bancointegra.domain.titulo import HistoryEntry, Totais


class PagamentoBuscaService:
    """Reads; raises ``StoreError`` only."""

    def __init__(self, *, contas: ContaPagamentoRepository, pagamentos: PagamentoRepository) -> None:
        self._contas = contas
        self._pagamentos = pagamentos

    def contas(self) -> tuple[ContaPagamento, ...]:
        """The Contas de Pagamento, by mnemonic."""
        return self._contas.all()

    def ids(self, filtro: PagamentoFilter, sort: PagamentoSort, *, descending: bool) -> tuple[int, ...]:
        """The pagamentos of the filter, in order; ``rows`` brings those that are shown."""
        return self._pagamentos.ids(filtro, sort, descending)

    def rows(self, pagamento_ids: Sequence[int]) -> tuple[Pagamento, ...]:
        """In the order asked for; one that is gone is left out."""
        return self._pagamentos.rows(pagamento_ids)

    def totais(self, filtro: PagamentoFilter) -> Totais:
        return self._pagamentos.totais(filtro)

    def count_by_situacao(self, filtro: PagamentoFilter) -> Mapping[SituacaoPagamento, int]:
        """How many of each situação, the filter's own situações ignored."""
        return self._pagamentos.count_by_situacao(filtro)

    def pagamento(self, pagamento_id: int) -> Pagamento:
        return self._pagamentos.get(pagamento_id)

    def da_linha(self, conta: ContaPagamento, linha: str) -> tuple[Pagamento, ...]:
        """Every pagamento of one line, newest first: “has this bill been paid?”."""
        return self._pagamentos.of_linha(conta, linha)

    def history(self, pagamento_id: int) -> tuple[HistoryEntry, ...]:
        """Newest first."""
        return self._pagamentos.history(pagamento_id)
