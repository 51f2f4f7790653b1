"""Where the program keeps its files."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

from bancointegra.domain.errors import StoreError

DATA_VARIABLE = "BANCOINTEGRA_DADOS"
WINDOWS_BOLETO_FOLDER = Path(r"C:\Rezende\IntegracaoBancaria")  # the folder the manual names
_CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class AppPaths:
    """The folders of one installation. ``create`` makes them; nothing else here touches the disk."""

    data: Path
    config: Path
    log: Path
    default_boleto_folder: Path

    @property
    def store_file(self) -> Path:
        return self.data / "bancointegra.sqlite3"

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.json"

    @property
    def instances(self) -> Path:
        return self.data / "instances"

    def create(self) -> AppPaths:
        """Make the data, config and log folders, closed to other users. Raises ``StoreError``."""
        for folder in (self.data, self.config, self.log):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(
                    f"Não foi possível criar a pasta {folder}.",
                    hint=f"Confira o espaço em disco e a permissão, ou indique outra pasta em {DATA_VARIABLE}.",
                    code="pasta",
                ) from error
        return self


def app_paths(environ: Mapping[str, str], data: Path | None = None) -> AppPaths:
    """The folders to use: ``data`` when given, else the variable BANCOINTEGRA_DADOS, else the system's own.

    Under a chosen data folder everything lives inside it, boletos too, so that tests, the demo and a portable copy
    leave nothing elsewhere.
    """
    chosen = data or (Path(environ[DATA_VARIABLE]) if environ.get(DATA_VARIABLE) else None)
    if chosen is not None:
        root = chosen.expanduser().absolute()
        return AppPaths(data=root, config=root / "config", log=root / "logs", default_boleto_folder=root / "boletos")
    standard = PlatformDirs("BancoIntegra", appauthor=False)
    return AppPaths(
        data=standard.user_data_path,
        config=standard.user_config_path,
        log=standard.user_log_path,
        default_boleto_folder=_standard_boleto_folder(),
    )


def resources_dir() -> Path:
    """Icons, fonts, style and sample data that come with the program."""
    return _CHECKOUT / "resources"


def manual_dir() -> Path:
    """The clerk's manual: one Markdown page a chapter, and ``imagens``."""
    return _CHECKOUT / "docs" / "manual"


def _standard_boleto_folder() -> Path:
    if sys.platform == "win32":
        return WINDOWS_BOLETO_FOLDER
    return Path.home() / "BancoIntegra" / "Boletos"
