"""The cópias de segurança of one data folder, with the data open or not."""

from __future__ import annotations

import getpass
import platform
from pathlib import Path

from bancointegra import __version__
from bancointegra.domain.conferencia import Conferencia
from bancointegra.domain.copia import PASTA_DE_COPIAS, MotivoCopia, NomeCopia, PreferenciasCopia, origem_da_copia
from bancointegra.domain.ports import Clock
from bancointegra.services.copia import CatalogoCopias, CopiaService, caminho_livre
from bancointegra.services.envio import OrderSender
from bancointegra.store import Store
from bancointegra.store.copias import describe_copy
from bancointegra.store.restauracao import restore_store
from bancointegra.system.clock import SystemClock
from bancointegra.system.copy_state import CopyStateFile
from bancointegra.system.instances import alone
from bancointegra.system.paths import AppPaths
from bancointegra.system.settings import Settings, SettingsFile


def settings_file(paths: AppPaths) -> SettingsFile:
    """The preferences of the workstation."""
    return SettingsFile(paths.settings_file, Settings(boleto_folder=paths.default_boleto_folder))


def build_catalogo(paths: AppPaths) -> CatalogoCopias:
    """The list of copies; needs no open data."""
    settings = settings_file(paths)

    def preferencias() -> PreferenciasCopia:
        return settings.load().copias

    return CatalogoCopias(padrao=paths.data / PASTA_DE_COPIAS, preferencias=preferencias, describe=describe_copy)


def build_copias(paths: AppPaths, store: Store, clock: Clock) -> CopiaService:
    """Makes copies of the open ``store``."""
    return CopiaService(
        catalogo=build_catalogo(paths),
        store=store.copias,
        estado=CopyStateFile(paths.config / "copia.json"),
        clock=clock,
        versao=__version__,
        origem=_origem(),
    )


def restore_copy(paths: AppPaths, copy: Path) -> tuple[Conferencia, ...]:
    """Put ``copy`` in the place of the data, which are first copied aside; the program must not have them open.

    Returns the accounts that register nothing until the bank was asked. Raises ``RuleError`` while another program is
    at work on the data, ``StoreError`` when something cannot be read or written; the data are then as they were.
    """
    now = SystemClock().now()
    with alone(paths.instances):
        folder, _ = build_catalogo(paths).pasta_disponivel()
        nome = NomeCopia(now, MotivoCopia.ANTES_DE_RESTAURAR, __version__, _origem())
        return restore_store(
            paths.store_file, copy, aside=caminho_livre(folder, nome), now=now, shown_after=OrderSender.shown_after
        )


def _origem() -> str:
    return origem_da_copia(getpass.getuser(), platform.node())
