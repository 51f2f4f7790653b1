"""What Verificar instalação tries out: the parts of the program as they are on this machine."""

from __future__ import annotations

import json
import os
import platform
import ssl
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from bancointegra import __version__
from bancointegra.banks.tls import build_anonymous_context
from bancointegra.bootstrap.prova_boleto import provar_boleto
from bancointegra.domain.errors import CredentialError, RuleError, StoreError
from bancointegra.domain.ports import Vault
from bancointegra.services.verificacao import ItemVerificado, Prova, VerificacaoService
from bancointegra.store import open_store
from bancointegra.system.atomic_file import write_atomically
from bancointegra.system.clock import SystemClock
from bancointegra.system.encrypted_vault import EncryptedFileVault
from bancointegra.system.instances import RunningInstances
from bancointegra.system.paths import AppPaths
from bancointegra.system.vault import KeyringVault, open_vault, vault_file

_WRITTEN_IN = 2026
"""No clock can be before the year in which this was written."""
_TRIAL = "verificação à toa"
"""A name with an accent and a space, as folders of people have them."""


def build_verificacao(paths: AppPaths, boleto_folder: Path, tela: Prova) -> VerificacaoService:
    """``tela`` is the trial of the screen (``bootstrap/prova_tela.py``), for only a program with a screen has one."""
    folders = (paths.data, paths.config, paths.log, boleto_folder)
    return VerificacaoService(
        (
            ("Programa", _programa),
            ("Relógio", _relogio),
            ("Pastas", lambda: _pastas(folders)),
            ("Arquivo de dados", lambda: _arquivo_de_dados(paths.data)),
            ("Cofre de senhas", lambda: _cofre(paths.data)),
            ("Conexão segura (TLS)", _tls),
            ("Boleto de prova", provar_boleto),
            tela,
        )
    )


def write_report(file: Path, itens: tuple[ItemVerificado, ...], *, complete: bool) -> None:
    """What was found, for support and for scripts. Raises ``StoreError``."""
    document = {
        "programa": "BancoIntegra",
        "versao": __version__,
        "momento": SystemClock().now().isoformat(timespec="seconds"),
        "completa": complete,
        "ok": complete and all(item.ok for item in itens),
        "itens": [asdict(item) for item in itens],
    }
    write_atomically(file, json.dumps(document, ensure_ascii=False, indent=2).encode())


def _programa() -> str:
    return f"BancoIntegra {__version__}, Python {platform.python_version()}, {platform.platform()}, {sys.executable}"


def _relogio() -> str:
    now = SystemClock().now()
    if now.year < _WRITTEN_IN:
        raise RuleError(
            f"O relógio deste computador marca {now:%d/%m/%Y %H:%M}.",
            hint="Acerte a data: certificados e vencimentos dependem dela.",
        )
    return f"{now:%d/%m/%Y %H:%M:%S}, fuso {now:%z}"


def _pastas(folders: tuple[Path, ...]) -> str:
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=f"{_TRIAL} ", dir=folder) as trial:
                Path(trial, f"{_TRIAL}.txt").write_text(_TRIAL, encoding="utf-8")
        except OSError as error:
            raise StoreError(
                f"Não foi possível gravar em {folder}.",
                hint="Confira a permissão da pasta e o espaço em disco, ou escolha outra pasta.",
                code="pasta",
            ) from error
    return ", ".join(str(folder) for folder in dict.fromkeys(folders))


def _arquivo_de_dados(data: Path) -> str:
    """A new data file where the real one is: the disk, the locks and the migrations."""
    import sqlite3  # with its library, which may be what is missing

    with tempfile.TemporaryDirectory(prefix=f"{_TRIAL} ", dir=data) as name:
        folder = Path(name)
        with RunningInstances(folder / "instances") as instances:
            store = open_store(folder / f"{_TRIAL}.sqlite3", instances=instances, clock=SystemClock())
            try:
                store.escritorios.add(_TRIAL)
                if store.escritorios.all() != (_TRIAL,):
                    raise StoreError("O arquivo de dados não devolveu o que foi gravado.")
            finally:
                store.close()
    return f"SQLite {sqlite3.sqlite_version}"


def _cofre(data: Path) -> str:
    try:
        vault = None if vault_file(data).exists() else open_vault(data, None, os.environ)
    except CredentialError:
        vault = None  # the system offers none: the encrypted file stands in, and is tried out
    if isinstance(vault, KeyringVault):
        _round_trip(vault)
        return vault.description
    with tempfile.TemporaryDirectory(prefix="bancointegra-") as folder:
        encrypted = EncryptedFileVault(Path(folder, "cofre.json"), _TRIAL)
        _round_trip(encrypted)
        return encrypted.description


def _round_trip(vault: Vault) -> None:
    name = "verificacao"
    vault.set(name, _TRIAL)
    found = vault.get(name)
    vault.delete(name)
    if found != _TRIAL or vault.get(name) is not None:
        raise CredentialError("O cofre não devolveu o segredo guardado.", title="Cofre de senhas")


def _tls() -> str:
    authorities = len(build_anonymous_context().get_ca_certs())
    if not authorities:
        raise CredentialError(
            "Nenhuma autoridade certificadora foi encontrada.",
            hint="Instale o programa de novo.",
            title="Conexão segura",
        )
    return f"{ssl.OPENSSL_VERSION}, {authorities} autoridades certificadoras"
