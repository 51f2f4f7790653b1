"""``--selfcheck FILE``: the real parts, and one that does not work."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bancointegra.cli import exit_codes
from tests.program_starter import program_starter

PARTS = [
    "Programa",
    "Relógio",
    "Pastas",
    "Arquivo de dados",
    "Cofre de senhas",
    "Conexão segura (TLS)",
    "Boleto de prova",
    "Tela (Qt)",
]


@pytest.fixture
def settings_of_a_folder_that_is_a_file(tmp_path: Path) -> Path:
    """A data folder whose PDFs would go into a file."""
    data, blocked = tmp_path / "dados", tmp_path / "arquivo"
    blocked.write_text("")
    (data / "config").mkdir(parents=True)
    settings = {"boleto_folder": str(blocked), "gerar_pdf": True}
    (data / "config" / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    return data


def test_the_report_names_what_works_and_what_does_not(
    tmp_path: Path, settings_of_a_folder_that_is_a_file: Path
) -> None:
    data, report = settings_of_a_folder_that_is_a_file, tmp_path / "relatório.json"
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    ended = program_starter().run(["--dados", str(data), "--selfcheck", str(report)], environ)
    assert ended.returncode == exit_codes.PARTIAL, ended.stderr
    found = json.loads(report.read_text(encoding="utf-8"))
    assert [item["nome"] for item in found["itens"]] == PARTS
    assert [item["nome"] for item in found["itens"] if not item["ok"]] == ["Pastas"]
    assert found["completa"]
    assert not found["ok"]
    assert "FALHOU  Pastas: Não foi possível gravar em" in ended.stdout
    assert list(data.rglob("verificação*")) == []
