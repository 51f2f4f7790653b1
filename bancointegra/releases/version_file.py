"""The version file: fetched, its signature verified, its content read (``domain.ports.VersaoProvider``).

The file is JSON with two texts: ``conteudo``, itself JSON (``versao``, ``publicada_em``, ``novidades``, ``pagina``),
and ``assinatura``, the Ed25519 signature of its UTF-8 bytes in base64. The key is the 32 bytes of the public key in
base64.
Who can change the address or the connection can so at most keep the notice away. ``tools/sign_version.py`` writes it.
"""

from __future__ import annotations

import base64
import json
from datetime import date

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bancointegra.domain.errors import AppError, InputError
from bancointegra.domain.versao import VersaoPublicada, is_mais_nova

TITLE = "Aviso de versão"
LARGEST = 64_000
_SECONDS = 10.0


class HttpVersionFile:
    """Reads the file at an address. Follows no redirect, sends nothing about this workstation."""

    def publicada(self, endereco: str, chave: str) -> VersaoPublicada:
        """The newest version as published.

        Raises ``InputError`` for an address or key that cannot be one, ``AppError`` when the file is not reached, too
        large, unreadable, or not signed by the owner of ``chave``.
        """
        key = read_key(chave)
        return read_signed(_fetch(endereco), key)


def read_key(text: str) -> Ed25519PublicKey:
    """Raises ``InputError``."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text.strip(), validate=True))
    except ValueError as error:
        raise InputError(
            "A chave de quem publica não pôde ser lida.",
            field="Chave de quem publica",
            hint="Copie-a inteira, como foi publicada: 44 letras e números que terminam em =.",
        ) from error


def read_signed(content: bytes, key: Ed25519PublicKey) -> VersaoPublicada:
    """Raises ``AppError``; nothing of a file with another signature is believed."""
    try:
        document = json.loads(content)
        signed = document["conteudo"].encode()
        key.verify(base64.b64decode(document["assinatura"], validate=True), signed)
    except InvalidSignature as error:
        raise _unusable("não foi assinado por quem publica o programa", "assinatura") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unusable("não pôde ser lido") from error
    try:
        said = json.loads(signed)
        is_mais_nova(said["versao"], "0.0.0")
        published = date.fromisoformat(said["publicada_em"])
        return VersaoPublicada(said["versao"], published, str(said["novidades"]), str(said["pagina"]))
    except (ValueError, KeyError, TypeError) as error:
        raise _unusable("não diz a versão") from error


def _fetch(endereco: str) -> bytes:
    try:
        url = httpx.URL(endereco.strip())
    except httpx.InvalidURL as error:
        raise _not_an_address() from error
    if url.scheme not in ("https", "http") or not url.host:
        raise _not_an_address()
    headers = {"User-Agent": "BancoIntegra"}
    try:
        with httpx.stream("GET", url, timeout=_SECONDS, headers=headers, follow_redirects=False) as response:
            if response.status_code != httpx.codes.OK:
                raise _unusable(f"não está no endereço (HTTP {response.status_code})", "endereco")
            content = b""
            for piece in response.iter_bytes():
                content += piece
                if len(content) > LARGEST:
                    raise _unusable("é grande demais")
            return content
    except httpx.HTTPError as error:
        raise _unusable("não foi alcançado", "conexao") from error


def _not_an_address() -> InputError:
    return InputError("O endereço não pode ser usado.", field="Endereço", hint="Ele começa com https://.")


def _unusable(why: str, code: str = "arquivo") -> AppError:
    return AppError(
        f"O arquivo de versões {why}.",
        hint="O programa continua funcionando. Confira o endereço e a chave com quem publica o programa.",
        code=f"versao.{code}",
        title=TITLE,
    )
