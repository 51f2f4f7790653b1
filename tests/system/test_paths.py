from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from bancointegra.domain.errors import StoreError
from bancointegra.system.paths import DATA_VARIABLE, app_paths, resources_dir


def test_a_chosen_folder_holds_everything(tmp_path: Path) -> None:
    paths = app_paths({}, tmp_path / "dados do escritório").create()
    for folder in (paths.data, paths.config, paths.log, paths.default_boleto_folder, paths.instances):
        assert folder.is_relative_to(tmp_path / "dados do escritório")
    assert paths.log.is_dir()
    assert paths.config.is_dir()


def test_the_variable_chooses_and_the_argument_wins(tmp_path: Path) -> None:
    environ = {DATA_VARIABLE: str(tmp_path / "variavel")}
    assert app_paths(environ).data == tmp_path / "variavel"
    assert app_paths(environ, tmp_path / "argumento").data == tmp_path / "argumento"


def test_an_empty_variable_is_no_choice() -> None:
    assert app_paths({DATA_VARIABLE: ""}) == app_paths({})


def test_the_standard_folders_are_absolute_and_named_after_the_program() -> None:
    paths = app_paths({})
    assert paths.data.is_absolute()
    assert paths.data.name == "BancoIntegra"
    assert "BancoIntegra" in paths.log.parts
    assert paths.store_file.parent == paths.data


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permission bits")
def test_the_data_folder_is_closed_to_other_users(tmp_path: Path) -> None:
    paths = app_paths({}, tmp_path / "dados").create()
    assert stat.S_IMODE(paths.data.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_said_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "arquivo").write_text("não é pasta")
    with pytest.raises(StoreError, match="arquivo") as raised:
        app_paths({}, tmp_path / "arquivo" / "dados").create()
    assert DATA_VARIABLE in raised.value.hint


def test_the_resources_come_with_the_program() -> None:
    assert resources_dir().is_dir()
