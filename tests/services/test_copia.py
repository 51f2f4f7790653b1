"""Cópias de segurança: made beside working programs, checked, kept in number; failures are remembered."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from bancointegra.domain.conta import TipoCobranca
from bancointegra.domain.copia import (
    EstadoCopia,
    MotivoCopia,
    NomeCopia,
    PreferenciasCopia,
    TabelasCopia,
    origem_da_copia,
    read_nome_copia,
)
from bancointegra.domain.errors import JobCancelled, StoreError
from bancointegra.domain.situacao import Situacao
from bancointegra.services.copia import CatalogoCopias, CopiaService
from bancointegra.store import Store, open_store
from bancointegra.store.copias import describe_copy
from bancointegra.system.copy_state import CopyStateFile
from tests.builders import ENTRY, NOW, KnownInstances, ManualClock, conta_itau, novo_titulo, plan, registrado_de
from tests.new_data import new_data_file

ORIGEM = "maria@FINANCEIRO"


class Desk:
    """A data file with one account and a título, and the service that copies it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = ManualClock(datetime(2026, 11, 23, 18, 2, 10).astimezone())
        self.store: Store = open_store(
            new_data_file(folder / "dados.sqlite3"), instances=KnownInstances(), clock=self.clock
        )
        self.conta = self.store.contas.save(conta_itau())
        self.tipo = self.store.contas.save_tipo_cobranca(TipoCobranca(0, "BOLETO", self.conta.id))
        self.preferencias = PreferenciasCopia(guardadas=2)
        self.state = CopyStateFile(folder / "copia.json")
        self.catalogo = CatalogoCopias(
            padrao=folder / "copias", preferencias=lambda: self.preferencias, describe=describe_copy
        )
        self.copias = self.of(ORIGEM)

    def of(self, origem: str) -> CopiaService:
        return CopiaService(
            catalogo=self.catalogo,
            store=self.store.copias,
            estado=self.state,
            clock=self.clock,
            versao="0.1.0",
            origem=origem,
        )

    def work(self, numero: int) -> None:
        self.store.titulos.add_many(self.conta.id, self.tipo.id, [novo_titulo(numero)], ENTRY)
        self.clock.advance(minutes=1)

    def names(self) -> list[str]:
        return [copia.path.name for copia in self.catalogo.listar()]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.store.close()


def test_a_copy_says_when_why_by_which_version_and_of_whom(desk: Desk) -> None:
    desk.work(1001)
    feita = desk.copias.fazer(MotivoCopia.A_PEDIDO)
    assert feita.path.name == "BancoIntegra 2026-11-23 180310 a pedido v0.1.0 maria@FINANCEIRO.sqlite3"
    [copia] = desk.catalogo.listar()
    assert (copia.nome.motivo, copia.nome.versao, copia.nome.origem) == (MotivoCopia.A_PEDIDO, "0.1.0", ORIGEM)
    assert copia.nome.em == desk.clock.now()
    assert copia.tamanho == feita.path.stat().st_size
    assert [file.name for file in feita.path.parent.iterdir()] == [feita.path.name]


def test_the_preview_tells_what_a_copy_holds(desk: Desk) -> None:
    desk.work(1001)
    desk.work(1002)
    order = desk.store.journal.prepare_registro(1, plan, "a")
    desk.store.journal.mark_enviada(order.id, "a")
    desk.store.journal.confirm_registro(order.id, registrado_de(order.registro), ENTRY)
    doubtful = desk.store.journal.prepare_registro(2, plan, "b")
    desk.store.journal.mark_enviada(doubtful.id, "b")
    conteudo = desk.catalogo.previa(desk.copias.fazer(MotivoCopia.A_PEDIDO).path)
    assert conteudo.contas == ("ITAU01",)
    assert conteudo.titulos == {Situacao.PENDENTE: 1, Situacao.REGISTRADO: 1}
    assert conteudo.a_confirmar == 1
    assert conteudo.ultima_mudanca == NOW
    assert conteudo.tabelas is TabelasCopia.IGUAIS


