"""Programs that kill themselves at a chosen point of a payment; run by test_payments_killed.py.

One process reads what to do from stdin, a line each, and forks a program for it: so each death is a real one, and the
modules are loaded once.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from bancointegra.bootstrap.demo import MemoryVault
from bancointegra.bootstrap.payments import build_payment_services
from bancointegra.bootstrap.program import Program, program_paths
from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.files.office_files import OfficeFiles
from bancointegra.system.clock import SystemClock
from bancointegra.system.key_files import KeyFiles

REQUESTS = {"reservar": "reservar", "confirmar": "confirmar", "cancelar": "anular", "estornar": "estornar"}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Dying:
    """A journal or a provider; the process dies right before or right after its call of ``step``."""

    def __init__(self, real: Any, step: str, *, after: bool) -> None:
        self._real = real
        self._step = step
        self._after = after

    def for_conta(self, conta: ContaPagamento) -> Dying:
        return Dying(self._real.for_conta(conta), self._step, after=self._after)

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._real, name)
        if name != self._step:
            return real

        def call(*args: Any, **named: Any) -> None:
            if self._after:
                real(*args, **named)
            die()

        return call


def run(data: Path, secret: str, point: str, operation: str, pagamento_id: int) -> None:
    vault = MemoryVault()
    program = Program(program_paths(data), vault=vault)
    conta = program.services.pagamentos.busca.contas()[0]
    vault.set(f"{conta.client_id}/client_secret", secret)
    providers: Any = program.celcoin
    if point == "prepared":
        step = "prepare_reserva" if operation == "reservar" else "prepare"
        program.store.payment_journal = Dying(program.store.payment_journal, step, after=True)  # type: ignore[assignment]
    else:
        providers = Dying(providers, REQUESTS[operation], after=point == "answered-not-stored")
    services = build_payment_services(
        program.store,
        providers=providers,
        vault=vault,
        files=OfficeFiles(),
        instances=program._instances,
        clock=SystemClock(),
        quem="teste",
        folder=lambda: data / "boletos",
        certificados=KeyFiles(data / "certificados"),
    )
    getattr(services.pagamento, operation)(pagamento_id)


def main(data: Path, secret: str) -> None:
    for line in sys.stdin:
        point, operation, pagamento_id = line.split()
        child = os.fork()
        if child == 0:
            run(data, secret, point, operation, int(pagamento_id))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
