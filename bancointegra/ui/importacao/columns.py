"""The columns of the preview, and of the list of faults. No window is needed to import this module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bancointegra.domain.importacao import Campo, LinhaPrevia, Previa, SituacaoLinha
from bancointegra.domain.reais import Reais
from bancointegra.ui.importacao.texts import explicacao, nome_do_campo
from bancointegra.ui.table.column import NOTHING, Column, money


@dataclass(frozen=True, slots=True)
class LinhaNumerada:
    """A row of the preview with its position there."""

    posicao: int
    linha: LinhaPrevia

    @property
    def titulo(self) -> str:
        return self.linha.identificacao

    @property
    def sacado(self) -> str:
        novo = self.linha.novo
        return novo.sacado.nome if novo else _said(self.linha, Campo.SACADO)

    @property
    def documento(self) -> str:
        novo = self.linha.novo
        return novo.sacado.documento.formatado if novo else _said(self.linha, Campo.DOCUMENTO)

    @property
    def valor(self) -> Reais | None:
        return self.linha.novo.valor if self.linha.novo else None


@dataclass(frozen=True, slots=True)
class FalhaNumerada:
    """One fault of a row, or something to be told of it."""

    linha: LinhaNumerada
    coluna: str
    mensagem: str


@dataclass(frozen=True, slots=True)
class PreviaNaTela:
    """A preview with all that the screen counts and adds up: worked out once, in the background."""

    previa: Previa
    linhas: tuple[LinhaNumerada, ...]
    contagem: Mapping[SituacaoLinha, int]
    novas: tuple[int, ...]
    total_das_novas: Reais

    def de(self, situacoes: frozenset[SituacaoLinha]) -> tuple[LinhaNumerada, ...]:
        """The rows in these situations."""
        return tuple(row for row in self.linhas if row.linha.situacao in situacoes)


def na_tela(previa: Previa) -> PreviaNaTela:
    """Work it out. May take a moment; call it from a worker thread."""
    novas = previa.posicoes(SituacaoLinha.NOVA)
    linhas = tuple(LinhaNumerada(at, linha) for at, linha in enumerate(previa.linhas))
    return PreviaNaTela(previa, linhas, previa.contagem, novas, previa.total(novas))


def falhas(previa: Previa) -> Iterator[FalhaNumerada]:
    """Every fault of the wrong rows, in their order."""
    for at in previa.posicoes(SituacaoLinha.ERRADA):
        linha = LinhaNumerada(at, previa.linhas[at])
        for falha in linha.linha.falhas:
            yield FalhaNumerada(linha, falha.coluna, falha.mensagem)


def _said(linha: LinhaPrevia, campo: Campo) -> str:
    """As it stands in the file."""
    return linha.textos.get(campo, "")


COLUMNS: tuple[Column[LinhaNumerada], ...] = (
    Column("onde", "Onde", lambda row: row.linha.onde, width=150, tooltip=lambda row: row.linha.onde),
    Column("situacao", "Situação", lambda row: row.linha.situacao, width=116, chip=True, sort="situacao"),
    Column("titulo", "Título", lambda row: row.titulo, width=92, sort="titulo"),
    Column("sacado", "Sacado", lambda row: row.sacado, width=210, sort="sacado", tooltip=lambda row: row.sacado),
    Column("documento", "CPF/CNPJ", lambda row: row.documento, width=148),
    Column(
        "vencimento",
        "Vencimento",
        lambda row: row.linha.novo.vencimento if row.linha.novo else None,
        lambda row: f"{row.linha.novo.vencimento:%d/%m/%Y}" if row.linha.novo else _shown(row, Campo.VENCIMENTO),
        width=100,
        sort="vencimento",
    ),
    money("valor", "Valor", lambda row: row.valor, sort="valor"),
    Column(
        "explicacao",
        "O que há com a linha",
        lambda row: explicacao(row.linha),
        lambda row: explicacao(row.linha),
        width=240,
        stretch=True,
        tooltip=lambda row: explicacao(row.linha),
    ),
)

FALHAS: tuple[Column[FalhaNumerada], ...] = (
    Column("onde", "Onde", lambda falha: falha.linha.linha.onde, width=110),
    Column("coluna", "Coluna", lambda falha: nome_do_campo(falha.coluna), width=110),
    Column("mensagem", "Problema", lambda falha: falha.mensagem, width=420),
    Column("titulo", "Título", lambda falha: falha.linha.titulo, width=90),
    Column("sacado", "Sacado", lambda falha: falha.linha.sacado, width=240),
)


def _shown(row: LinhaNumerada, campo: Campo) -> str:
    return _said(row.linha, campo) or NOTHING
