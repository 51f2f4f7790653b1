"""A request under way on disk: whole after each step, and nothing readable without the passphrase."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bancointegra.domain.certificado import CertificadoRecebido, DadosCertificado, EstadoFluxo, Passo
from bancointegra.domain.errors import CredentialError, RuleError, StoreError
from bancointegra.system.certificate_requests import CertificateRequestFiles
from tests.builders import NOW
from tests.pairs import CLIENT_ID, make_pair

PASSPHRASE = "uma senha longa e aleatória"
ESTADO = EstadoFluxo(7, Passo.ENVIO, DadosCertificado(CLIENT_ID, "Empresa", "Santos", "SP"), NOW, csr_pem=b"CSR")


@pytest.fixture
def requests(tmp_path: Path) -> CertificateRequestFiles:
    return CertificateRequestFiles(tmp_path / "pedidos")


def test_a_request_comes_back_whole(requests: CertificateRequestFiles, tmp_path: Path) -> None:
    assert requests.get(7) is None
    for estado in (ESTADO, replace(ESTADO, enviado_em=NOW, em_duvida=True, renovacao=True, passo=Passo.RECEBIDO)):
        requests.save(estado)
        assert CertificateRequestFiles(tmp_path / "pedidos").get(7) == estado
    assert requests.get(8) is None


def test_key_and_answer_open_with_the_passphrase_only(requests: CertificateRequestFiles, tmp_path: Path) -> None:
    pair, secret = make_pair(), "segredo-que-nao-pode-vazar"
    requests.save_key(ESTADO, pair.key_file(), PASSPHRASE)
    requests.save_answer(ESTADO, CertificadoRecebido(pair.crt, secret), PASSPHRASE)
    assert requests.key(7, PASSPHRASE) == pair.key_file()
    assert requests.answer(7, PASSPHRASE) == CertificadoRecebido(pair.crt, secret)
    for read in (requests.key, requests.answer):
        with pytest.raises(CredentialError):
            read(7, "outra")
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert secret.encode() not in kept
    assert b"BEGIN PRIVATE KEY" not in kept
    assert b"ENCRYPTED PRIVATE KEY" in kept


def test_what_is_missing(requests: CertificateRequestFiles) -> None:
    assert requests.answer(7, PASSPHRASE) is None
    with pytest.raises(CredentialError, match="não pôde ser aberta"):
        requests.key(7, PASSPHRASE)


def test_discarding(requests: CertificateRequestFiles, tmp_path: Path) -> None:
    requests.discard(7)
    requests.save_key(ESTADO, make_pair().key_file(), PASSPHRASE)
    requests.save(replace(ESTADO, conta_id=8))
    requests.discard(7)
    assert requests.get(7) is None
    assert requests.get(8) is not None
    assert [path.name for path in (tmp_path / "pedidos").iterdir()] == ["8"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"passo": "VOAR"}', b"\xff\xfe"])
def test_a_damaged_request_is_told(requests: CertificateRequestFiles, tmp_path: Path, content: bytes) -> None:
    requests.save(ESTADO)
    (tmp_path / "pedidos" / "7" / "pedido.json").write_bytes(content)
    with pytest.raises(StoreError, match="não pôde ser lido") as refused:
        requests.get(7)
    assert "Descarte" in refused.value.hint
    requests.discard(7)
    assert requests.get(7) is None


def test_one_window_at_a_time(requests: CertificateRequestFiles, tmp_path: Path) -> None:
    other = CertificateRequestFiles(tmp_path / "pedidos")
    seen = []

    def enter() -> None:
        try:
            with other.exclusive(7):
                seen.append("dentro")
        except RuleError as error:
            seen.append(error.code)

    with requests.exclusive(7):
        with other.exclusive(8):
            pass
        thread = threading.Thread(target=enter)
        thread.start()
        thread.join()
    enter()
    assert seen == ["certificado_ocupado", "dentro"]
