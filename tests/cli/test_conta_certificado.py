"""``bancointegra conta`` and ``certificado`` as a script uses them: processes of their own, secrets through stdin."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from bancointegra.simulator import Simulator
from tests.end_to_end.office import Office

FIELDS = (
    "--agencia", "1500", "--conta", "05206", "--dac", "1", "--nome", "EMPRESA EXEMPLO LTDA",
    "--documento", "11.222.333/0001-81", "--logradouro", "Rua das Palmeiras, 341", "--bairro", "Centro",
    "--cidade", "São Paulo", "--uf", "sp", "--cep", "01310-100", "--ambiente", "simulacao",
)  # fmt: skip


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with Simulator(tmp_path_factory.mktemp("banco")) as simulator:
        yield simulator


@pytest.fixture
def office(tmp_path: Path, bank: Simulator) -> Office:
    return Office(tmp_path / "dados", bank)


def fields_for(bank: Simulator, client_id: str) -> tuple[str, ...]:
    hosts = bank.hosts
    return (
        *FIELDS, "--client-id", client_id, "--raiz", str(bank.ca_path), "--servidor-token", hosts.token,
        "--servidor-emissao", hosts.emissao, "--servidor-consulta", hosts.consulta,
    )  # fmt: skip


def test_from_an_empty_machine_to_a_working_account(office: Office, bank: Simulator, tmp_path: Path) -> None:
    client_id = str(uuid.uuid4())
    bank.register(client_id)
    (saved,) = office.json_cli("conta", "salvar", "itau", *fields_for(bank, client_id))
    assert (saved["mnemonico"], saved["certificado"], saved["cobranca"]) == ("ITAU", None, ["BOLETO ITAÚ"])
    assert office.cli("conta", "testar", "itau").returncode == 4

    made = office.cli("certificado", "gerar", "--conta", "itau")
    assert made.stdout.startswith("-----BEGIN CERTIFICATE REQUEST-----")
    token = bank.temporary_token(client_id)
    tested = office.cli("certificado", "solicitar", "--conta", "itau", stdin=f"{token}\n")
    assert (tested.returncode, tested.stdout.count("ok ")) == (0, 3), tested.stderr
    (shown,) = office.json_cli("certificado", "mostrar", "--conta", "itau")
    assert (shown["certificado"]["cn"], shown["certificado"]["dias"], shown["pedido"]) == (client_id, 364, None)

    (tmp_path / "senha").write_text("uma senha\n", encoding="utf-8")
    copies = office.json_cli(
        "certificado",
        "exportar",
        "--conta",
        "itau",
        "--pasta",
        str(tmp_path / "c"),
        "--senha-de",
        str(tmp_path / "senha"),
    )
    assert [Path(copy["arquivo"]).suffix for copy in copies] == [".key", ".csr", ".crt", ".pfx"]
    too_early = office.cli("certificado", "renovar", "--conta", "itau")
    assert (too_early.returncode, "Ainda é cedo" in too_early.stderr) == (1, True)

    secret = bank.bank.clients.secret(client_id)
    assert secret is not None
    everything = "".join(run.stdout + run.stderr for run in (made, tested, office.cli("conta", "mostrar", "itau")))
    assert "tem_client_secret: sim" in everything
    assert secret not in everything
    assert token not in everything
    for path in office.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert secret.encode() not in content
            assert token.encode() not in content
            assert b"BEGIN PRIVATE KEY" not in content


def test_importing_what_is_on_disk_and_renewing_it(office: Office, bank: Simulator, tmp_path: Path) -> None:
    credentials = bank.provision(client_id=str(uuid.uuid4()), valid_days=20)
    office.cli("conta", "salvar", "itau", *fields_for(bank, credentials.client_id))
    crt, key = tmp_path / "a.crt", tmp_path / "a.key"
    crt.write_bytes(f"Secret: {credentials.client_secret}\n".encode() + credentials.certificate_pem)
    key.write_bytes(credentials.key_pem)
    done = office.cli("certificado", "importar", "--conta", "itau", "--certificado", str(crt), "--chave", str(key))
    assert (done.returncode, "vence em 19 dias" in done.stderr) == (0, True), done.stderr
    assert [passo["ok"] for passo in office.json_cli("conta", "testar", "itau")] == [True] * 3
    (renewed,) = office.json_cli("certificado", "renovar", "--conta", "itau")
    assert renewed["certificado"]["dias"] == 364


def test_what_is_wrong_is_said_with_its_status(office: Office, bank: Simulator, tmp_path: Path) -> None:
    program, film = tmp_path / "setup.exe", tmp_path / "filme.crt"
    program.write_bytes(b"MZ" + bytes(1000))
    film.write_bytes(bytes(2_000_000))
    office.cli("conta", "salvar", "itau", *fields_for(bank, "0b3c"), "--segredo-de", "-", stdin="7f1c-55\n")
    for command, status, words in (
        (("conta", "salvar", "outra", *FIELDS, "--dac", "7"), 2, "não confere"),
        (("conta", "mostrar", "nenhuma"), 2, "Não há conta"),
        (("certificado", "importar", "--conta", "itau"), 2, "Falta escolher o certificado"),
        (("certificado", "importar", "--conta", "itau", "--certificado", str(program)), 2, "é um programa"),
        (("certificado", "importar", "--conta", "itau", "--certificado", str(film)), 2, "grande demais"),
        (("certificado", "importar", "--conta", "itau", "--pfx", "não-há.pfx"), 2, "Não foi possível ler"),
        (("certificado", "solicitar", "--conta", "itau"), 1, "não tem pedido"),
        (("certificado", "renovar", "--conta", "itau"), 4, "não tem certificado"),
        (("certificado", "exportar", "--conta", "itau", "--pasta", str(tmp_path)), 4, "não tem certificado"),
    ):
        run = office.cli(*command)
        assert (run.returncode, words in run.stderr, run.stdout) == (status, True, ""), run.stderr
        assert "Traceback" not in run.stderr
    assert office.cli("certificado", "descartar", "--conta", "itau").stdout == "Não havia pedido em andamento.\n"
    (listed,) = [json.loads(line) for line in office.cli("conta", "listar", "--json").stdout.splitlines()]
    assert listed["client_id"] == "0b3c"
    assert "tem_client_secret: sim" in office.cli("conta", "mostrar", "itau").stdout
