"""The whole path by the command line: no account, no certificate, no título; at the end a boleto is paid."""

from __future__ import annotations

import csv
import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest

from bancointegra.simulator import Simulator
from tests.end_to_end.office import Office

HOJE = date.today()
CONTA = ("--conta", "ITAU")
ONE = (*CONTA, "--titulo", "1001/1")


@pytest.fixture
def machine(tmp_path: Path, bank: Simulator) -> Office:
    """Nothing but the program."""
    return Office(tmp_path / "dados", bank)


def test_from_nothing_to_a_paid_boleto(machine: Office, bank: Simulator, tmp_path: Path) -> None:
    client_id = str(uuid.uuid4())
    bank.register(client_id)
    open_account(machine, bank, client_id)

    sheet = tmp_path / "titulos.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(
            [
                "numero",
                "parcela",
                "vencimento",
                "valor",
                "sacado",
                "documento",
                "logradouro",
                "bairro",
                "cidade",
                "uf",
                "cep",
            ]
        )
        writer.writerow(
            ["1001", "1", f"{HOJE:%d/%m/%Y}", "1.250,00", "MERCADO AURORA LTDA", "94.920.084/0001-25",
             "Avenida Paulista, 1317", "Bela Vista", "São Paulo", "SP", "01310-100"]
        )  # fmt: skip
    (imported,) = machine.json_cli("titulos", "importar", str(sheet), *CONTA)
    assert (imported["linha"], imported["resultado"], imported["situacao"]) == (2, "novo", "PENDENTE")

    (registered,) = machine.json_cli("titulos", "registrar", *ONE, "--pdf", "--pasta", str(tmp_path / "boletos"))
    assert registered["situacao"] == "REGISTRADO"
    assert Path(registered["pdf"]).is_file()

    novo = HOJE + timedelta(days=5)
    (changed,) = machine.json_cli("titulos", "alterar", *ONE, "--vencimento", novo.isoformat())
    assert changed["vencimento"] == novo.isoformat()
    assert changed["linha_digitavel"] == bank.bank.boletos()[0]["linha_digitavel"] != registered["linha_digitavel"]

    protesto = (HOJE + timedelta(days=20)).isoformat()
    (protested,) = machine.json_cli("titulos", "protestar", *ONE, "--data", protesto, "--escritorio", "Exemplo")
    assert protested["situacao"] == "PROTESTADO"
    (taken_back,) = machine.json_cli(
        "titulos", "cancelar-protesto", *ONE, "--data", HOJE.isoformat(), "--motivo", "acordo"
    )
    assert taken_back["situacao"] == "CANCELAMENTO ENVIADO"
    (queried,) = machine.json_cli("titulos", "consultar", *ONE)
    assert queried["situacao"] == "REGISTRADO"

    (written_off,) = machine.json_cli("titulos", "baixar", *ONE)
    assert written_off["situacao"] == "BAIXADO"
    (again,) = machine.json_cli("titulos", "registrar", *ONE, "--status", "baixado")
    assert (again["situacao"], again["nosso_numero"]) == ("REGISTRADO", "00000002")
    bank.bank.pay("00000002")
    (paid,) = machine.json_cli("titulos", "consultar", *ONE)
    assert (paid["situacao"], paid["valor_pago"]) == ("LIQUIDADO", "1250.00")
    assert [bank.bank.registration_count(number) for number in ("00000001", "00000002")] == [1, 1]


def open_account(machine: Office, bank: Simulator, client_id: str) -> None:
    hosts = bank.hosts
    machine.json_cli(
        "conta", "salvar", "ITAU", "--agencia", "1500", "--conta", "05206", "--dac", "1", "--nome", "EMPRESA EXEMPLO",
        "--documento", "11.222.333/0001-81", "--logradouro", "Rua das Palmeiras, 341", "--bairro", "Centro",
        "--cidade", "São Paulo", "--uf", "SP", "--cep", "01310-100", "--ambiente", "simulacao",
        "--client-id", client_id, "--raiz", str(bank.ca_path), "--servidor-token", hosts.token,
        "--servidor-emissao", hosts.emissao, "--servidor-consulta", hosts.consulta,
    )  # fmt: skip
    machine.cli("certificado", "gerar", *CONTA)
    tested = machine.cli("certificado", "solicitar", *CONTA, stdin=f"{bank.temporary_token(client_id)}\n")
    assert tested.returncode == 0, tested.stderr
