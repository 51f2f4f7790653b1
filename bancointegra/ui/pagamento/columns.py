"""The columns of the three lists of the screen. No window is needed to import this module."""

from __future__ import annotations

from bancointegra.domain.convenio import Convenio
from bancointegra.domain.linha_digitavel import TAMANHO_LINHA_ARRECADACAO, TAMANHO_LINHA_COBRANCA, format_linha
from bancointegra.domain.pagamento import Pagamento, PagamentoSort
from bancointegra.domain.transacao_pagamento import OcorrenciaGuardada
from bancointegra.ui.pagamento.texts import documento, situacao_label
from bancointegra.ui.table.column import Column, money


def linha(digits: str) -> str:
    """A line as printed; anything else as it came."""
    known = len(digits) in (TAMANHO_LINHA_COBRANCA, TAMANHO_LINHA_ARRECADACAO)
    return format_linha(digits) if known else digits


PAGAMENTOS: tuple[Column[Pagamento], ...] = (
    Column(
        "situacao",
        "Status",
        lambda row: row.situacao,
        situacao_label,
        width=186,
        sort=PagamentoSort.SITUACAO,
        chip=True,
    ),
    Column(
        "beneficiario",
        "Beneficiário",
        lambda row: row.consulta.recebedor.nome,
        width=180,
        sort=PagamentoSort.BENEFICIARIO,
        stretch=True,
        tooltip=lambda row: row.consulta.recebedor.nome,
    ),
    Column("documento", "CPF/CNPJ", lambda row: documento(row.consulta.recebedor.documento), width=148),
    Column("vencimento", "Vencimento", lambda row: row.vencimento, width=96, sort=PagamentoSort.VENCIMENTO),
    money("valor", "Valor", lambda row: row.valor, sort=PagamentoSort.VALOR, width=96),
    Column("inclusao", "Incluído em", lambda row: row.criado_em, width=128, sort=PagamentoSort.INCLUSAO),
    Column("pagamento", "Pago em", lambda row: row.confirmado_em, width=128, sort=PagamentoSort.PAGAMENTO),
    Column("liquidacao", "Liquidação", lambda row: row.liquida_em, width=96),
    Column("agenda", "Agendado para", lambda row: row.agendado_para, width=108, visible=False),
    Column("quem", "Incluído por", lambda row: row.preparado_por, width=120, visible=False),
    Column("linha", "Linha digitável", lambda row: linha(row.linha), width=380, visible=False),
)

OCORRENCIAS: tuple[Column[OcorrenciaGuardada], ...] = (
    Column("data", "Devolvido em", lambda row: row.ocorrencia.data, width=132, sort="data"),
    Column(
        "beneficiario",
        "Beneficiário",
        lambda row: row.beneficiario,
        width=180,
        sort="beneficiario",
        stretch=True,
        tooltip=lambda row: row.beneficiario,
    ),
    money("valor", "Valor", lambda row: row.ocorrencia.valor, sort="valor"),
    Column(
        "motivo",
        "Motivo",
        lambda row: row.ocorrencia.motivo,
        width=300,
        sort="motivo",
        tooltip=lambda row: row.ocorrencia.motivo,
    ),
    Column("pago_em", "Pago em", lambda row: row.ocorrencia.pago_em, width=132, sort="pago_em"),
    Column("linha", "Linha digitável", lambda row: linha(row.ocorrencia.linha), width=380, visible=False),
)

CONVENIOS: tuple[Column[Convenio], ...] = (
    Column("nome", "Convênio", lambda row: row.nome, width=240, sort="nome", stretch=True),
    Column(
        "limite",
        "Aceita até",
        lambda row: row.limite,
        lambda row: f"{row.limite:%H:%M}" if row.limite else "—",
        width=92,
        sort="limite",
    ),
    Column("tipo", "Tipo", lambda row: row.tipo, width=110, sort="tipo"),
    Column("ufs", "UF", lambda row: ", ".join(row.ufs), width=110),
    Column("mascara", "Máscara da linha digitável", lambda row: row.mascara, width=400),
)
