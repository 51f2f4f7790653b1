"""The columns of the registers. No window is needed to import this module."""

from __future__ import annotations

from dataclasses import dataclass

from bancointegra.domain.conta import TipoEmUso
from bancointegra.domain.pagador import Pagador, PagadorSort
from bancointegra.domain.texto import fold
from bancointegra.ui.table.column import Align, Column


@dataclass(frozen=True, slots=True)
class EscritorioNaLista:
    """An Escritório de Cobrança and how many protests were ordered with it; ``id`` is its place in the list."""

    id: int
    nome: str
    protestos: int


PAGADORES: tuple[Column[Pagador], ...] = (
    Column(
        "nome",
        "Nome",
        lambda row: row.sacado.nome,
        width=220,
        sort=PagadorSort.NOME,
        stretch=True,
        tooltip=lambda row: row.sacado.nome,
    ),
    Column("documento", "CPF/CNPJ", lambda row: row.sacado.documento, width=156, sort=PagadorSort.DOCUMENTO),
    Column(
        "cidade",
        "Cidade",
        lambda row: f"{row.sacado.endereco.cidade}/{row.sacado.endereco.uf}",
        width=190,
        sort=PagadorSort.CIDADE,
    ),
    Column("email", "E-mail", lambda row: row.email, width=230, tooltip=lambda row: row.email),
    Column("endereco", "Endereço", lambda row: row.sacado.endereco.uma_linha, width=320, visible=False),
)

TIPOS: tuple[Column[TipoEmUso], ...] = (
    Column(
        "nome",
        "Tipo de Cobrança",
        lambda row: row.tipo.nome,
        width=260,
        sort=lambda row: fold(row.tipo.nome),
        stretch=True,
    ),
    Column("conta", "Conta Bancária", lambda row: row.mnemonico, width=220, sort=lambda row: row.mnemonico),
    Column(
        "titulos",
        "Títulos",
        lambda row: row.titulos,
        lambda row: f"{row.titulos:,}".replace(",", "."),
        align=Align.RIGHT,
        width=110,
        sort=lambda row: row.titulos,
    ),
)

ESCRITORIOS: tuple[Column[EscritorioNaLista], ...] = (
    Column(
        "nome",
        "Escritório de Cobrança",
        lambda row: row.nome,
        width=320,
        sort=lambda row: fold(row.nome),
        stretch=True,
    ),
    Column(
        "protestos",
        "Protestos pedidos",
        lambda row: row.protestos,
        align=Align.RIGHT,
        width=150,
        sort=lambda row: row.protestos,
    ),
)
