"""The preferences of this workstation, in a small JSON file."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bancointegra.domain.copia import PreferenciasCopia
from bancointegra.domain.errors import StoreError
from bancointegra.domain.ponte import PreferenciasPasta
from bancointegra.domain.versao import PreferenciasVersao
from bancointegra.system.atomic_file import write_atomically

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """What this workstation prefers. The data is in the store; how the windows look, the screen remembers itself."""

    boleto_folder: Path
    gerar_pdf: bool = True
    copias: PreferenciasCopia = field(default_factory=PreferenciasCopia)
    pasta: PreferenciasPasta = field(default_factory=PreferenciasPasta)
    versao: PreferenciasVersao = field(default_factory=PreferenciasVersao)


class SettingsFile:
    """Loads and saves the preferences. ``defaults`` stand for what the file does not say."""

    def __init__(self, path: Path, defaults: Settings) -> None:
        self._path = path
        self._defaults = defaults

    def load(self) -> Settings:
        """The saved preferences; the defaults when there are none.

        A file that cannot be understood is kept aside with the moment in its name, and a warning is logged. Raises
        ``StoreError`` when it cannot even be read.
        """
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return self._defaults
        except OSError as error:
            raise StoreError(f"Não foi possível ler {self._path}.", hint="Confira a permissão do arquivo.") from error
        try:
            return _parse(content, self._defaults)
        except (ValueError, TypeError, KeyError) as error:
            aside = self._set_aside()
            logger.warning("Preferências ilegíveis (%s); guardadas em %s e repostas as padrão", error, aside)
            return self._defaults

    def save(self, settings: Settings) -> None:
        """Raises ``StoreError``; the file is then as it was."""
        document = json.dumps(asdict(settings), indent=2, ensure_ascii=False, default=str)
        write_atomically(self._path, document.encode())

    def _set_aside(self) -> Path:
        aside = self._path.with_name(f"{self._path.name}.ilegivel-{datetime.now().astimezone():%Y%m%d-%H%M%S}")
        try:
            return self._path.replace(aside)
        except OSError as error:
            raise StoreError(
                f"As preferências em {self._path} estão ilegíveis.", hint="Apague esse arquivo e tente de novo."
            ) from error


def _parse(content: bytes, defaults: Settings) -> Settings:
    """Raises ``ValueError``, ``TypeError`` or ``KeyError`` when it is not the file this program writes."""
    document = json.loads(content)
    if not isinstance(document, dict):
        raise TypeError("não é um objeto JSON")
    settings = defaults
    if "boleto_folder" in document:
        settings = replace(settings, boleto_folder=Path(document["boleto_folder"]))
    if "gerar_pdf" in document:
        if not isinstance(document["gerar_pdf"], bool):
            raise TypeError("gerar_pdf não é verdadeiro ou falso")
        settings = replace(settings, gerar_pdf=document["gerar_pdf"])
    if "copias" in document:
        settings = replace(settings, copias=_copias(document["copias"]))
    if "pasta" in document:
        settings = replace(settings, pasta=_pasta(document["pasta"]))
    if "versao" in document:
        settings = replace(settings, versao=_versao(document["versao"]))
    return settings


def _copias(document: dict[str, Any]) -> PreferenciasCopia:
    pasta, guardadas = document["pasta"], document["guardadas"]
    if not isinstance(guardadas, int) or guardadas < 1:
        raise TypeError("copias.guardadas não é um número de cópias")
    return PreferenciasCopia(Path(pasta) if pasta else None, guardadas)


def _pasta(document: dict[str, Any]) -> PreferenciasPasta:
    flags = [document[name] for name in ("ativa", "registrar", "gerar_pdf")]
    if not all(isinstance(flag, bool) for flag in flags):
        raise TypeError("pasta: verdadeiro ou falso esperado")
    chosen = Path(document["pasta"]) if document["pasta"] else None
    ativa, registrar, gerar_pdf = flags
    return PreferenciasPasta(ativa, chosen, str(document["conta"]), str(document["cobranca"]), registrar, gerar_pdf)


def _versao(document: dict[str, Any]) -> PreferenciasVersao:
    if not isinstance(document["ativa"], bool):
        raise TypeError("versao.ativa não é verdadeiro ou falso")
    texts = (str(document[name]) for name in ("endereco", "chave", "consultada_em"))
    return PreferenciasVersao(document["ativa"], *texts)
