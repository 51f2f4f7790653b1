"""What is wrong with certificate or key is said before anything leaves."""

from __future__ import annotations

import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bancointegra.banks.tls import ClientIdentity, build_context
from bancointegra.domain.errors import CredentialError

NOW = datetime.now(UTC)


@pytest.fixture
def identity(client_pair, pki) -> ClientIdentity:
    return ClientIdentity(
        str(client_pair.certificate_path), str(client_pair.key_path), client_pair.passphrase, str(pki.root_path)
    )


def refusal(identity: ClientIdentity, now: datetime = NOW) -> CredentialError:
    with pytest.raises(CredentialError) as caught:
        build_context(identity, now)
    assert caught.value.message
    assert caught.value.hint
    return caught.value


def test_context_verifies_the_server(identity):
    context = build_context(identity, NOW)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_passphrase_never_shows(identity):
    assert identity.passphrase not in repr(identity)


def test_wrong_passphrase(identity):
    error = refusal(replace(identity, passphrase="errada"))
    assert error.code == "credencial.senha_chave"
    assert "errada" not in str(error)


def test_empty_passphrase(identity):
    assert refusal(replace(identity, passphrase="")).code == "credencial.senha_chave"


def test_expired_certificate(identity):
    error = refusal(identity, NOW + timedelta(days=30))
    assert error.code == "credencial.certificado_vencido"
    assert f"{NOW + timedelta(days=5):%d/%m/%Y}" in error.message


def test_certificate_not_yet_valid_points_at_the_clock(identity):
    error = refusal(identity, NOW - timedelta(days=30))
    assert error.code == "credencial.certificado_futuro"
    assert "hora" in error.hint


def test_key_of_another_certificate(identity, pki):
    other = pki.issue("outro-par")
    assert refusal(replace(identity, key_path=str(other.key_path))).code == "credencial.chave_outra"


def test_key_in_clear_is_not_used(identity, pki):
    clear = pki.issue("em-claro", encrypted=False)
    error = refusal(replace(identity, certificate_path=str(clear.certificate_path), key_path=str(clear.key_path)))
    assert error.code == "credencial.chave_aberta"


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("certificate_path", "credencial.certificado"),
        ("key_path", "credencial.chave"),
        ("ca_path", "credencial.raiz"),
    ],
)
def test_files_that_are_missing_or_hold_something_else(identity, tmp_path, field, code):
    garbage = tmp_path / "lixo.pem"
    garbage.write_text("Secret: nada de certificado aqui\n")
    assert refusal(replace(identity, **{field: str(garbage)})).code == code
    missing = refusal(replace(identity, **{field: str(tmp_path / "sumiu.pem")}))
    assert missing.code == code
    assert "sumiu.pem" in missing.message


def test_paths_not_informed(identity):
    assert "Falta informar" in refusal(replace(identity, certificate_path="")).message
    assert "Falta informar" in refusal(replace(identity, key_path="")).message


def test_certificate_file_with_the_banks_secret_line_still_works(identity, client_pair, tmp_path):
    saved = tmp_path / "resposta.crt"
    saved.write_bytes(b"Secret: 00000000\n" + client_pair.certificate_path.read_bytes())
    build_context(replace(identity, certificate_path=str(saved)), NOW)
