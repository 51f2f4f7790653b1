"""The program on the simulated bank, with sample data: what ``bancointegra demo`` opens."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from bancointegra.bootstrap.demo_payments import fill_payments
from bancointegra.bootstrap.program import Program
from bancointegra.domain.boleto import Sacado
from bancointegra.domain.conta import Ambiente, Beneficiario, ContaBancaria, Endereco, Hosts
from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.documentos import Documento
from bancointegra.domain.encargos import Encargos, Juros, Multa, TipoJuros, TipoMulta
from bancointegra.domain.pagamento import PagamentoFilter
from bancointegra.domain.reais import Reais
from bancointegra.domain.titulo import HistoryEntry, NovoTitulo, TituloFilter, TituloSort
from bancointegra.services.conta import NovaConta
from bancointegra.simulator import Simulator
from bancointegra.system.paths import AppPaths, app_paths, resources_dir

MNEMONICO = "ITAU-MATRIZ"
CELCOIN = "CELCOIN"
_CELCOIN_ID = "0c4a6c1d-77b2-4f0e-9a25-3d1f8e6b5a42"
_CLIENT_ID = "5d0a7c1e-3b52-4a86-9f5c-2a6f0c3e8d11"
_BENEFICIARIO = Beneficiario(
    "EMPRESA EXEMPLO LTDA",
    Documento("11222333000181"),
    Endereco("Rua das Palmeiras, 341", "Centro", "São Paulo", "SP", "01310100"),
)
_ENCARGOS = Encargos(
    multa=Multa(TipoMulta.PERCENTUAL, percentual=Decimal(2)),
    juros=Juros(TipoJuros.PERCENTUAL_AO_MES, percentual=Decimal(1)),
)
_ALREADY_REGISTERED = 14
_PAID = 4
_WRITTEN_OFF = 1


def demo_folder(data: Path | None) -> Path:
    """Where the demo keeps its things when nobody says: beside the real data, never in it."""
    return app_paths(os.environ, data).data / "demonstracao"


class MemoryVault:
    """``Vault`` that ends with the program: the simulated bank hands out its secrets again at each start."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self._secrets.get(name)

    def set(self, name: str, secret: str) -> None:
        self._secrets[name] = secret

    def delete(self, name: str) -> None:
        self._secrets.pop(name, None)


