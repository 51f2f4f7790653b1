"""``PagamentoProvider`` of Celcoin: mapping, client, reading and error codes joined."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from bancointegra.banks.celcoin.client import CelcoinClient
from bancointegra.banks.celcoin.errors import require_success, unreadable
from bancointegra.banks.celcoin.lists import read_convenios, read_ocorrencias, read_pendentes, read_saldo
from bancointegra.banks.celcoin.mapping import corpo_consulta, corpo_referencia, corpo_reserva, params_referencia
from bancointegra.banks.celcoin.reading import read_comprovante, read_consulta, read_pagamento, read_reserva
from bancointegra.banks.http import Effect, Reply, UnreadableAnswer
from bancointegra.banks.node import Node
from bancointegra.domain.codigo_barras import TAMANHO_CODIGO_BARRAS
from bancointegra.domain.conta_consultada import ContaConsultada
from bancointegra.domain.convenio import Convenio
from bancointegra.domain.linha_digitavel import linha_of
from bancointegra.domain.pagamento import OperacaoPagamento
from bancointegra.domain.ports import Clock
from bancointegra.domain.transacao_pagamento import (
    Comprovante,
    Ocorrencia,
    PagamentoNaCelcoin,
    PedidoReserva,
    ReferenciaPagamento,
    Reserva,
    Saldo,
)

Answer = TypeVar("Answer")


class CelcoinPagamentoProvider:
    """Bill payments of one account at Celcoin. Stateless but for its client; any thread may call it."""

    def __init__(self, client: CelcoinClient, terminal: str, clock: Clock) -> None:
        """``terminal`` is the account's; orders carry their own."""
        self._client = client
        self._terminal = terminal
        self._clock = clock

    @property
    def capabilities(self) -> frozenset[OperacaoPagamento]:
        return frozenset(OperacaoPagamento)

    def consultar(self, linha: str) -> ContaConsultada:
        """Look a bill up. 44 digits are turned into the line, for Celcoin refuses them where a line is due."""
        if len(linha) == TAMANHO_CODIGO_BARRAS:
            linha = linha_of(linha)
        now = self._clock.now()
        reply = self._client.post_authorize(corpo_consulta(linha, self._terminal))
        return _read(reply, lambda body: read_consulta(body, linha, now))

    def reservar(self, pedido: PedidoReserva) -> Reserva:
        """Reserve the amount. Errors as ``PagamentoProvider`` says."""
        return _read(self._client.post_reserve(corpo_reserva(pedido)), read_reserva, Effect.ORDER)

    def confirmar(self, referencia: ReferenciaPagamento) -> None:
        """Confirm a reserve: from now on it is paid. Errors as ``PagamentoProvider`` says."""
        reply = self._client.put_capture(referencia.transacao, corpo_referencia(referencia))
        require_success(reply, Effect.ORDER, ask_first=True)

    def anular(self, referencia: ReferenciaPagamento) -> None:
        """Give a reserve up. Errors as ``PagamentoProvider`` says."""
        reply = self._client.delete_void(referencia.transacao, corpo_referencia(referencia))
        require_success(reply, Effect.ORDER, ask_first=True)

    def estornar(self, referencia: ReferenciaPagamento) -> None:
        """Ask for the money back. Errors as ``PagamentoProvider`` says."""
        require_success(self._client.delete_reverse(referencia.transacao), Effect.ORDER)

    def consultar_pagamento(self, referencia: ReferenciaPagamento) -> PagamentoNaCelcoin:
        """The state of one payment; the outer half of the answer says only whether the question worked."""
        reply = self._client.get_status(params_referencia(referencia))
        return _read(reply, lambda body: _pagamento(body, referencia))

    def pendentes(self) -> tuple[PagamentoNaCelcoin, ...]:
        """All reserves of the client that wait for their confirmation."""
        return _read(self._client.get_pendency(), read_pendentes)

    def ocorrencias(self, de: date, ate: date) -> tuple[Ocorrencia, ...]:
        """What was refused between two days, both included."""
        params = {"DataInicio": f"{de.isoformat()}T00:00:00", "DataFim": f"{ate.isoformat()}T23:59:59"}
        return _read(self._client.get_occurrency(params), read_ocorrencias)

    def convenios(self) -> tuple[Convenio, ...]:
        """All convênios."""
        return _read(self._client.get_institutions(), read_convenios)

    def comprovante(self, transacao: str) -> Comprovante:
        """The receipt of a reserve or payment."""
        return _read(self._client.get_receipt(transacao), lambda body: read_comprovante(body, transacao))

    def saldo(self) -> Saldo:
        """What the account has left."""
        return _read(self._client.get_balance(), read_saldo)


def _read(reply: Reply, reading: Callable[[Node], Answer], effect: Effect = Effect.READ) -> Answer:
    body = require_success(reply, effect)
    try:
        return reading(body)
    except UnreadableAnswer as error:
        raise unreadable(reply, effect, error) from error


def _pagamento(body: Node, referencia: ReferenciaPagamento) -> PagamentoNaCelcoin:
    transaction = body.node("transaction")
    if not transaction:
        raise UnreadableAnswer("situação do pagamento")
    visto = read_pagamento(transaction)
    if referencia.transacao and visto.transacao not in ("", referencia.transacao):
        raise UnreadableAnswer("a resposta é de outra transação")
    return visto
