from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from bancointegra.domain.copia import PreferenciasCopia
from bancointegra.domain.errors import StoreError
from bancointegra.domain.ponte import PreferenciasPasta
from bancointegra.domain.versao import PreferenciasVersao
from bancointegra.system.settings import Settings, SettingsFile


@pytest.fixture
def defaults(tmp_path: Path) -> Settings:
    return Settings(boleto_folder=tmp_path / "boletos")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_without_a_file_the_defaults_hold(path: Path, defaults: Settings) -> None:
    assert SettingsFile(path, defaults).load() == defaults
    assert not path.exists()


def test_what_is_saved_comes_back(path: Path, defaults: Settings, tmp_path: Path) -> None:
    chosen = Settings(
        boleto_folder=tmp_path / "Cobrança de João",
        gerar_pdf=False,
        copias=PreferenciasCopia(tmp_path / "pendrive", 30),
        pasta=PreferenciasPasta(True, tmp_path / "saída", "ITAU", "BOLETO", registrar=True, gerar_pdf=False),
        versao=PreferenciasVersao(True, "https://exemplo.com.br", "chave", "2026-11-23"),
    )
    SettingsFile(path, defaults).save(chosen)
    assert SettingsFile(path, defaults).load() == chosen


def test_what_an_older_or_newer_version_wrote_is_understood(path: Path, defaults: Settings) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"gerar_pdf": False, "de_uma_versao_futura": 1}))
    assert SettingsFile(path, defaults).load() == Settings(defaults.boleto_folder, gerar_pdf=False)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"gerar_pdf": "sim"}',
        b'{"boleto_folder": 3}',
        b"\xff\x00",
        b'{"copias": {"pasta": null, "guardadas": 0}}',
        b'{"copias": {}}',
        b'{"pasta": {"ativa": "sim", "registrar": true, "gerar_pdf": true}}',
        b'{"versao": {"ativa": 1, "endereco": "", "chave": "", "consultada_em": ""}}',
    ],
)
def test_an_unreadable_file_is_kept_aside_with_a_warning(
    path: Path, defaults: Settings, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert SettingsFile(path, defaults).load() == defaults
    (aside,) = path.parent.iterdir()
    assert aside.name.startswith("settings.json.ilegivel-")
    assert aside.read_bytes() == content
    assert aside.name in caplog.text
    caplog.clear()


def test_a_file_that_cannot_be_read_is_a_sentence(path: Path, defaults: Settings) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StoreError, match=r"settings\.json"):
        SettingsFile(path, defaults).load()
