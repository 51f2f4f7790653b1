"""Where there is no Windows nothing is claimed; what Windows does is tried out by the installer's test, under Wine."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bancointegra.system import windows_identity
from bancointegra.system.boleto_folder import usable_folder
from bancointegra.system.windows_identity import StartWithSystem


@pytest.mark.skipif(sys.platform == "win32", reason="there it is claimed")
def test_elsewhere_nothing_is_claimed() -> None:
    windows_identity.claim_taskbar()
    windows_identity.let_others_come_forward()
    start = StartWithSystem(Path("BancoIntegra.exe"))
    start.set_on(True)
    assert not start.is_on()
    assert windows_identity.installed_launcher() is None


def test_the_folder_of_the_manual_is_made(tmp_path: Path) -> None:
    wanted = tmp_path / "Rezende" / "IntegracaoBancaria"
    assert usable_folder(wanted) == wanted
    assert wanted.is_dir()


def test_where_it_is_forbidden_another_is_offered(tmp_path: Path) -> None:
    (tmp_path / "Rezende").write_text("")
    offered = usable_folder(tmp_path / "Rezende" / "IntegracaoBancaria")
    assert offered.name == "IntegracaoBancaria"
    assert tmp_path not in offered.parents
