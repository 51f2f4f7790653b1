"""A program that kills itself at a chosen point of a registration; run by test_killed.py."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from bancointegra.bootstrap.program import Program, open_program
from bancointegra.domain.boleto import BoletoRegistrado, ConsultaBoleto, PedidoRegistro
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.ports import CobrancaProvider
from bancointegra.domain.registro import plan_registro
from bancointegra.domain.situacao import Operacao
from bancointegra.services.envio import OrderSender
from bancointegra.services.in_flight import OrdersInFlight
from bancointegra.services.registro import RegistroService


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class DyingProvider:
    """The real provider; the process dies right before or right after its request."""

    def __init__(self, real: CobrancaProvider, point: str) -> None:
        self._real = real
        self._point = point
        self.capabilities: frozenset[Operacao] = real.capabilities

    def registrar(self, pedido: PedidoRegistro, correlation_id: str) -> BoletoRegistrado:
        if self._point == "sent-not-left":
            die()
        boleto = self._real.registrar(pedido, correlation_id)
        if self._point == "answered-not-stored":
            die()
        return boleto

    def consultar(self, carteira: str, nosso_numero: str) -> ConsultaBoleto | None:
        return self._real.consultar(carteira, nosso_numero)


class DyingProviders:
    def __init__(self, program: Program, point: str) -> None:
        self._program = program
        self._point = point

    def for_conta(self, conta: ContaBancaria) -> CobrancaProvider:
        return DyingProvider(self._program.banks.for_conta(conta), self._point)


def main(data: Path, point: str, titulo_id: int) -> None:
    program = open_program(data)
    if point == "prepared":
        hoje = program.clock.today()
        program.store.journal.prepare_registro(titulo_id, lambda t, c, n: plan_registro(t, c, n, hoje), "claim")
        die()
    service = RegistroService(
        contas=program.store.contas,
        titulos=program.store.titulos,
        journal=program.store.journal,
        providers=DyingProviders(program, point),
        impressao=program.services.impressao,
        sender=OrderSender(
            journal=program.store.journal, in_flight=OrdersInFlight(), clock=program.clock, quem="teste"
        ),
        conferencia=program.services.conferencia,
        clock=program.clock,
    )
    service.registrar(titulo_id, gerar_pdf=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
