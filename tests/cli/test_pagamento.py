"""``bancointegra pagamento`` as a script uses it: JSON, statuses, and a secret that is never printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bancointegra.cli.main import main
from bancointegra.simulator import Fault, Simulator
from tests.end_to_end.office import Office

FICHA = "00197.70007 00000.000018 00000.000000 1 00000000000000"
ALTERAVEL = "23797700070000000002600000000000100000000000000"
VENCIDA_DEMAIS = "75697700060000000007500000000000100000000000000"

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with Simulator(tmp_path_factory.mktemp("banco")) as simulator:
        yield simulator


@pytest.fixture
def run(tmp_path: Path, bank: Simulator, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """One command: its status, its JSON lines, what it wrote to stderr. An account is there."""
    office = Office(tmp_path / "dados", bank)
    for name, value in office.environ.items():
        monkeypatch.setenv(name, value)
    credentials = bank.provision_celcoin()
    secret = tmp_path / "segredo"
    secret.write_text(credentials.client_secret, encoding="utf-8")

    def command(*args: str) -> tuple[int, list[dict[str, Any]], str]:
        status = main(["--dados", str(office.folder), "pagamento", *args, "--json"])
        said = capsys.readouterr()
        assert credentials.client_secret not in said.out + said.err
        return status, [json.loads(line) for line in said.out.splitlines()], said.err

    status, (saved,), _ = command(
        "conta", "salvar", "celcoin", "--client-id", credentials.client_id, "--documento", "11.222.333/0001-81",
        "--nome", "EMPRESA EXEMPLO LTDA", "--servidor", bank.hosts.celcoin, "--raiz", str(bank.ca_path),
        "--segredo-de", str(secret), "--limite-pagamento", "1.000,00",
    )  # fmt: skip
    assert (status, saved["mnemonico"], saved["limite_pagamento"]) == (0, "CELCOIN", "1000.00")
    return command


def test_from_the_account_to_the_receipt(run: Run) -> None:
    assert run("conta", "testar", "celcoin")[:2] == (0, [{"ok": True, "saldo": "100000.00"}])
    _, (consulted,), _ = run("consultar", FICHA)
    assert (consulted["situacao"], consulted["valor"]) == ("Consultado", "150.00")
    status, (reserved,), _ = run("pagar", FICHA)
    assert (status, reserved["situacao"], reserved["desfecho"]) == (0, "Aguardando confirmação", "confirmada")
    status, (paid,), _ = run("confirmar", str(reserved["id"]))
    assert (status, paid["situacao"]) == (0, "Pago")
    status, (again,), _ = run("pagar", FICHA, "--confirmar", "--de-novo")
    assert (status, again["erro"]) == (1, "paga_hoje")
    status, (given_up,), _ = run("pagar", ALTERAVEL, "--valor", "12,50")
    assert (status, given_up["valor"]) == (0, "12.50")
    assert run("cancelar", str(given_up["id"]))[1][0]["situacao"] == "Cancelado"
    assert [row["situacao"] for row in run("listar", "--status", "pago,cancelado")[1]] == ["Pago", "Cancelado"]


def test_statuses_tell_a_script_what_happened(run: Run, bank: Simulator) -> None:
    assert run("consultar", VENCIDA_DEMAIS)[0] == 1
    assert run("consultar", "123")[0] == 2
    bank.bank.faults.inject(Fault("dropped_connection", phase="after", route="celcoin_reserva"))
    status, (doubtful,), _ = run("pagar", FICHA, "--confirmar")
    assert (status, doubtful["situacao"], doubtful["desfecho"]) == (3, "A CONFIRMAR", "a_confirmar")
    status, (found,), _ = run("verificar")
    assert (status, found["situacao"]) == (0, "Aguardando confirmação")
    status, rows, _ = run("convenios", "águas do rio")
    assert (status, [row["nome"] for row in rows]) == (0, ["AGUAS DO RIO 4 RJ"])
    assert run("ocorrencias")[:2] == (0, [])
