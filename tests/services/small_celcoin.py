"""A small Celcoin kept in memory, with a statement, that can fail before or after it has done what was asked."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from bancointegra.domain.conta_consultada import ContaConsultada, FaixaDeValor, Janela, Parte, ValoresConta
from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.convenio import Convenio
from bancointegra.domain.errors import BankRefused
from bancointegra.domain.leitura_codigo import TipoCodigo
from bancointegra.domain.pagamento import OperacaoPagamento
from bancointegra.domain.ports import Clock
from bancointegra.domain.reais import Reais
from bancointegra.domain.transacao_pagamento import (
    FUSO_CELCOIN,
    PRAZO_DA_RESERVA,
    Comprovante,
    EstadoNaCelcoin,
    Ocorrencia,
    PagamentoNaCelcoin,
    PedidoReserva,
    ReferenciaPagamento,
    Reserva,
    Saldo,
)

FICHA = "00197700070000000001800000000000100000000000000"
FICHA_ALTERAVEL = "23797700070000000002600000000000100000000000000"
FICHA_GRANDE = "34197700070000000003400000000000200000000000000"
AGUA = "826400000004874516992037012310000000000000000000"
ABERTURA = Reais(1_000_000)
JANELA = Janela(time(7), time(23))

Answer = TypeVar("Answer")


@dataclass(slots=True)
class Held:
    """One reserve and what became of it."""

    transacao: str
    pedido: PedidoReserva
    criado_em: datetime
    estado: EstadoNaCelcoin = EstadoNaCelcoin.RESERVADO
    confirmado_em: datetime | None = None
    captures: int = 0


class SmallCelcoin:
    """``PagamentoProvider``. ``statement`` has every movement: (transacao, cents, why); negative ones go out.

    A consult is good for one reserve. ``undoes_slowly`` keeps what is undone in DESFAZENDO until ``finish_undoing``;
    ``hides_new`` keeps reserves out of status queries and the pending list, as a slow replica would.
    """

    capabilities = frozenset(OperacaoPagamento)

    def __init__(self, clock: Clock) -> None:
        self.statement: list[tuple[str, int, str]] = [("", ABERTURA.centavos, "Depósito")]
        self.held: dict[str, Held] = {}
        self.requests: list[str] = []
        self.totals: dict[str, Reais] = {FICHA: Reais(15_000), FICHA_ALTERAVEL: Reais(25_000), AGUA: Reais(8_745)}
        self.totals[FICHA_GRANDE] = Reais(300_000)
        self.found: list[Ocorrencia] = []
        self.convenant_list: tuple[Convenio, ...] = ()
        self.undoes_slowly = False
        self.hides_new = False
        self.says_unknown_state = False
        self._clock = clock
        self._consults: dict[str, str] = {}
        self._ids = iter(range(2_147_500_001, 2_148_000_000))
        self._faults: defaultdict[str, deque[tuple[BaseException, bool]]] = defaultdict(deque)
        self._lock = threading.Lock()

    def fail_next(self, what: str, error: BaseException, *, committed: bool = False) -> None:
        """The next call of ``what`` raises ``error``, after doing its work when ``committed``."""
        self._faults[what].append((error, committed))

    def mend(self) -> None:
        """No more faults."""
        self._faults.clear()

    @property
    def balance(self) -> Reais:
        return Reais(sum(cents for _, cents, _ in self.statement))

    def payment_count(self, linha: str) -> int:
        """How many payments of one line are out of the account for good."""
        return sum(h.pedido.linha == linha and h.estado is EstadoNaCelcoin.CONFIRMADO for h in self.held.values())

    def finish_undoing(self) -> None:
        for held in self.held.values():
            if held.estado is EstadoNaCelcoin.DESFAZENDO:
                held.estado = EstadoNaCelcoin.DESFEITO

    def give_back(self, transacao: str, motivo: str = "Recusado pelo beneficiário") -> None:
        """The payee refuses a payment: an occurrence, and the money is back."""
        held = self.held[transacao]
        pedido = held.pedido
        self.statement.append((transacao, pedido.valor.centavos, "Devolução"))
        self.found.append(
            Ocorrencia(transacao, self._clock.now(), motivo, pedido.valor, pedido.linha, pedido.nsu, pedido.terminal)
        )

    def consultar(self, linha: str) -> ContaConsultada:
        return self._do("consultar", lambda: self._consult(linha))

    def reservar(self, pedido: PedidoReserva) -> Reserva:
        return self._do("reservar", lambda: self._reserve(pedido))

    def confirmar(self, referencia: ReferenciaPagamento) -> None:
        return self._do("confirmar", lambda: self._capture(referencia.transacao))

    def anular(self, referencia: ReferenciaPagamento) -> None:
        return self._do("anular", lambda: self._void(referencia.transacao))

    def estornar(self, referencia: ReferenciaPagamento) -> None:
        return self._do("estornar", lambda: self._reverse(referencia.transacao))

    def consultar_pagamento(self, referencia: ReferenciaPagamento) -> PagamentoNaCelcoin:
        return self._do("consultar_pagamento", lambda: self._status(referencia))

    def pendentes(self) -> tuple[PagamentoNaCelcoin, ...]:
        return self._do("pendentes", self._pending)

    def ocorrencias(self, de: date, ate: date) -> tuple[Ocorrencia, ...]:
        return self._do("ocorrencias", lambda: tuple(self.found))

    def convenios(self) -> tuple[Convenio, ...]:
        return self._do("convenios", lambda: self.convenant_list)

    def comprovante(self, transacao: str) -> Comprovante:
        return self._do("comprovante", lambda: Comprovante(transacao, f"PROTOCOLO {transacao}", autenticacao="1913"))

    def saldo(self) -> Saldo:
        return self._do("saldo", lambda: Saldo(self.balance))

    def _do(self, what: str, work: Callable[[], Answer]) -> Answer:
        with self._lock:
            self._expire()
            self.requests.append(what)
            error, committed = self._faults[what].popleft() if self._faults[what] else (None, True)
            answer = work() if committed else None
            if error is not None:
                raise error
            return answer  # type: ignore[return-value]

    def _consult(self, linha: str) -> ContaConsultada:
        transacao = str(next(self._ids))
        self._consults[transacao] = linha
        return consultada(linha, self.totals[linha], self._clock.now(), transacao)

    def _reserve(self, pedido: PedidoReserva) -> Reserva:
        if self._consults.get(pedido.transacao_consulta) != pedido.linha:
            raise BankRefused("TRANSACAO JA REALIZADA", possibly_duplicate=True, code="recusado.68")
        if pedido.valor > self.balance:
            raise BankRefused("Saldo insuficiente.", code="recusado.S40")
        del self._consults[pedido.transacao_consulta]
        held = Held(str(next(self._ids)), pedido, self._clock.now())
        self.held[held.transacao] = held
        self.statement.append((held.transacao, -pedido.valor.centavos, "Pagamento"))
        return Reserva(held.transacao, "509 | CELCOIN", "1913", self._settlement_day(), held.criado_em)

    def _settlement_day(self) -> date:
        """Tomorrow after the hours of settlement."""
        return self._clock.today() + timedelta(days=self._clock.now().hour >= JANELA.fim.hour)

    def _capture(self, transacao: str) -> None:
        held = self.held[transacao]
        held.captures += 1
        if held.estado is not EstadoNaCelcoin.RESERVADO:
            raise BankRefused("Transação não pode ser confirmada.", possibly_duplicate=True, code="recusado.S30")
        held.estado = EstadoNaCelcoin.CONFIRMADO
        held.confirmado_em = self._clock.now()

    def _void(self, transacao: str) -> None:
        if self.held[transacao].estado is not EstadoNaCelcoin.RESERVADO:
            raise BankRefused("Transação não pode ser cancelada.", possibly_duplicate=True, code="recusado.S41")
        self._undo(self.held[transacao], "Desfazimento")

    def _reverse(self, transacao: str) -> None:
        held = self.held[transacao]
        if held.estado is not EstadoNaCelcoin.CONFIRMADO:
            raise BankRefused("Transação não pode ser estornada.", code="recusado.S42")
        self._undo(held, "Estorno de Contas")

    def _undo(self, held: Held, why: str) -> None:
        held.estado = EstadoNaCelcoin.DESFAZENDO if self.undoes_slowly else EstadoNaCelcoin.DESFEITO
        self.statement.append((held.transacao, held.pedido.valor.centavos, why))

    def _expire(self) -> None:
        for held in self.held.values():
            if held.estado is EstadoNaCelcoin.RESERVADO and self._clock.now() - held.criado_em > PRAZO_DA_RESERVA:
                self._undo(held, "Desfazimento")

    def _status(self, referencia: ReferenciaPagamento) -> PagamentoNaCelcoin:
        for held in reversed(self.held.values()):
            if self._matches(held, referencia):
                return self._shown(held)
        return PagamentoNaCelcoin(EstadoNaCelcoin.NAO_ENCONTRADO, texto="Transacao nao encontrada")

    def _matches(self, held: Held, referencia: ReferenciaPagamento) -> bool:
        if referencia.transacao:
            return held.transacao == referencia.transacao
        dia = held.criado_em.astimezone(FUSO_CELCOIN).date()
        known_by = (held.pedido.nsu, held.pedido.terminal, dia)
        return not self.hides_new and known_by == (referencia.nsu, referencia.terminal, referencia.dia)

    def _pending(self) -> tuple[PagamentoNaCelcoin, ...]:
        waiting = [held for held in self.held.values() if held.estado is EstadoNaCelcoin.RESERVADO]
        return () if self.hides_new else tuple(self._shown(held) for held in waiting)

    def _shown(self, held: Held) -> PagamentoNaCelcoin:
        estado, texto = held.estado, held.estado.value
        if self.says_unknown_state:
            estado, texto = EstadoNaCelcoin.DESCONHECIDO, "9 EM_ANALISE"
        pedido = held.pedido
        return PagamentoNaCelcoin(estado, held.transacao, pedido.nsu, pedido.terminal, held.criado_em, texto)


class OneCelcoin:
    """``PagamentoProviders`` of one Celcoin; ``problem`` is what keeps anybody from reaching it."""

    def __init__(self, celcoin: SmallCelcoin) -> None:
        self.celcoin = celcoin
        self.problem: Exception | None = None

    def for_conta(self, conta: ContaPagamento) -> SmallCelcoin:
        if self.problem is not None:
            raise self.problem
        return self.celcoin


def consultada(linha: str, total: Reais, agora: datetime, transacao: str = "1", **changes: Any) -> ContaConsultada:
    """What a consult says of a bill: a ficha due in five days, or a water bill."""
    plain = ContaConsultada(
        linha=linha,
        tipo=TipoCodigo.COBRANCA,
        transacao=transacao,
        emissor="BANCO EXEMPLO S.A.",
        valores=ValoresConta(total, original=total),
        consultada_em=agora,
        beneficiario=Parte("FORNECEDOR EXEMPLO LTDA", "11222333000181"),
        pagador=Parte("EMPRESA EXEMPLO LTDA", "12ABC34501DE35"),
        vencimento=agora.date() + timedelta(days=5),
        ultimo_dia=agora.date() + timedelta(days=35),
        janela=JANELA,
        liquida_em=agora.date(),
    )
    if linha == AGUA:
        plain = replace(
            plain, tipo=TipoCodigo.ARRECADACAO, emissor="AGUAS DO RIO 4 RJ", beneficiario=None, pagador=None
        )
    if linha == FICHA_ALTERAVEL:
        plain = replace(plain, faixa=FaixaDeValor(Reais(1_000), Reais(50_000)))
    return replace(plain, **changes)
