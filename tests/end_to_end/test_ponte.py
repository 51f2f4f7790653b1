"""The program next door drops a file, or calls the command line, and gets its boletos: registered once, with PDFs."""

from __future__ import annotations

import json
import signal
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from bancointegra.cli import exit_codes
from bancointegra.simulator import Fault, Simulator
from bancointegra.ui.pasta.dialog import PastaDialog
from tests.end_to_end.clerk import Clerk
from tests.end_to_end.office import MNEMONICO, Office

SCRIPT = Path(__file__).with_name("killed_folder.py")
HEADER = "numero;vencimento;valor;sacado;documento;logradouro;bairro;cidade;uf;cep;id_externo"
SACADO = "JOÃO ÁVILA;529.982.247-25;Rua das Flores, 120;Centro;São Paulo;SP;01310-100"


def content(*numeros: int) -> str:
    day = date.today() + timedelta(days=20)
    return "\n".join([HEADER, *(f"{n};{day:%d/%m/%Y};1.250,00;{SACADO};ERP-{n}" for n in numeros)])


@pytest.fixture
def pasta(tmp_path: Path) -> Path:
    folder = tmp_path / "saída do ERP"
    folder.mkdir()
    return folder


def answer(pasta: Path, nome: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((pasta / f"{nome}.resultado.json").read_bytes())
    return read


def test_a_dropped_file_is_registered_and_answered_while_the_window_is_open(
    clerk: Clerk, bank: Simulator, pasta: Path, tmp_path: Path
) -> None:
    clerk.desk.pasta.choose()
    dialog = clerk.dialog(PastaDialog)
    clerk.qtbot.keyClick(dialog.active, Qt.Key.Key_Space)
    dialog.folder.setText(str(pasta))  # as the dialog of the folder does
    clerk.qtbot.keyClick(dialog.register, Qt.Key.Key_Space)
    (pasta / "notas de março.csv").write_text(content(7001, 7002), encoding="cp1252")
    clerk.click(dialog.confirm_button)
    clerk.wait(lambda: clerk.program.settings.pasta.ativa)
    clerk.wait(lambda: not clerk.desk.pasta.is_working)
    clerk.desk.pasta.look()
    clerk.wait(lambda: (pasta / "processados" / "notas de março.csv").exists())
    rows = answer(pasta, "notas de março.csv")["linhas"]
    assert [row["situacao"] for row in rows] == ["REGISTRADO"] * 2
    assert [bank.bank.registration_count(row["nosso_numero"]) for row in rows] == [1, 1]
    at_the_bank = {boleto["linha_digitavel"] for boleto in bank.bank.boletos()}
    assert {row["linha_digitavel"] for row in rows} == at_the_bank
    assert len({row["pdf"] for row in rows}) == 2
    assert all(Path(row["pdf"]).parent == tmp_path / "boletos" and Path(row["pdf"]).is_file() for row in rows)
    clerk.wait(lambda: clerk.desk.window.status.message == "notas de março.csv: 2 títulos novos.")


def test_the_same_by_the_command_line(office: Office, pasta: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "títulos.csv"
    sheet.write_text(f"{content(7001)}\n7002;31/02/2027;1,00;{SACADO};ERP-7002", encoding="utf-8")
    call = ("titulos", "importar", str(sheet), "--conta", MNEMONICO, "--registrar", "--pdf", "--json")
    done = office.cli(*call)
    assert done.returncode == exit_codes.PARTIAL
    good, bad = map(json.loads, done.stdout.splitlines())
    assert (good["situacao"], good["nosso_numero"], good["erro"]) == ("REGISTRADO", "00000001", "")
    assert Path(good["pdf"]).is_file()
    assert (bad["linha"], bad["resultado"], bad["erro"]) == (3, "recusado", "linha_errada")
    assert json.loads(office.cli(*call).stdout.splitlines()[0]) == {**good, "resultado": "existente"}

    (pasta / "pedido.csv").write_text(content(7001, 7003), encoding="utf-8")
    treat = ("pasta", "processar", "--pasta", str(pasta), "--conta", MNEMONICO, "--registrar", "--espera", "0")
    (treated,) = office.json_cli(*treat)
    assert (treated["completo"], treated["linhas"], treated["com_erro"]) == (True, 2, 0)
    first, second = answer(pasta, "pedido.csv")["linhas"]
    assert (first["nosso_numero"], first["pdf"]) == (good["nosso_numero"], good["pdf"])
    assert second["situacao"] == "REGISTRADO"
    assert len(office.bank.bank.boletos()) == 2


def test_a_lost_answer_is_told_and_completed(office: Office, pasta: Path) -> None:
    office.bank.bank.faults.inject(Fault(kind="status", phase="after", route="emissao", status=500))
    (pasta / "pedido.csv").write_text(content(7001), encoding="utf-8")
    treat = ("pasta", "processar", "--pasta", str(pasta), "--conta", MNEMONICO, "--registrar", "--espera", "0")
    assert office.cli(*treat).returncode == exit_codes.UNKNOWN_OUTCOME
    assert (answer(pasta, "pedido.csv")["completo"], answer(pasta, "pedido.csv")["linhas"][0]["a_confirmar"]) == (
        False,
        True,
    )
    assert office.cli(*treat).returncode == exit_codes.OK
    assert answer(pasta, "pedido.csv")["linhas"][0]["situacao"] == "REGISTRADO"
    assert len(office.bank.bank.boletos()) == 1


def test_a_program_killed_in_the_middle_of_a_file_finishes_it_at_the_next_start(office: Office, pasta: Path) -> None:
    (pasta / "pedido.csv").write_text(content(7001, 7002, 7003), encoding="utf-8")
    process = office.start_script(SCRIPT, "answered-not-stored", str(pasta), MNEMONICO)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL, errors
    assert not (pasta / "pedido.csv").exists()
    assert not (pasta / "pedido.csv.resultado.json").exists()

    treat = ("pasta", "processar", "--pasta", str(pasta), "--conta", MNEMONICO, "--registrar", "--espera", "0")
    assert office.cli(*treat).returncode == exit_codes.OK
    rows = answer(pasta, "pedido.csv")["linhas"]
    assert [row["situacao"] for row in rows] == ["REGISTRADO"] * 3
    assert len(office.bank.bank.boletos()) == 3
    assert all(office.bank.bank.registration_count(row["nosso_numero"]) == 1 for row in rows)
    assert (pasta / "processados" / "pedido.csv").exists()
