"""What goes wrong outside the program ends in a sentence and a status, with nothing lost and no traceback."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bancointegra.cli import exit_codes
from bancointegra.domain.conta import Hosts
from bancointegra.simulator import Simulator
from tests.end_to_end.office import CLIENT_ID, MNEMONICO, Office, open_office


def assert_sentence(result: subprocess.CompletedProcess[str], status: int, *words: str) -> None:
    said = result.stdout + result.stderr
    assert result.returncode == status, said
    assert "Traceback" not in said
    for word in words:
        assert word in said, said


def register(office: Office) -> subprocess.CompletedProcess[str]:
    return office.cli("titulos", "registrar", "--conta", MNEMONICO)


def assert_nothing_happened(office: Office) -> None:
    rows = office.json_cli("titulos", "listar", "--conta", MNEMONICO)
    assert {row["situacao"] for row in rows} == {"PENDENTE"}
    assert not any(row["a_confirmar"] for row in rows)
    assert office.bank.bank.boletos() == []


def test_wrong_client_secret(tmp_path: Path, bank: Simulator) -> None:
    office = open_office(tmp_path / "dados", bank, client_secret="errado")
    assert_sentence(register(office), exit_codes.CREDENTIAL, "ClientSecret")
    assert_nothing_happened(office)


def test_expired_certificate(tmp_path: Path, bank: Simulator) -> None:
    office = spoiled_office(tmp_path, bank, "expired")
    assert_sentence(register(office), exit_codes.CREDENTIAL, "venceu em")
    assert_nothing_happened(office)


def test_foreign_certificate(tmp_path: Path, bank: Simulator) -> None:
    office = spoiled_office(tmp_path, bank, "foreign")
    assert_sentence(register(office), exit_codes.CREDENTIAL, "certificado")
    assert_nothing_happened(office)


def test_certificate_of_another_client(tmp_path: Path, bank: Simulator) -> None:
    """The pair is changed on disk after the account was made, as somebody copying files would."""
    office = open_office(tmp_path / "dados", bank)
    other = bank.credentials.wrong_name(CLIENT_ID)
    with office.program() as program:
        conta = program.services.busca.contas()[0]
        Path(conta.certificate_path).write_bytes(other.certificate_pem)
    assert_sentence(register(office), exit_codes.CREDENTIAL, "certificado")
    assert_nothing_happened(office)


def test_wrong_host(tmp_path: Path, bank: Simulator) -> None:
    hosts = Hosts(bank.hosts.token, bank.hosts.consulta, bank.hosts.consulta)
    office = open_office(tmp_path / "dados", bank, hosts=hosts)
    result = register(office)
    assert "Traceback" not in result.stderr
    assert result.returncode != exit_codes.OK
    assert_nothing_happened(office)


def test_no_network(tmp_path: Path) -> None:
    with Simulator(tmp_path / "banco") as bank:
        office = open_office(tmp_path / "dados", bank)
    assert_sentence(register(office), exit_codes.UNAVAILABLE, "internet")


def test_wrong_master_password(office: Office) -> None:
    office.environ["BANCOINTEGRA_SENHA_MESTRA"] = "outra senha qualquer"
    assert_sentence(register(office), exit_codes.CREDENTIAL, "senha")
    assert_nothing_happened(office)


def test_data_of_a_newer_version(office: Office) -> None:
    store = office.folder / "bancointegra.sqlite3"
    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert_sentence(register(office), exit_codes.LOCAL, "versão mais nova")


def test_damaged_data(office: Office) -> None:
    store = office.folder / "bancointegra.sqlite3"
    store.write_bytes(b"nada que um banco de dados entenda" * 200)
    assert_sentence(register(office), exit_codes.LOCAL, "danificado")


def test_locked_data(tmp_path: Path, bank: Simulator) -> None:
    office = open_office(tmp_path / "dados", bank, titulos=1)
    connection = sqlite3.connect(office.folder / "bancointegra.sqlite3", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        result = register(office)
    finally:
        connection.execute("ROLLBACK")
        connection.close()
    assert_sentence(result, exit_codes.PARTIAL, "em uso por outro programa")
    assert_nothing_happened(office)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few hundred kilobytes."""
    folder = tmp_path / "disco pequeno"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("needs the right to mount a file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_disk_full_for_the_pdf_keeps_the_registration(office: Office, small_disk: Path) -> None:
    (small_disk / "cheio").write_bytes(b"x" * (small_disk_free(small_disk) - 8192))
    result = office.cli(
        "titulos", "registrar", "--conta", MNEMONICO, "--titulo", "1001/1", "--pdf", "--pasta", str(small_disk)
    )
    assert_sentence(result, exit_codes.LOCAL, "Registrado no banco, mas o PDF não foi gerado", "disco")
    assert len(office.bank.bank.boletos()) == 1
    assert [path.name for path in small_disk.iterdir()] == ["cheio"]


def test_disk_full_for_the_data_sends_nothing(office: Office, small_disk: Path) -> None:
    shutil.copytree(office.folder, small_disk / "dados", dirs_exist_ok=True)
    office.folder = small_disk / "dados"
    with (small_disk / "cheio").open("wb", buffering=0) as filler:
        try:
            while filler.write(b"x" * 4096):
                pass
        except OSError:
            pass
    result = register(office)
    assert "Traceback" not in result.stderr
    assert result.returncode != exit_codes.OK
    assert "espaço" in result.stdout + result.stderr
    assert office.bank.bank.boletos() == []


def test_pdf_folder_that_cannot_be_written(office: Office, tmp_path: Path) -> None:
    file_in_the_way = tmp_path / "arquivo"
    file_in_the_way.write_text("não é uma pasta")
    result = office.cli(
        "titulos", "registrar", "--conta", MNEMONICO, "--titulo", "1001/1", "--pdf", "--pasta",
        str(file_in_the_way / "boletos"),
    )  # fmt: skip
    assert_sentence(result, exit_codes.LOCAL, "Registrado no banco, mas o PDF não foi gerado")
    assert len(office.bank.bank.boletos()) == 1


def test_unknown_account_and_unknown_status(office: Office) -> None:
    assert_sentence(office.cli("titulos", "listar", "--conta", "NAO-EXISTE"), exit_codes.USAGE, "mnemônico", MNEMONICO)
    assert_sentence(
        office.cli("titulos", "listar", "--conta", MNEMONICO, "--status", "quitado"), exit_codes.USAGE, "pendente"
    )
    assert_sentence(
        office.cli("titulos", "registrar", "--conta", MNEMONICO, "--status", "liquidado"), exit_codes.USAGE, "LIQUIDADO"
    )


def spoiled_office(tmp_path: Path, bank: Simulator, how: str) -> Office:
    """An account whose certificate is right in name but not accepted by the bank."""
    good = bank.provision(client_id=CLIENT_ID)
    bad = getattr(bank.credentials, how)(good.client_id)
    return open_office(
        tmp_path / "dados",
        bank,
        credentials=good,
        certificate=bad.certificate_pem,
        key=bad.key_pem,
    )


def small_disk_free(folder: Path) -> int:
    stat = os.statvfs(folder)
    return stat.f_bavail * stat.f_frsize
