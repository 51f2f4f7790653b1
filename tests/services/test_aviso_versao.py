"""Aviso de versão looks at most once a day, only when it was wanted, and tells newer versions only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bancointegra.domain.errors import AppError
from bancointegra.domain.versao import PreferenciasVersao, VersaoPublicada, is_mais_nova
from bancointegra.services.aviso_versao import AvisoVersaoService
from tests.builders import ManualClock

NEWER = VersaoPublicada("0.2.0", date(2026, 11, 20))


class Publisher:
    """A publisher in memory: counts who asks, and fails when it must."""

    def __init__(self) -> None:
        self.asked = 0
        self.newest = NEWER
        self.away = False

    def publicada(self, endereco: str, chave: str) -> VersaoPublicada:
        self.asked += 1
        if self.away:
            raise AppError("O arquivo de versões não foi alcançado.")
        return self.newest


class Desk:
    def __init__(self) -> None:
        self.publisher = Publisher()
        self.clock = ManualClock()
        self.kept = PreferenciasVersao()
        self.service = AvisoVersaoService(
            provider=self.publisher, clock=self.clock, instalada="0.1.0", load=lambda: self.kept, save=self.keep
        )

    def keep(self, preferencias: PreferenciasVersao) -> None:
        self.kept = preferencias


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_it_is_off_until_somebody_wants_it(desk: Desk) -> None:
    assert desk.service.consultar_no_dia() is None
    assert desk.publisher.asked == 0


def test_it_looks_once_a_day(desk: Desk) -> None:
    assert desk.service.configurar(True, " https://exemplo.com.br/versao.json ", "chave") == NEWER
    assert desk.kept.endereco == "https://exemplo.com.br/versao.json"
    assert desk.service.consultar_no_dia() is None
    desk.kept = replace(desk.kept, consultada_em=(desk.clock.today() - timedelta(days=1)).isoformat())
    assert desk.service.consultar_no_dia() == NEWER
    assert desk.service.consultar_no_dia() is None
    assert desk.publisher.asked == 2


def test_a_day_without_connection_counts_as_looked(desk: Desk) -> None:
    desk.kept = PreferenciasVersao(True, "https://exemplo.com.br", "chave", "2020-01-01")
    desk.publisher.away = True
    with pytest.raises(AppError, match="não foi alcançado"):
        desk.service.consultar_no_dia()
    assert desk.service.consultar_no_dia() is None
    assert desk.publisher.asked == 1


def test_what_cannot_be_read_is_not_kept(desk: Desk) -> None:
    desk.publisher.away = True
    with pytest.raises(AppError):
        desk.service.configurar(True, "https://exemplo.com.br", "chave")
    assert desk.kept == PreferenciasVersao()
    assert desk.service.configurar(False, "", "") is None


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9"])
def test_what_is_not_newer_is_not_told(desk: Desk, version: str) -> None:
    desk.publisher.newest = VersaoPublicada(version, date(2026, 11, 20))
    assert desk.service.configurar(True, "https://exemplo.com.br", "chave") is None


def test_versions_are_compared_by_their_numbers() -> None:
    assert is_mais_nova("0.10.0", "0.9.9")
    assert not is_mais_nova("1.0.0", "1.0.0")
    with pytest.raises(ValueError, match="not a version"):
        is_mais_nova("1.0", "1.0.0")
