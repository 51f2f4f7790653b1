"""What a clerk may choose as a certificate file: certificates in it, or a sentence why not."""

from __future__ import annotations

import codecs
import re

from cryptography import x509

from bancointegra.domain.certificado import TAMANHO_MAXIMO_ARQUIVO
from bancointegra.domain.errors import InputError

_PEM_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
_PROGRAM_MARKS = (b"MZ", b"\x7fELF")
_CHOOSE = "Escolha o arquivo que o banco devolveu (.crt, .cer, .pem) ou o .key gerado com ele."


def require_usable_file(data: bytes, field: str) -> None:
    """Raise ``InputError`` naming ``field`` for what is certainly no certificate nor key: empty, huge, a program."""
    if not data.strip():
        raise InputError("O arquivo está vazio.", field=field, hint=_CHOOSE)
    if len(data) > TAMANHO_MAXIMO_ARQUIVO:
        raise InputError("O arquivo é grande demais para um certificado ou uma chave.", field=field, hint=_CHOOSE)
    if data.startswith(_PROGRAM_MARKS):
        raise InputError("O arquivo é um programa, não um certificado nem uma chave.", field=field, hint=_CHOOSE)


def decode_text(data: bytes) -> str:
    """The file as text, in whatever encoding Notepad saved it; what is no text becomes harmless signs."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    return data.decode("utf-8-sig", errors="replace")


def read_certificate_file(data: bytes, text: str, field: str) -> list[x509.Certificate]:
    """The certificates of a file, PEM (several, words around them) or DER. Raises ``InputError`` naming ``field``."""
    blocks = _PEM_CERTIFICATE.findall(text)
    try:
        if blocks:
            return [x509.load_pem_x509_certificate(_unindented(block)) for block in blocks]
        return [x509.load_der_x509_certificate(data)]
    except ValueError as error:
        raise InputError(_why_not(text, has_blocks=bool(blocks)), field=field, hint=_CHOOSE) from error


def _unindented(block: str) -> bytes:
    """Without the blanks and quote marks of a mail that the certificate was copied from."""
    return "\n".join(line.strip(" \t>") for line in block.splitlines() if line.strip()).encode()


def _why_not(text: str, *, has_blocks: bool) -> str:
    if has_blocks:
        return "O certificado está danificado ou foi copiado pela metade."
    if "BEGIN CERTIFICATE REQUEST" in text or "BEGIN NEW CERTIFICATE REQUEST" in text:
        return "O arquivo é o pedido (CSR), não o certificado."
    if "PRIVATE KEY-----" in text:
        return "O arquivo é a chave privada, não o certificado."
    return "O arquivo não contém um certificado legível."
