"""A program that kills itself in the middle of a dropped file; run by test_ponte.py."""

from __future__ import annotations

import sys
from pathlib import Path

from bancointegra.bootstrap.ponte import build_ponte
from bancointegra.bootstrap.program import open_program
from bancointegra.domain.ponte import PreferenciasPasta
from bancointegra.services.envio import OrderSender
from bancointegra.services.in_flight import OrdersInFlight
from bancointegra.services.registro import RegistroService
from tests.end_to_end.killed_program import DyingProviders


def main(data: Path, point: str, pasta: Path, conta: str) -> None:
    program = open_program(data)
    services = program.services
    registro = RegistroService(
        contas=program.store.contas,
        titulos=program.store.titulos,
        journal=program.store.journal,
        providers=DyingProviders(program, point),
        impressao=services.impressao,
        sender=OrderSender(
            journal=program.store.journal, in_flight=OrdersInFlight(), clock=program.clock, quem="teste"
        ),
        conferencia=services.conferencia,
        clock=program.clock,
    )
    _, watched = build_ponte(
        program.store,
        importacao=services.importacao,
        registro=registro,
        impressao=services.impressao,
        clock=program.clock,
    )
    cobranca = services.busca.tipos_cobranca(services.busca.contas()[0].id)[0].nome
    preferencias = PreferenciasPasta(True, pasta, conta, cobranca, registrar=True)
    watched.processar(preferencias)
    watched.processar(preferencias)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4])
