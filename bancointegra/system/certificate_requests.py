"""Requests of certificates under way, in the data folder: a crash between any two steps loses nothing.

One folder an account: ``pedido.json`` (where it stands, the CSR), ``chave.key`` (encrypted PKCS#8) and ``resposta``
(the bank's answer, encrypted as a whole, for it holds the ClientSecret that the bank shows only once).
"""

from __future__ import annotations

import base64
import json
import shutil
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from filelock import FileLock, Timeout

from bancointegra.domain.certificado import CertificadoRecebido, DadosCertificado, EstadoFluxo, Passo
from bancointegra.domain.errors import AppError, CredentialError, InputError, RuleError, StoreError
from bancointegra.system.atomic_file import write_atomically
from bancointegra.system.certificates import load_rsa_key, plain_key
from bancointegra.system.key_files import encrypted_key


class CertificateRequestFiles:
    """``domain.ports.CertificateRequests`` in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, conta_id: int) -> EstadoFluxo | None:
        """As last saved. Raises ``StoreError`` when the file cannot be read."""
        content = _read(self._state(conta_id))
        if content is None:
            return None
        try:
            return _from_json(conta_id, json.loads(content))
        except (ValueError, KeyError, TypeError, InputError) as error:
            raise StoreError(
                "O pedido de certificado em andamento não pôde ser lido.",
                hint="Descarte-o e comece outro; o certificado em uso não foi tocado.",
                code="pedido_certificado",
            ) from error

    def save(self, estado: EstadoFluxo) -> None:
        write_atomically(self._state(estado.conta_id), json.dumps(_to_json(estado), indent=1).encode())

    def save_key(self, estado: EstadoFluxo, key_pem: bytes, passphrase: str) -> None:
        write_atomically(self._key(estado.conta_id), encrypted_key(load_rsa_key(key_pem, "", is_ours=True), passphrase))
        self.save(estado)

    def key(self, conta_id: int, passphrase: str) -> bytes:
        """PKCS#8 PEM without a password. Raises ``CredentialError`` when it is gone or cannot be opened."""
        content = _read(self._key(conta_id))
        try:
            return plain_key(load_rsa_key(content or b"", passphrase, is_ours=True))
        except InputError as error:
            raise _cannot_open("A chave privada deste pedido de certificado não pôde ser aberta.") from error

    def save_answer(self, estado: EstadoFluxo, recebido: CertificadoRecebido, passphrase: str) -> None:
        content = {"certificado": recebido.certificate_pem.decode(), "segredo": recebido.client_secret}
        write_atomically(self._answer(estado.conta_id), _cipher(passphrase).encrypt(json.dumps(content).encode()))
        self.save(estado)

    def answer(self, conta_id: int, passphrase: str) -> CertificadoRecebido | None:
        content = _read(self._answer(conta_id))
        if content is None:
            return None
        try:
            opened = json.loads(_cipher(passphrase).decrypt(content))
        except InvalidToken as error:
            raise _cannot_open("A resposta do banco guardada aqui não pôde ser aberta.") from error
        return CertificadoRecebido(opened["certificado"].encode(), opened["segredo"])

    def discard(self, conta_id: int) -> None:
        folder = self._of(conta_id)
        try:
            # The state first: without it the request is over, whatever happens to the rest.
            self._state(conta_id).unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)
        except OSError as error:
            raise StoreError(
                "O pedido de certificado não pôde ser descartado.", hint=f"Confira a permissão da pasta {folder}."
            ) from error

    def exclusive(self, conta_id: int) -> AbstractContextManager[object]:
        """Raises ``RuleError`` at once when another window or program advances the same request."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return FileLock(self._folder / f"{conta_id}.lock", timeout=0, is_singleton=False).acquire()
        except Timeout as error:
            raise RuleError(
                "Outra janela está cuidando do certificado desta conta.",
                hint="Espere que ela termine e tente de novo.",
                code="certificado_ocupado",
            ) from error
        except OSError as error:
            raise StoreError(
                f"Não foi possível usar a pasta {self._folder}.", hint="Confira a permissão da pasta.", code="pasta"
            ) from error

    def _of(self, conta_id: int) -> Path:
        return self._folder / str(conta_id)

    def _state(self, conta_id: int) -> Path:
        return self._of(conta_id) / "pedido.json"

    def _key(self, conta_id: int) -> Path:
        return self._of(conta_id) / "chave.key"

    def _answer(self, conta_id: int) -> Path:
        return self._of(conta_id) / "resposta"


def _cipher(passphrase: str) -> Fernet:
    # The passphrase is random and long, so a plain derivation is enough; no need to slow it down.
    derived = HKDF(hashes.SHA256(), length=32, salt=None, info=b"bancointegra: resposta do certificado")
    return Fernet(base64.urlsafe_b64encode(derived.derive(passphrase.encode())))


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"Não foi possível ler {path}.", hint="Confira a permissão do arquivo.") from error


def _cannot_open(sentence: str) -> AppError:
    return CredentialError(
        sentence,
        hint="A senha dela não está mais no cofre deste computador: descarte o pedido e comece outro.",
        code="credencial.chave",
    )


def _to_json(estado: EstadoFluxo) -> dict[str, Any]:
    dados = estado.dados
    return {
        "passo": estado.passo.name,
        "dados": {"client_id": dados.client_id, "empresa": dados.empresa, "cidade": dados.cidade, "uf": dados.uf},
        "iniciado_em": estado.iniciado_em.isoformat(),
        "csr": estado.csr_pem.decode(),
        "enviado_em": estado.enviado_em.isoformat() if estado.enviado_em else None,
        "em_duvida": estado.em_duvida,
        "renovacao": estado.renovacao,
    }


def _from_json(conta_id: int, content: dict[str, Any]) -> EstadoFluxo:
    enviado_em = content["enviado_em"]
    return EstadoFluxo(
        conta_id=conta_id,
        passo=Passo[content["passo"]],
        dados=DadosCertificado(**content["dados"]),
        iniciado_em=datetime.fromisoformat(content["iniciado_em"]),
        csr_pem=content["csr"].encode(),
        enviado_em=datetime.fromisoformat(enviado_em) if enviado_em else None,
        em_duvida=bool(content["em_duvida"]),
        renovacao=bool(content["renovacao"]),
    )
