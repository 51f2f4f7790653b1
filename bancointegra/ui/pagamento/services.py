"""The services the screen calls, in one value."""

from __future__ import annotations

from dataclasses import dataclass

from bancointegra.services.comprovante import ComprovanteService
from bancointegra.services.conta_pagamento import ContaPagamentoService
from bancointegra.services.convenio import ConvenioService
from bancointegra.services.leitura_arquivo import LeituraArquivoService
from bancointegra.services.ocorrencia import OcorrenciaService
from bancointegra.services.pagamento import PagamentoService
from bancointegra.services.pagamento_busca import PagamentoBuscaService
from bancointegra.services.pagamento_controle import AgendaService, AprovacaoService
from bancointegra.services.pagamento_lote import LotePagamentoService
from bancointegra.services.pagamento_verificacao import VerificacaoPagamentoService


@dataclass(frozen=True, slots=True)
class PagamentoServices:
    """All block; the screen calls them through ``Jobs`` only."""

    busca: PagamentoBuscaService
    pagamento: PagamentoService
    verificacao: VerificacaoPagamentoService
    aprovacao: AprovacaoService
    agenda: AgendaService
    ocorrencias: OcorrenciaService
    convenios: ConvenioService
    contas: ContaPagamentoService
    comprovantes: ComprovanteService
    leitura: LeituraArquivoService
    lote: LotePagamentoService


def lane_of(conta_id: int) -> str:
    """The lane of the orders of one account."""
    return f"pagamentos-{conta_id}"
