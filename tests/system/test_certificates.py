"""Every form in which a clerk may hold a certificate and its key, and everything else that may be chosen instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateNumbers
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from bancointegra.domain.certificado import TAMANHO_MAXIMO_ARQUIVO, DadosCertificado, ParCertificado
from bancointegra.domain.errors import AppError, CredentialError, InputError
from bancointegra.system.certificates import CryptographyCertificates
from tests.pairs import CLIENT_ID, SENHA, Pair, make_pair, rsa_key

FILES = Path(__file__).with_name("certificados")
OLD_PFX = (
    PrivateFormat.PKCS12.encryption_builder()
    .kdf_rounds(1000)
    .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
    .hmac_hash(hashes.SHA1())
    .build(b"abc")
)
CERTIFICATES = CryptographyCertificates()


@pytest.fixture(scope="module")
def pair() -> Pair:
    return make_pair()


def read(certificado=None, chave=None, pfx=None, senha="") -> ParCertificado:
    return CERTIFICATES.read(certificado=certificado, chave=chave, pfx=pfx, senha=senha)


def assert_is(par: ParCertificado, pair: Pair) -> None:
    assert x509.load_pem_x509_certificate(par.certificate_pem) == pair.certificate
    assert load_pem_private_key(par.key_pem, None).private_numbers() == pair.key.private_numbers()
    assert (par.cn, par.bits) == (CLIENT_ID, 2048)
    assert par.valid_until == pair.certificate.not_valid_after_utc
    assert par.fingerprint.replace(":", "").lower() == pair.certificate.fingerprint(hashes.SHA256()).hex()


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
def test_open_keys(pair: Pair, encoding: Encoding, form: PrivateFormat) -> None:
    assert_is(read(pair.crt, pair.key_file(encoding=encoding, form=form)), pair)
    assert_is(read(pair.der, pair.key_file(encoding=encoding, form=form), senha="uma senha que não era precisa"), pair)


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_encrypted_keys(pair: Pair, encoding: Encoding) -> None:
    key = pair.key_file(SENHA, encoding=encoding)
    assert_is(read(pair.crt, key, senha=SENHA), pair)
    for senha, sentence in (("", "tem senha"), ("errada", "não abre"), ("\U0001f600" * 50, "não abre")):
        with pytest.raises(InputError, match=sentence) as refused:
            read(pair.crt, key, senha=senha)
        assert refused.value.field == "Senha"


def test_an_encrypted_key_of_the_old_openssl() -> None:
    certificate = (FILES / "certificado.crt").read_bytes()
    key = (FILES / "pkcs1-3des-senha-abc.key").read_bytes()
    assert read(certificate, key, senha="abc").bits == 2048
    with pytest.raises(InputError, match="tem senha"):
        read(certificate, key)


@pytest.mark.parametrize("senha", ["", SENHA])
def test_pfx_with_and_without_password(pair: Pair, senha: str) -> None:
    assert_is(read(pfx=pair.pfx(senha), senha=senha), pair)


def test_a_pfx_without_password_opens_whatever_was_typed(pair: Pair) -> None:
    assert_is(read(pfx=pair.pfx(), senha="digitada à toa"), pair)


def test_pfx_with_old_ciphers(pair: Pair) -> None:
    assert_is(read(pfx=pair.pfx(encryption=OLD_PFX), senha="abc"), pair)
    assert read(pfx=(FILES / "rc2-senha-abc.pfx").read_bytes(), senha="abc").bits == 2048
    assert read(pfx=(FILES / "rc2-sem-senha.pfx").read_bytes()).bits == 2048


@pytest.mark.parametrize("senha", ["", "errada"])
def test_pfx_that_the_password_does_not_open(pair: Pair, senha: str) -> None:
    with pytest.raises(InputError) as modern:
        read(pfx=pair.pfx(SENHA), senha=senha)
    assert (modern.value.field, "cifra antiga" in modern.value.hint) == ("Senha", False)
    with pytest.raises(InputError) as old:
        read(pfx=(FILES / "rc2-senha-abc.pfx").read_bytes(), senha=senha)
    assert (old.value.field, "cifra antiga" in old.value.hint) == ("Senha", True)


def test_pfx_without_a_key(pair: Pair) -> None:
    only_certificate = pkcs12.serialize_key_and_certificates(None, None, pair.certificate, None, NoEncryption())
    with pytest.raises(InputError, match="não contém") as refused:
        read(pfx=only_certificate)
    assert refused.value.field == "Arquivo .pfx ou .p12"


def test_a_chain_in_any_order_and_one_file_with_both(pair: Pair) -> None:
    root = make_pair("Autoridade", key=rsa_key("root"))
    par = read(root.crt + pair.crt, pair.key_file())
    leaf, *chain = x509.load_pem_x509_certificates(par.certificate_pem)
    assert (leaf, chain) == (pair.certificate, [root.certificate])
    both = b"Bag Attributes\r\n    localKeyID: 01\r\n" + pair.crt + pair.key_file()
    assert_is(read(both.replace(b"\n", b"\r\n")), pair)
    assert read(both).client_secret is None


@pytest.mark.parametrize("line", ["Secret: 7f1c-55", "secret:7f1c-55", "Client Secret = 7f1c-55", "﻿Secret: 7f1c-55"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_secret_line_of_the_bank(pair: Pair, line: str, encoding: str) -> None:
    par = read(f"{line}\r\n{pair.crt.decode()}".encode(encoding), pair.key_file())
    assert par.client_secret == "7f1c-55"
    assert "7f1c-55" not in repr(par)
    assert "PRIVATE KEY" not in repr(par)
    assert_is(par, pair)


def test_a_certificate_copied_from_a_mail(pair: Pair) -> None:
    quoted = b"\n\n".join(b"> " + line + b"  " for line in pair.crt.splitlines())
    assert_is(read(quoted, pair.key_file()), pair)


def test_a_key_of_another_certificate(pair: Pair) -> None:
    with pytest.raises(CredentialError) as refused:
        read(pair.crt, make_pair(key=rsa_key("other")).key_file())
    assert refused.value.code == "credencial.par"


def test_a_key_that_is_not_sound(pair: Pair) -> None:
    sound = pair.key.private_numbers()
    numbers = RSAPrivateNumbers(sound.p, sound.q, sound.d + 2, sound.dmp1, sound.dmq1, sound.iqmp, sound.public_numbers)
    unsound = Pair(pair.certificate, numbers.private_key(unsafe_skip_rsa_key_validation=True))
    with pytest.raises(InputError, match="não pôde ser lida") as refused:
        read(pair.crt, unsound.key_file())
    assert refused.value.field == "Chave privada"
    with pytest.raises(InputError, match="não abre"):
        read(pair.crt, unsound.key_file("senha"), senha="senha")


def test_a_key_that_is_not_rsa(pair: Pair) -> None:
    elliptic = ec.generate_private_key(ec.SECP256R1())
    key = elliptic.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(CredentialError, match="RSA de 2048"):
        read(pair.crt, key)


JUNK = {
    "nothing": b"",
    "blanks": b" \r\n ",
    "program": b"MZ\x90\x00" + bytes(1000),
    "film": bytes(50_000_000),
    "just too big": b"-----BEGIN CERTIFICATE-----" + b"A" * TAMANHO_MAXIMO_ARQUIVO,
    "noise": bytes(range(256)) * 40,
    "words": "isto não é um certificado 😀".encode(),
    "letters": b"A" * 10_000,
    "broken": b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    "broken key": b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
    "cut": b"-----BEGIN CERTIFICATE-----\nMIIB",
    "short der": b"\x30\x82\xff\xff" + b"a" * 100,
}


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_junk_is_told_at_its_field(pair: Pair, junk: bytes) -> None:
    for files, field in (
        ({"certificado": junk, "chave": pair.key_file()}, "Chave pública"),
        ({"certificado": pair.crt, "chave": junk}, "Chave privada"),
        ({"pfx": junk, "senha": "abc"}, "Arquivo .pfx ou .p12"),
    ):
        with pytest.raises(InputError) as refused:
            read(**files)
        assert refused.value.field == field
        assert refused.value.message
        assert refused.value.hint


def test_files_in_the_wrong_place(pair: Pair) -> None:
    csr = CERTIFICATES.request(DadosCertificado(CLIENT_ID, "Empresa", "Santos", "SP")).csr_pem
    for files, words in (
        ({"certificado": pair.key_file(), "chave": pair.key_file()}, "chave privada, não o certificado"),
        ({"certificado": csr, "chave": pair.key_file()}, "pedido"),
        ({"certificado": pair.crt, "chave": pair.crt}, "contém um certificado"),
        ({"certificado": pair.crt}, "Falta escolher a chave"),
        ({"chave": pair.key_file()}, "Falta escolher o certificado"),
        ({"pfx": pair.crt}, "texto"),
    ):
        with pytest.raises(InputError, match=words):
            read(**files)


def test_the_request_is_as_the_manual_says() -> None:
    pedido = CERTIFICATES.request(DadosCertificado(CLIENT_ID, "Comércio Ávila & Cia", "São João del-Rei", "mg"))
    csr = x509.load_pem_x509_csr(pedido.csr_pem)
    assert csr.is_signature_valid
    assert isinstance(csr.signature_hash_algorithm, hashes.SHA512)
    assert csr.public_key().key_size == 2048
    assert [(part.oid, part.value) for part in csr.subject] == [
        (NameOID.COMMON_NAME, CLIENT_ID),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, "Comercio Avila & Cia"),
        (NameOID.LOCALITY_NAME, "Sao Joao del-Rei"),
        (NameOID.STATE_OR_PROVINCE_NAME, "MG"),
        (NameOID.COUNTRY_NAME, "BR"),
    ]
    assert load_pem_private_key(pedido.key_pem, None).public_key() == csr.public_key()
    assert "PRIVATE" not in repr(pedido)


@pytest.mark.parametrize("senha", ["", SENHA])
def test_what_is_exported_can_be_read_again(pair: Pair, senha: str) -> None:
    par = read(pair.crt, pair.key_file())
    crt, key, csr, pfx = (CERTIFICATES.export(par, formato, senha) for formato in ("crt", "key", "csr", "pfx"))
    assert_is(read(crt, key, senha=senha), pair)
    assert_is(read(pfx=pfx, senha=senha), pair)
    assert (b"ENCRYPTED" in key) is bool(senha)
    request = x509.load_pem_x509_csr(csr)
    assert (request.public_key(), request.subject) == (pair.key.public_key(), pair.certificate.subject)


def test_describing_what_is_on_disk(pair: Pair, tmp_path: Path) -> None:
    path = tmp_path / "a.crt"
    path.write_bytes(pair.crt)
    lido = CERTIFICATES.describe(str(path))
    assert lido is not None
    assert (lido.cn, lido.valid_until) == (CLIENT_ID, pair.certificate.not_valid_after_utc)
    path.write_bytes(b"nada")
    for unreadable in (str(path), str(tmp_path / "falta"), str(tmp_path), ""):
        assert CERTIFICATES.describe(unreadable) is None


def test_every_refusal_is_an_app_error_with_a_portuguese_hint(pair: Pair) -> None:
    for position in range(0, len(pair.crt), 97):
        spoiled = pair.crt[:position] + b"\xff" + pair.crt[position + 1 :]
        try:
            read(spoiled, pair.key_file())
        except AppError as error:
            assert error.hint
