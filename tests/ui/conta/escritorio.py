"""An office with accounts, for the screen Conta Bancária and its pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bancointegra.banks.http import Timeouts
from bancointegra.bootstrap.demo import MemoryVault
from bancointegra.bootstrap.program import Program
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.itau import dac_conta
from bancointegra.simulator import SimulatedCredentials, Simulator
from bancointegra.system.paths import app_paths
from tests.end_to_end.office import nova_conta
from tests.new_data import new_data_file

CLIENT_ID = "5d0a7c1e-3b52-4a86-9f5c-2a6f0c3e8d11"


def open_program(folder: Path) -> Program:
    """The program on its own data, secrets in memory."""
    paths = app_paths({}, folder)
    new_data_file(paths.store_file)
    return Program(paths, vault=MemoryVault(), timeouts=Timeouts(connect=2, read=5), quem="Carla")


def criar_conta(program: Program, bank: Simulator, credentials: SimulatedCredentials, **changes: Any) -> ContaBancaria:
    """An account at the simulated bank, its digit computed."""
    nova = nova_conta(bank, credentials, **changes)
    dac = dac_conta(nova.agencia, nova.conta)
    return program.services.conta.criar(nova_conta(bank, credentials, **{**changes, "dac": dac}))