def test_what_another_program_has_not_committed_is_not_in_the_copy_and_does_not_delay_it(desk: Desk) -> None:
    desk.work(1001)
    with closing(sqlite3.connect(desk.folder / "dados.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE titulo SET situacao = 'LIQUIDADO'")
        conteudo = desk.catalogo.previa(desk.copias.fazer(MotivoCopia.A_PEDIDO).path)
        other.execute("ROLLBACK")
    assert conteudo.titulos == {Situacao.PENDENTE: 1}


def test_only_so_many_of_each_kind_are_kept(desk: Desk) -> None:
    asked = desk.copias.fazer(MotivoCopia.A_PEDIDO)
    made = []
    for number in range(4):
        desk.work(1001 + number)
        made.append(desk.copias.fazer(MotivoCopia.AO_FECHAR).path.name)
    assert desk.names() == [made[3], made[2], asked.path.name]


def test_what_was_just_made_stays_when_the_clock_went_back(desk: Desk) -> None:
    for number in range(2):
        desk.work(1001 + number)
        desk.copias.fazer(MotivoCopia.AO_FECHAR)
    desk.work(1003)
    desk.clock.advance(days=-365)
    made = desk.copias.fazer(MotivoCopia.AO_FECHAR)
    assert made.path.exists()
    assert len(desk.names()) == 2


def test_the_copies_of_another_computer_in_the_same_folder_stay(desk: Desk) -> None:
    theirs = desk.of("joao@CAIXA").fazer(MotivoCopia.AO_FECHAR)
    for number in range(3):
        desk.work(1001 + number)
        desk.copias.fazer(MotivoCopia.AO_FECHAR)
    assert theirs.path.exists()
    assert len(desk.names()) == 3


def test_closing_without_a_change_keeps_the_copy_there_is(desk: Desk) -> None:
    desk.work(1001)
    first = desk.copias.fazer(MotivoCopia.AO_FECHAR)
    desk.clock.advance(hours=1)
    again = desk.copias.fazer(MotivoCopia.AO_FECHAR)
    assert (again.path, again.repetida, first.repetida) == (first.path, True, False)
    assert desk.names() == [first.path.name]
    desk.work(1002)
    assert not desk.copias.fazer(MotivoCopia.AO_FECHAR).repetida


def test_a_folder_that_is_not_there_is_replaced_and_told_until_it_is_back(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "pendrive"
    desk.preferencias = PreferenciasCopia(stick)
    feita = desk.copias.fazer(MotivoCopia.AO_FECHAR)
    assert feita.path.parent == tmp_path / "copias"
    assert "não está disponível" in feita.aviso
    assert f"{stick}" in desk.copias.aviso
    stick.mkdir()
    assert desk.copias.fazer(MotivoCopia.A_PEDIDO).path.parent == stick
    assert desk.copias.aviso == ""
    assert len(desk.catalogo.listar()) == 2


def test_a_copy_that_fails_is_remembered_and_leaves_the_older_ones(desk: Desk, tmp_path: Path) -> None:
    good = desk.copias.fazer(MotivoCopia.AO_FECHAR)
    desk.work(1001)
    stick = tmp_path / "pendrive"
    stick.mkdir()
    desk.preferencias = PreferenciasCopia(stick, 1)
    name = NomeCopia(desk.clock.now(), MotivoCopia.AO_FECHAR, "0.1.0", ORIGEM).arquivo()
    (stick / f".{name}.parcial").mkdir()  # nothing can be written under that name
    with pytest.raises(StoreError):
        desk.copias.fazer(MotivoCopia.AO_FECHAR)
    assert desk.copias.aviso.startswith("A última cópia de segurança (23/11/2026 18:03) falhou. ")
    assert good.path.exists()


def test_a_copy_that_is_given_up_leaves_nothing(desk: Desk) -> None:
    def give_up(_done: int, _total: int) -> None:
        raise JobCancelled

    with pytest.raises(JobCancelled):
        desk.copias.fazer(MotivoCopia.AO_FECHAR, give_up)
    assert list((desk.folder / "copias").iterdir()) == []
    assert desk.copias.aviso == "A última cópia de segurança (23/11/2026 18:02) foi interrompida."


def test_a_damaged_a_foreign_and_a_newer_copy_are_told_apart(desk: Desk, tmp_path: Path) -> None:
    copy = desk.copias.fazer(MotivoCopia.A_PEDIDO).path
    foreign = tmp_path / "outro.sqlite3"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE notas (texto)")
    with pytest.raises(StoreError, match="não é uma cópia"):
        desk.catalogo.previa(foreign)
    with pytest.raises(StoreError, match="não está mais lá"):
        desk.catalogo.previa(tmp_path / "nada.sqlite3")
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert desk.catalogo.previa(copy).tabelas is TabelasCopia.MAIS_NOVAS
    content = bytearray(copy.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    copy.write_bytes(content)
    with pytest.raises(StoreError, match="danificada"):
        desk.catalogo.previa(copy)


def test_the_same_disk_is_told(desk: Desk) -> None:
    desk.copias.fazer(MotivoCopia.A_PEDIDO)
    assert desk.catalogo.is_no_mesmo_disco


def test_names_that_are_not_ours_are_no_copies() -> None:
    good = NomeCopia(NOW.astimezone(), MotivoCopia.ANTES_DE_ATUALIZAR, "1.2.0-rc1", "ana@PC-1")
    assert read_nome_copia(good.arquivo()) == good
    assert read_nome_copia(good.arquivo(3)) == good
    for other in ("bancointegra.sqlite3", good.arquivo().replace("-11-23", "-13-45"), f"x{good.arquivo()}"):
        assert read_nome_copia(other) is None
    assert origem_da_copia("MARIA LUÍZA", "PC / sala 2") == "MARIA-LUÍZA@PC-sala-2"
    assert origem_da_copia("", "  ") == "usuario@computador"


def test_a_state_nobody_can_read_warns_of_nothing(tmp_path: Path) -> None:
    state = CopyStateFile(tmp_path / "copia.json")
    assert state.load() is None
    kept = EstadoCopia(NOW, NOW, "Sem espaço.")
    state.save(kept)
    assert state.load() == kept
    (tmp_path / "copia.json").write_text("{", encoding="utf-8")
    assert state.load() is None