class Demo:
    """A simulated bank and a program that knows it, both in ``folder``; closing keeps their data for the next time.

    ``quem`` is the name in the history of the títulos, the user's when empty; ``samples`` limits the títulos of the
    first time, and leaves out the payments; without ``logs`` what happens goes to the log of the program around it;
    ``on_bank_time`` the program goes by the simulated bank's clock, which can be moved.
    """

    def __init__(
        self,
        folder: Path,
        *,
        latency: float = 0.0,
        quem: str = "",
        samples: int | None = None,
        logs: bool = True,
        on_bank_time: bool = False,
    ) -> None:
        self.simulator = Simulator(folder / "banco", latency=latency)
        self._paths = _demo_paths(folder)
        self._quem, self._samples, self._logs = quem, samples, logs
        self._on_bank_time = on_bank_time
        self._program: Program | None = None

    def open(self) -> Program:
        """Start the bank and the program; the first time also makes the account and the sample títulos."""
        self.simulator.start()
        return self.reopen()

    def reopen(self) -> Program:
        """The program once more, while the bank goes on: after a copy was restored."""
        clock = self.simulator.bank.clock if self._on_bank_time else None
        self._program = Program(self._paths, vault=MemoryVault(), quem=self._quem, logs=self._logs, clock=clock)
        conta = self._connect(self._program)
        if not self._program.services.busca.totais(TituloFilter(conta.id)).quantidade:
            self._fill(self._program, conta)
        if self._samples is None:
            _fill_payments(self._program)
        return self._program

    def close(self) -> None:
        if self._program is not None:
            self._program.close()
        self.simulator.stop()

    def _connect(self, program: Program) -> ContaBancaria:
        """The account with this run's addresses: the simulated bank listens on another port each time."""
        credentials = self.simulator.provision(
            client_id=_CLIENT_ID, nome=_BENEFICIARIO.nome, documento=_BENEFICIARIO.documento.numero
        )
        hosts = self.simulator.hosts
        nova = NovaConta(
            mnemonico=MNEMONICO,
            agencia="1500",
            conta="05206",
            dac="1",
            carteira="109",
            beneficiario=_BENEFICIARIO,
            ambiente=Ambiente.SIMULACAO,
            client_id=credentials.client_id,
            client_secret=credentials.client_secret,
            certificate=credentials.certificate_pem,
            key=credentials.key_pem,
            encargos_padrao=_ENCARGOS,
            hosts=Hosts(token=hosts.token, emissao=hosts.emissao, consulta=hosts.consulta),
            ca_path=str(self.simulator.ca_path),
        )
        self._connect_celcoin(program)
        known = program.store.contas.by_mnemonico(MNEMONICO)
        return program.services.conta.renovar_credenciais(known, nova) if known else program.services.conta.criar(nova)

    def _connect_celcoin(self, program: Program) -> None:
        """The account that pays bills, likewise."""
        credentials = self.simulator.provision_celcoin(client_id=_CELCOIN_ID)
        known = program.services.pagamentos.conta.por_mnemonico(CELCOIN)
        conta = ContaPagamento(
            id=known.id if known else 0,
            mnemonico=CELCOIN,
            ambiente=Ambiente.SIMULACAO,
            client_id=credentials.client_id,
            pagador=_BENEFICIARIO.documento,
            nome=_BENEFICIARIO.nome,
            terminal="demonstracao",
            host=self.simulator.hosts.celcoin,
            ca_path=str(self.simulator.ca_path),
        )
        program.services.pagamentos.conta.salvar(conta, credentials.client_secret)

    def _fill(self, program: Program, conta: ContaBancaria) -> None:
        """Sample títulos, some of them already through the bank: registered, paid, written off."""
        tipo = program.services.busca.tipos_cobranca(conta.id)[0]
        entry = HistoryEntry(program.clock.now(), "Título de exemplo", "", "demonstração")
        novos = sample_titulos(program.clock.today())[: self._samples]
        program.store.titulos.add_many(conta.id, tipo.id, novos, entry)
        ids = program.services.busca.ids(TituloFilter(conta.id), TituloSort.TITULO, descending=False)
        registered = ids[1 : 4 * _ALREADY_REGISTERED : 4]
        for titulo_id in registered:
            program.services.registro.registrar(titulo_id, gerar_pdf=False)
        numbers = [_nosso_numero(program, titulo_id) for titulo_id in registered]
        for number in numbers[:_PAID]:
            self.simulator.bank.pay(number)
        for number in numbers[_PAID : _PAID + _WRITTEN_OFF]:
            self.simulator.bank.write_off(number)
        for titulo_id in registered[: _PAID + _WRITTEN_OFF]:
            program.services.consulta.consultar(titulo_id)


def _fill_payments(program: Program) -> None:
    """Sample payments, where there are none yet."""
    services = program.services.pagamentos
    conta = services.conta.por_mnemonico(CELCOIN)
    if conta is not None and not services.busca.totais(PagamentoFilter(conta.id)).quantidade:
        fill_payments(services, conta.id)


def sample_titulos(hoje: date) -> Sequence[NovoTitulo]:
    """The sample títulos, their dates counted from ``hoje``."""
    with (resources_dir() / "demo" / "titulos.csv").open(encoding="utf-8", newline="") as file:
        return [_sample(row, hoje) for row in csv.DictReader(file, delimiter=";")]


def _sample(row: dict[str, str], hoje: date) -> NovoTitulo:
    endereco = Endereco(row["logradouro"], row["bairro"], row["cidade"], row["uf"], row["cep"])
    return NovoTitulo(
        numero=row["numero"],
        parcela=row["parcela"],
        sacado=Sacado(row["sacado"], Documento.parse(row["documento"]), endereco),
        emissao=hoje + timedelta(days=int(row["emissao_em_dias"])),
        vencimento=hoje + timedelta(days=int(row["vencimento_em_dias"])),
        valor=Reais.parse(row["valor"]),
        encargos=_ENCARGOS,
    )


def _nosso_numero(program: Program, titulo_id: int) -> str:
    boleto = program.store.titulos.get(titulo_id).boleto
    if boleto is None:
        raise RuntimeError("the simulated bank refused a sample título")
    return boleto.nosso_numero


def _demo_paths(folder: Path) -> AppPaths:
    return replace(app_paths({}, folder / "dados"), default_boleto_folder=(folder / "boletos").absolute())
