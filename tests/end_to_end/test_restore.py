"""A copy is restored, in the window and by the command line, and the bank has one boleto for each título."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bancointegra.cli import exit_codes
from bancointegra.cli.main import main
from bancointegra.domain.copia import MotivoCopia
from bancointegra.domain.situacao import Situacao
from tests.end_to_end.office import MASTER_PASSWORD, Office

SCRIPT = Path(__file__).with_name("restoring_window.py")


def time_passes(office: Office) -> None:
    """The hour from which the bank surely shows what was sent has come."""
    with closing(sqlite3.connect(office.folder / "bancointegra.sqlite3")) as connection, connection:
        connection.execute("UPDATE conferencia SET nao_antes = '2020-01-01 00:00:00.000000'")


def test_what_was_registered_after_the_copy_is_not_registered_again(office: Office) -> None:
    with office.program() as program:
        copy = program.services.copia.fazer(MotivoCopia.A_PEDIDO).path
        ids = [1, 2, 3]
        for titulo_id in ids:
            program.services.registro.registrar(titulo_id, gerar_pdf=False)
    assert len(office.bank.bank.boletos()) == 3

    process = office.start_script(SCRIPT, str(copy))
    shown, errors = process.communicate(timeout=100)
    assert process.returncode == 0, errors
    assert shown.startswith("Cópia restaurada. 1 conta não registra até")

    with office.program() as program:
        held = [program.services.registro.registrar(titulo_id, gerar_pdf=False) for titulo_id in ids]
        assert {resultado.codigo for resultado in held} == {"conta_a_conferir"}
        time_passes(office)
        found = program.services.reconciliacao.verificar_todas()
        assert [resultado.titulo_id for resultado in found] == ids
        titulos = [program.services.busca.titulo(titulo_id) for titulo_id in ids]
        assert {titulo.situacao for titulo in titulos} == {Situacao.REGISTRADO}
        numbers = [titulo.boleto.nosso_numero for titulo in titulos if titulo.boleto]
        assert [office.bank.bank.registration_count(number) for number in numbers] == [1, 1, 1]
        motivos = {copia.nome.motivo for copia in program.services.copia.catalogo.listar()}
        assert motivos == {MotivoCopia.A_PEDIDO, MotivoCopia.ANTES_DE_RESTAURAR, MotivoCopia.AO_FECHAR}
    assert len(office.bank.bank.boletos()) == 3


def test_the_command_line_restores_only_when_told_twice_and_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BANCOINTEGRA_SENHA_MESTRA", MASTER_PASSWORD)

    def run(*args: str) -> tuple[int, str, str]:
        status = main(["--dados", str(office.folder), "copia", *args])
        return status, *capsys.readouterr()

    made: dict[str, Any] = json.loads(run("fazer", "--json")[1])
    [listed] = run("listar", "--json")[1].splitlines()
    assert json.loads(listed)["titulos"] == {"PENDENTE": 3}
    status, _, errors = run("restaurar", made["arquivo"])
    assert (status, "--sim" in errors) == (exit_codes.USAGE, True)
    with office.program():
        status, _, errors = run("restaurar", made["arquivo"], "--sim")
    assert (status, "Outro BancoIntegra está trabalhando" in errors) == (exit_codes.PARTIAL, True)
    assert run("restaurar", made["arquivo"], "--sim")[:2] == (exit_codes.OK, "Cópia restaurada.\n")
