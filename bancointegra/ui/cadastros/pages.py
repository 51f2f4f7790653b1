"""The three registers: Pagadores, Tipos de Cobrança, Escritórios de Cobrança."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from bancointegra.domain.conta import ContaBancaria, TipoCobranca, TipoEmUso
from bancointegra.domain.pagador import Pagador
from bancointegra.services.conta import ContaService
from bancointegra.services.escritorio import EscritorioService
from bancointegra.services.pagador import PagadorService
from bancointegra.ui.cadastros.columns import ESCRITORIOS, PAGADORES, TIPOS, EscritorioNaLista
from bancointegra.ui.cadastros.nome_dialog import NomeDialog, Store
from bancointegra.ui.cadastros.pagador_dialog import PagadorDialog
from bancointegra.ui.cadastros.register_page import RegisterPage, RegisterWords
from bancointegra.ui.cadastros.sources import PagadorSource, ShortListSource
from bancointegra.ui.jobs import Jobs
from bancointegra.ui.table.model import RowSource

_PAGADORES = RegisterWords(
    key="pagadores",
    list_name="Pagadores",
    one="pagador",
    many="pagadores",
    new="Novo pagador",
    open="Abrir",
    search="Pesquisar por nome ou CPF/CNPJ",
    icon="users",
    begin="Os pagadores entram aqui sozinhos com os títulos importados, ou por Novo pagador.",
)
_TIPOS = RegisterWords(
    key="tipos-cobranca",
    list_name="Tipos de Cobrança",
    one="tipo de cobrança",
    many="tipos de cobrança",
    new="Novo tipo",
    open="Renomear",
    search="Pesquisar por nome ou conta",
    icon="receipt-text",
    begin="Cada tipo de cobrança pertence a uma conta bancária: cadastre primeiro a conta.",
)
_ESCRITORIOS = RegisterWords(
    key="escritorios",
    list_name="Escritórios de Cobrança",
    one="escritório",
    many="escritórios",
    new="Novo escritório",
    open="Renomear",
    search="Pesquisar por nome",
    icon="gavel",
    begin="O escritório que acompanha um protesto; Protestar também inclui um novo.",
)
TIPO, ESCRITORIO = "Tipo de Cobrança", "Escritório de Cobrança"
_NOTE_ESCRITORIO = "Os protestos já pedidos guardam o nome que o escritório tinha."


class PagadoresPage(RegisterPage[Pagador]):
    """Who is to pay, once for each CPF or CNPJ."""

    def __init__(
        self, pagadores: PagadorService, *, jobs: Jobs, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        self._pagadores = pagadores
        super().__init__(_PAGADORES, PAGADORES, lambda row: row.id, jobs=jobs, settings=settings, parent=parent)

    def source(self, texto: str) -> RowSource[Pagador]:
        return PagadorSource(self._pagadores, texto)

    def name_of(self, row: Pagador) -> str:
        return row.sacado.nome

    def ask_new(self) -> None:
        self._ask(None)

    def ask_open(self, row: Pagador) -> None:
        self._ask(row)

    def delete(self, row: Pagador) -> None:
        self._pagadores.excluir(row)

    def _ask(self, pagador: Pagador | None) -> None:
        dialog = PagadorDialog(self._jobs, self._pagadores, pagador, self, typed="" if pagador else self.words)
        dialog.saved.connect(lambda stored: self.stored(f"{stored.sacado.nome}: no cadastro."))
        dialog.open()


class TiposPage(RegisterPage[TipoEmUso]):
    """How títulos are charged; each tied to one account. The same list as in the account's own form."""

    def __init__(self, contas: ContaService, *, jobs: Jobs, settings: QSettings, parent: QWidget | None = None) -> None:
        self._contas = contas
        super().__init__(_TIPOS, TIPOS, _tipo_id, jobs=jobs, settings=settings, parent=parent)

    def source(self, texto: str) -> RowSource[TipoEmUso]:
        return ShortListSource(self._contas.tipos_em_uso, _tipo_id, _words_of_tipo, texto)

    def name_of(self, row: TipoEmUso) -> str:
        return f"{row.tipo.nome} ({row.mnemonico})"

    def ask_new(self) -> None:
        def ask(contas: Sequence[ContaBancaria]) -> None:
            if contas:
                self._open_dialog("Novo tipo de cobrança", TipoCobranca(0, "", 0), contas)
            else:
                self.say(_TIPOS.begin)

        self._jobs.run(lambda _ctx: self._contas.todas(), owner=self, done=ask, failed=self._show_error)

    def ask_open(self, row: TipoEmUso) -> None:
        self._open_dialog(f"Renomear, conta {row.mnemonico}", row.tipo, ())

    def delete(self, row: TipoEmUso) -> None:
        self._contas.excluir_tipo_cobranca(row.tipo)

    def _open_dialog(self, title: str, tipo: TipoCobranca, contas: Sequence[ContaBancaria]) -> None:
        def store(nome: str, conta_id: int) -> str:
            return self._contas.salvar_tipo_cobranca(replace(tipo, nome=nome, conta_id=tipo.conta_id or conta_id)).nome

        dialog = NomeDialog(self._jobs, title, TIPO, store, self, nome=tipo.nome, contas=contas)
        dialog.stored.connect(lambda nome: self.stored(f"{nome}: no cadastro."))
        dialog.open()


class EscritoriosPage(RegisterPage[EscritorioNaLista]):
    """Who follows a protest for the office."""

    def __init__(
        self, escritorios: EscritorioService, *, jobs: Jobs, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        self._escritorios = escritorios
        super().__init__(_ESCRITORIOS, ESCRITORIOS, _place, jobs=jobs, settings=settings, parent=parent)

    def source(self, texto: str) -> RowSource[EscritorioNaLista]:
        return ShortListSource(self._read, _place, self.name_of, texto)

    def name_of(self, row: EscritorioNaLista) -> str:
        return row.nome

    def ask_new(self) -> None:
        self._open_dialog("Novo escritório de cobrança", lambda nome, _conta: self._escritorios.incluir(nome), "")

    def ask_open(self, row: EscritorioNaLista) -> None:
        self._open_dialog("Renomear", lambda nome, _conta: self._escritorios.renomear(row.nome, nome), row.nome)

    def delete(self, row: EscritorioNaLista) -> None:
        self._escritorios.excluir(row.nome)

    def _read(self) -> Sequence[EscritorioNaLista]:
        protestos = self._escritorios.protestos()
        return [
            EscritorioNaLista(place, nome, protestos.get(nome, 0))
            for place, nome in enumerate(self._escritorios.todos())
        ]

    def _open_dialog(self, title: str, store: Store, nome: str) -> None:
        note = _NOTE_ESCRITORIO if nome else ""
        dialog = NomeDialog(self._jobs, title, ESCRITORIO, store, self, nome=nome, note=note)
        dialog.stored.connect(lambda stored: self.stored(f"{stored}: no cadastro."))
        dialog.open()


def _tipo_id(row: TipoEmUso) -> int:
    return row.tipo.id


def _words_of_tipo(row: TipoEmUso) -> str:
    return f"{row.tipo.nome} {row.mnemonico}"


def _place(row: EscritorioNaLista) -> int:
    return row.id
