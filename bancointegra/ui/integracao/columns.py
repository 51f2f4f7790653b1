"""The columns of the list of títulos. No window is needed to import this module."""

from __future__ import annotations

from bancointegra.domain.titulo import TituloRow, TituloSort
from bancointegra.ui.integracao.actions import status_label
from bancointegra.ui.table.column import Column, money

COLUMNS: tuple[Column[TituloRow], ...] = (
    Column("titulo", "Título", lambda row: row.titulo, width=72, sort=TituloSort.TITULO),
    Column(
        "sacado",
        "Sacado",
        lambda row: row.sacado,
        width=150,
        sort=TituloSort.SACADO,
        stretch=True,
        tooltip=lambda row: row.sacado,
    ),
    Column("documento", "CPF/CNPJ", lambda row: row.documento, width=148),
    Column("emissao", "Emissão", lambda row: row.emissao, width=88, sort=TituloSort.EMISSAO),
    Column("vencimento", "Vencimento", lambda row: row.vencimento, width=100, sort=TituloSort.VENCIMENTO),
    money("valor", "Valor", lambda row: row.valor, sort=TituloSort.VALOR, width=94),
    Column("nosso_numero", "Nosso nº", lambda row: row.nosso_numero, width=128, sort=TituloSort.NOSSO_NUMERO),
    Column(
        "situacao", "Status", lambda row: row.situacao, status_label, width=196, sort=TituloSort.SITUACAO, chip=True
    ),
    Column(
        "ultima_operacao",
        "Última operação",
        lambda row: row.ultima_operacao,
        width=150,
        tooltip=lambda row: row.ultima_operacao,
    ),
)
