"""An office for end-to-end tests: a data folder with one account at the simulated bank and some títulos."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bancointegra.banks.http import Timeouts
from bancointegra.bootstrap.demo import sample_titulos
from bancointegra.bootstrap.program import Program, open_program, program_paths
from bancointegra.domain.conta import Ambiente, Beneficiario, Endereco, Hosts
from bancointegra.domain.documentos import Documento
from bancointegra.domain.titulo import HistoryEntry, TituloFilter, TituloSort
from bancointegra.services.conta import NovaConta
from bancointegra.simulator import SimulatedCredentials, Simulator
from bancointegra.system.encrypted_vault import EncryptedFileVault
from bancointegra.system.vault import vault_file
from tests.new_data import new_data_file
from tests.program_starter import ROOT, program_starter

MNEMONICO = "ITAU-MATRIZ"
CLIENT_ID = "7c1b7a0e-54f2-4b58-9a7f-1f5d3c2b6a90"
READ_TIMEOUT = 1.0
QUICK_SCRYPT = 2**10
MASTER_PASSWORD = "uma senha mestra de teste"


class Office:
    """The clerk's data in ``folder``; each ``program`` or ``cli`` call is one start of the program.

    ``titulo_ids`` are those of the first títulos.
    """

    def __init__(self, folder: Path, bank: Simulator) -> None:
        self.folder = folder
        self.bank = bank
        self.titulo_ids: tuple[int, ...] = ()
        # The cost of guessing the password is not what is tested here; the vault remembers it in its header.
        folder.mkdir(parents=True)
        new_data_file(program_paths(folder).store_file)
        EncryptedFileVault(vault_file(folder), MASTER_PASSWORD, scrypt_n=QUICK_SCRYPT).set("teste", "teste")
        self.environ = os.environ | {
            "BANCOINTEGRA_SENHA_MESTRA": MASTER_PASSWORD,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
        }

    @contextmanager
    def program(self) -> Iterator[Program]:
        """The program in this process."""
        program = open_program(
            self.folder, ask_password=lambda: MASTER_PASSWORD, timeouts=Timeouts(connect=2, read=READ_TIMEOUT)
        )
        try:
            yield program
        finally:
            program.close()

    def cli(self, *args: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        """One command in a process of its own."""
        return program_starter().run(["--dados", str(self.folder), *args], self.environ, stdin)

    def json_cli(self, *args: str) -> list[dict[str, Any]]:
        """The JSON objects a command prints."""
        return [json.loads(line) for line in self.cli(*args, "--json").stdout.splitlines()]

    def start_script(self, script: Path, *args: str) -> subprocess.Popen[str]:
        """A test script on this data, in a process that may be killed."""
        return subprocess.Popen(
            [sys.executable, str(script), str(self.folder), *args],
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def open_office(
    folder: Path, bank: Simulator, *, titulos: int = 3, credentials: SimulatedCredentials | None = None, **conta: Any
) -> Office:
    """Create the account (fields may be replaced by keyword) and its first títulos."""
    office = Office(folder, bank)
    credentials = credentials or bank.provision(client_id=CLIENT_ID)
    with office.program() as program:
        stored = program.services.conta.criar(nova_conta(bank, credentials, **conta))
        tipo = program.services.busca.tipos_cobranca(stored.id)[0]
        entry = HistoryEntry(program.clock.now(), "Título de teste")
        hoje = program.clock.today()
        novos = [replace(novo, vencimento=hoje) for novo in sample_titulos(hoje)[:titulos]]
        program.store.titulos.add_many(stored.id, tipo.id, novos, entry)
        office.titulo_ids = program.services.busca.ids(TituloFilter(stored.id), TituloSort.TITULO, False)
    return office


def nova_conta(bank: Simulator, credentials: SimulatedCredentials, **changes: Any) -> NovaConta:
    """An account at the simulated bank."""
    fields: dict[str, Any] = {
        "mnemonico": MNEMONICO,
        "agencia": "1500",
        "conta": "05206",
        "dac": "1",
        "carteira": "109",
        "beneficiario": Beneficiario(
            "EMPRESA EXEMPLO LTDA",
            Documento("11222333000181"),
            Endereco("Rua das Palmeiras, 341", "Centro", "São Paulo", "SP", "01310100"),
        ),
        "ambiente": Ambiente.SIMULACAO,
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret,
        "certificate": credentials.certificate_pem,
        "key": credentials.key_pem,
        "hosts": Hosts(bank.hosts.token, bank.hosts.emissao, bank.hosts.consulta),
        "ca_path": str(bank.ca_path),
    }
    return NovaConta(**(fields | changes))
