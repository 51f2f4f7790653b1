"""Certificates and private keys in all the forms in which they come, and the making of new requests."""

from __future__ import annotations

import re
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from bancointegra.domain.certificado import (
    MIN_BITS,
    CertificadoLido,
    DadosCertificado,
    ParCertificado,
    PedidoCertificado,
    find_secret_line,
)
from bancointegra.domain.errors import CredentialError, InputError
from bancointegra.system.certificate_files import decode_text, read_certificate_file, require_usable_file

CHAVE_PUBLICA = "Chave pública"
CHAVE_PRIVADA = "Chave privada"
ARQUIVO_PFX = "Arquivo .pfx ou .p12"
SENHA = "Senha"

_PEM_KEY = re.compile(rb"-----BEGIN ([A-Z ]*PRIVATE KEY)-----.+?-----END \1-----", re.DOTALL)
_OLD_CIPHERS = (
    bytes.fromhex("2a864886f70d010c0106"),  # pbeWithSHA1And40BitRC2-CBC
    bytes.fromhex("2a864886f70d010c0105"),  # pbeWithSHA1And128BitRC2-CBC
    bytes.fromhex("2a864886f70d010c0103"),  # pbeWithSHA1And3-KeyTripleDES-CBC
)


class CryptographyCertificates:
    """``domain.ports.Certificates``."""

    def read(self, *, certificado: bytes | None, chave: bytes | None, pfx: bytes | None, senha: str) -> ParCertificado:
        """The pair in a .pfx/.p12, or in a certificate (PEM, DER, chain) and a key (PEM, DER; PKCS#1, PKCS#8).

        A PEM that holds both certificate and key needs no ``chave``. ``senha`` opens the .pfx or the key, when one of
        them needs it. Raises ``InputError`` naming the file at fault, and ``CredentialError`` when no certificate is of
        the key or the key is not RSA.
        """
        if pfx is not None:
            certificates, key = _read_pfx(pfx, senha)
            return _pair(certificates, key, None)
        if certificado is None:
            raise InputError(
                "Falta escolher o certificado.", field=CHAVE_PUBLICA, hint="É o .crt que o banco devolveu."
            )
        require_usable_file(certificado, CHAVE_PUBLICA)
        text = decode_text(certificado)
        certificates = read_certificate_file(certificado, text, CHAVE_PUBLICA)
        return _pair(certificates, load_rsa_key(_key_bytes(text, chave), senha), find_secret_line(text))

    def describe(self, certificate_path: str) -> CertificadoLido | None:
        """What the first certificate of a PEM file says; None when it cannot be read."""
        try:
            certificate = x509.load_pem_x509_certificates(Path(certificate_path).read_bytes())[0]
        except (OSError, ValueError):
            return None
        return CertificadoLido(
            common_name(certificate),
            certificate.not_valid_before_utc,
            certificate.not_valid_after_utc,
            fingerprint(certificate),
        )

    def request(self, dados: DadosCertificado) -> PedidoCertificado:
        """A new RSA key of 2048 bits and its CSR, signed with SHA-512, as the manual says."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=MIN_BITS)
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.COMMON_NAME, dados.client_id),
                x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, dados.empresa),
                x509.NameAttribute(NameOID.LOCALITY_NAME, dados.cidade),
                x509.NameAttribute(NameOID.STATE_OR_PROVINCE_NAME, dados.uf),
                x509.NameAttribute(NameOID.COUNTRY_NAME, "BR"),
            ]
        )
        return PedidoCertificado(_csr(subject, key), plain_key(key))

    def export(self, par: ParCertificado, formato: str, senha: str) -> bytes:
        """``crt``: the chain; ``csr``: a request anew for the same key and name; ``key`` and ``pfx``: with ``senha``.

        An empty ``senha`` leaves the key open, as the manual allows; raises ``ValueError`` for another ``formato``.
        """
        certificates = x509.load_pem_x509_certificates(par.certificate_pem)
        key = load_rsa_key(par.key_pem, "", is_ours=True)
        protection: KeySerializationEncryption = BestAvailableEncryption(senha.encode()) if senha else NoEncryption()
        if formato == "crt":
            return par.certificate_pem
        if formato == "csr":
            return _csr(certificates[0].subject, key)
        if formato == "key":
            return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)
        if formato == "pfx":
            name = par.cn.encode()
            return pkcs12.serialize_key_and_certificates(name, key, certificates[0], certificates[1:], protection)
        raise ValueError(f"unknown format {formato!r}")


def load_rsa_key(data: bytes, senha: str, *, is_ours: bool = False) -> rsa.RSAPrivateKey:
    """A key in PEM or DER, opened with ``senha`` when it is encrypted.

    One that ``is_ours``, made or checked by this program before, is not proved to be sound again: that takes longer
    than all the rest. Raises ``InputError`` when it cannot be read or opened, ``CredentialError`` when it is not RSA.
    """
    is_pem = b"-----BEGIN" in data
    load = load_pem_private_key if is_pem else load_der_private_key
    try:
        key = load(data, None, unsafe_skip_rsa_key_validation=is_ours)
    except TypeError:  # encrypted
        key = _open_key(data, senha, is_pem=is_pem, is_ours=is_ours)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _unreadable_key() from error
    if not isinstance(key, rsa.RSAPrivateKey):
        raise CredentialError(
            f"A chave privada deve ser RSA de {MIN_BITS} bits ou mais.",
            hint="Use o Assistente de Certificado para gerar outra chave e pedir outro certificado ao banco.",
            code="credencial.chave_fraca",
        )
    return key


def plain_key(key: rsa.RSAPrivateKey) -> bytes:
    """PKCS#8 PEM without a password: for memory only."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 as ``AB:CD:…``."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def common_name(certificate: x509.Certificate) -> str:
    """The CN; empty when there is none, or more than one."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if len(names) == 1 else ""


def _csr(subject: x509.Name, key: rsa.RSAPrivateKey) -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    return builder.sign(key, hashes.SHA512()).public_bytes(Encoding.PEM)


def _key_bytes(certificate_text: str, chave: bytes | None) -> bytes:
    """The key's own file, or the key inside the certificate's."""
    if chave is not None:
        require_usable_file(chave, CHAVE_PRIVADA)
        text = decode_text(chave)
        found = _PEM_KEY.search(text.encode())
        if found is None and "-----BEGIN CERTIFICATE" in text:
            raise InputError(
                "O arquivo da chave privada contém um certificado, não uma chave.",
                field=CHAVE_PRIVADA,
                hint="Escolha o .key gerado junto com o pedido (CSR).",
            )
        return found[0] if found else chave
    inside = _PEM_KEY.search(certificate_text.encode())
    if inside is None:
        raise InputError(
            "Falta escolher a chave privada.", field=CHAVE_PRIVADA, hint="É o .key gerado junto com o pedido (CSR)."
        )
    return inside[0]


def _open_key(data: bytes, senha: str, *, is_pem: bool, is_ours: bool) -> PrivateKeyTypes:
    if not senha:
        raise InputError("A chave privada tem senha.", field=SENHA, hint="Informe a senha com que ela foi gerada.")
    load = load_pem_private_key if is_pem else load_der_private_key
    try:
        return load(data, senha.encode(), unsafe_skip_rsa_key_validation=is_ours)
    except ValueError as error:
        raise InputError(
            "A senha não abre a chave privada.", field=SENHA, hint="Confira maiúsculas e a senha usada ao gerá-la."
        ) from error
    except UnsupportedAlgorithm as error:
        raise InputError(
            "A chave privada está cifrada de um modo antigo que não é mais lido.",
            field=CHAVE_PRIVADA,
            hint="Grave-a de novo: openssl pkcs8 -topk8 -in antiga.key -out nova.key",
        ) from error


def _read_pfx(data: bytes, senha: str) -> tuple[list[x509.Certificate], rsa.RSAPrivateKey]:
    require_usable_file(data, ARQUIVO_PFX)
    if b"-----BEGIN" in data:
        raise InputError(
            "Este arquivo é de texto (PEM), não .pfx nem .p12.",
            field=ARQUIVO_PFX,
            hint="Informe-o como chave pública, e a chave privada ao lado.",
        )
    key, certificate, others = _open_pfx(data, senha)
    if key is None or certificate is None:
        missing = "a chave privada" if key is None else "o certificado"
        raise InputError(
            f"O arquivo .pfx não contém {missing}.",
            field=ARQUIVO_PFX,
            hint="Exporte-o de novo com o certificado e a chave privada, ou informe o .crt e o .key.",
        )
    opened = load_rsa_key(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), "")
    return [certificate, *others], opened


def _open_pfx(
    data: bytes, senha: str
) -> tuple[PrivateKeyTypes | None, x509.Certificate | None, list[x509.Certificate]]:
    # A file without a password is opened even when one was typed out of habit.
    for password in (senha.encode(), None) if senha else (None,):
        try:
            return pkcs12.load_key_and_certificates(data, password)
        except ValueError as error:
            failure: Exception = error
        except UnsupportedAlgorithm as error:
            raise _old_pfx() from error
    if "password" not in str(failure).lower():
        raise InputError(
            "O arquivo .pfx não pôde ser lido: não é um .pfx/.p12, ou está incompleto.",
            field=ARQUIVO_PFX,
            hint="Copie-o de novo de onde veio, ou informe o .crt e o .key.",
        ) from failure
    sentence = "A senha não abre o arquivo .pfx." if senha else "O arquivo .pfx tem senha."
    hint = "Informe a senha com que ele foi exportado."
    if any(cipher in data for cipher in _OLD_CIPHERS):
        hint += f" Se ela estiver certa: {_OLD_PFX_HINT}"
    raise InputError(sentence, field=SENHA, hint=hint) from failure


_OLD_PFX_HINT = (
    "o arquivo usa uma cifra antiga (RC2 ou 3DES); exporte-o de novo com AES256-SHA256, ou informe o .crt e o .key."
)


def _old_pfx() -> InputError:
    return InputError("O arquivo .pfx não pôde ser aberto.", field=ARQUIVO_PFX, hint=_OLD_PFX_HINT.capitalize())


def _unreadable_key() -> InputError:
    return InputError(
        "A chave privada não pôde ser lida.",
        field=CHAVE_PRIVADA,
        hint="Escolha o .key gerado junto com o pedido (CSR) do certificado.",
    )


def _pair(certificates: list[x509.Certificate], key: rsa.RSAPrivateKey, secret: str | None) -> ParCertificado:
    """The certificate of the key first, then the others as they came."""
    own = next((c for c in certificates if _public_key(c) == key.public_key()), None)
    if own is None:
        raise CredentialError(
            "A chave privada não é a deste certificado.",
            hint="Escolha o par gerado junto: o .crt que o banco devolveu e o .key do pedido dele.",
            code="credencial.par",
        )
    chain = [own, *(c for c in certificates if c != own)]
    return ParCertificado(
        certificate_pem=b"".join(c.public_bytes(Encoding.PEM) for c in chain),
        key_pem=plain_key(key),
        cn=common_name(own),
        valid_from=own.not_valid_before_utc,
        valid_until=own.not_valid_after_utc,
        bits=key.key_size,
        fingerprint=fingerprint(own),
        client_secret=secret,
    )


def _public_key(certificate: x509.Certificate) -> object:
    """The certificate's key; None when it is of a kind nobody here knows, hence not ours."""
    try:
        return certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return None
