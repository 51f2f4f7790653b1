"""An office that pays bills through the simulated Celcoin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from bancointegra.banks.celcoin.registry import CelcoinRegistry
from bancointegra.banks.http import Pacing, Timeouts
from bancointegra.domain.conta import Ambiente
from bancointegra.domain.conta_consultada import ContaConsultada
from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.documentos import Documento
from bancointegra.domain.ports import Clock
from bancointegra.domain.ports_pagamento import PagamentoProvider
from bancointegra.domain.reais import Reais
from bancointegra.domain.transacao_pagamento import (
    EstadoNaCelcoin,
    PedidoReserva,
    ReferenciaPagamento,
    Reserva,
)
from bancointegra.simulator import SimulatedCredentials, Simulator
from tests.builders import BRASILIA, ManualClock

WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=BRASILIA)
NIGHT = WEDNESDAY.replace(hour=23, minute=10)
TERMINAL = "CAIXA-1"
_nsus = count(1)


class PaymentOffice:
    """One Conta de Pagamento and its way to Celcoin; ``pagador`` is the provider."""

    def __init__(self, simulator: Simulator, credentials: SimulatedCredentials, vault: Any) -> None:
        self.simulator = simulator
        self.bank = simulator.bank
        self.celcoin = simulator.bank.celcoin
        self.credentials = credentials
        self.clock = ManualClock(WEDNESDAY)
        self.vault = vault
        self.naps: list[float] = []
        self._registries: list[CelcoinRegistry] = []
        vault.set(f"{credentials.client_id}/client_secret", credentials.client_secret)
        self.conta = ContaPagamento(
            id=1,
            mnemonico="PAGAR",
            ambiente=Ambiente.SIMULACAO,
            client_id=credentials.client_id,
            pagador=Documento.parse("11.222.333/0001-81"),
            nome="Empresa Exemplo Ltda",
            terminal=TERMINAL,
            host=simulator.hosts.celcoin,
            ca_path=str(simulator.ca_path),
        )
        self.provider = self.open_provider()

    def registry(self, *, read_timeout: float = 20.0, clock: Clock | None = None) -> CelcoinRegistry:
        """A way of its own to Celcoin: no connection and no token is there yet."""
        registry = CelcoinRegistry(
            self.vault,
            clock or self.clock,
            timeouts=Timeouts(connect=10, read=read_timeout),
            pacing=Pacing(sleep=self.naps.append),
        )
        self._registries.append(registry)
        return registry

    def open_provider(
        self, *, read_timeout: float = 20.0, clock: Clock | None = None, **changes: Any
    ) -> PagamentoProvider:
        return self.registry(read_timeout=read_timeout, clock=clock).for_conta(replace(self.conta, **changes))

    def reset(self) -> None:
        """Default options, no faults, an empty log, Wednesday at ten."""
        self.celcoin.reset_switches()
        self.bank.faults.clear()
        self.bank.log.clear()
        self.at(WEDNESDAY)

    def at(self, moment: datetime) -> None:
        self.bank.clock.set(moment)

    def later(self, **time: int) -> None:
        self.bank.clock.advance(**time)

    def pedido(self, linha: str, valor: Reais | None = None) -> PedidoReserva:
        """The request of a reserve after a fresh consult, under an NSU of its own."""
        return pedido_of(self.provider.consultar(linha), valor)

    def reserved(self, linha: str) -> tuple[ReferenciaPagamento, Reserva]:
        pedido = self.pedido(linha)
        reserva = self.provider.reservar(pedido)
        return reference_to(pedido, reserva.transacao), reserva

    def confirmed(self, linha: str) -> ReferenciaPagamento:
        referencia, _ = self.reserved(linha)
        self.provider.confirmar(referencia)
        return referencia

    def estado(self, referencia: ReferenciaPagamento) -> EstadoNaCelcoin:
        return self.provider.consultar_pagamento(referencia).estado

    def paid_times(self, linha: str) -> int:
        """How many payments of the line are confirmed and not undone."""
        return sum(payment.captured is not None and payment.taken > 0 for payment in self.celcoin.payments(linha))

    def debited(self, work: Callable[[], object]) -> int:
        """By how many cents ``work`` lowers the balance."""
        before = self.celcoin.balance(self.credentials.client_id)
        work()
        return before - self.celcoin.balance(self.credentials.client_id)

    def close(self) -> None:
        for registry in self._registries:
            registry.close()


def pedido_of(consulta: ContaConsultada, valor: Reais | None = None) -> PedidoReserva:
    total = valor or consulta.valores.total
    assert total is not None
    return PedidoReserva(
        linha=consulta.linha,
        tipo=consulta.tipo,
        transacao_consulta=consulta.transacao,
        nsu=next(_nsus),
        terminal=TERMINAL,
        pagador="11222333000181",
        valor=total,
        original=consulta.valores.original,
        descontos=consulta.valores.descontos,
        acrescimos=consulta.valores.acrescimos,
        vencimento=consulta.vencimento or WEDNESDAY.date(),
    )


def reference_to(pedido: PedidoReserva, transacao: str = "") -> ReferenciaPagamento:
    return ReferenciaPagamento(pedido.nsu, pedido.terminal, WEDNESDAY.date(), transacao)
