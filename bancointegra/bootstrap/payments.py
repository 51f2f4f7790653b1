"""The services of bill payment, put together."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bancointegra.bootstrap.printer import ComprovantePrinterOnDemand, LeitorOnDemand
from bancointegra.domain.ports import Clock, Instances, Vault
from bancointegra.domain.ports_certificado import CertificateStore
from bancointegra.domain.ports_pagamento import PagamentoProviders, TableFiles
from bancointegra.services.comprovante import ComprovanteService
from bancointegra.services.conta_pagamento import ContaPagamentoService
from bancointegra.services.convenio import ConvenioService
from bancointegra.services.in_flight import OrdersInFlight
from bancointegra.services.leitura_arquivo import LeituraArquivoService
from bancointegra.services.ocorrencia import OcorrenciaService
from bancointegra.services.pagamento import PagamentoService
from bancointegra.services.pagamento_busca import PagamentoBuscaService
from bancointegra.services.pagamento_controle import AgendaService, AprovacaoService
from bancointegra.services.pagamento_envio import Pause, PaymentConducts, PaymentSender
from bancointegra.services.pagamento_lote import LotePagamentoService
from bancointegra.services.pagamento_verificacao import PaymentSettler, VerificacaoPagamentoService
from bancointegra.services.segredos import SegredosDaConta
from bancointegra.store import Store
from bancointegra.system.paths import resources_dir


@dataclass(frozen=True, slots=True)
class PaymentServices:
    """What the screen Pagamento de Contas and its commands may call."""

    pagamento: PagamentoService
    verificacao: VerificacaoPagamentoService
    busca: PagamentoBuscaService
    ocorrencias: OcorrenciaService
    convenios: ConvenioService
    aprovacao: AprovacaoService
    agenda: AgendaService
    lote: LotePagamentoService
    conta: ContaPagamentoService
    comprovantes: ComprovanteService
    leitura: LeituraArquivoService


def build_payment_services(
    store: Store,
    *,
    providers: PagamentoProviders,
    vault: Vault,
    files: TableFiles,
    certificados: CertificateStore,
    instances: Instances,
    clock: Clock,
    quem: str,
    folder: Callable[[], Path],
    pause: Pause = time.sleep,
) -> PaymentServices:
    """``folder`` is where receipts get their own; ``pause`` waits some seconds between two questions to Celcoin.

    The rest is as in ``Program``.
    """
    contas, pagamentos, journal = store.contas_pagamento, store.pagamentos, store.payment_journal
    in_flight = OrdersInFlight()
    sender = PaymentSender(journal=journal, in_flight=in_flight, clock=clock, quem=quem)
    conducts = PaymentConducts(
        contas=contas, journal=journal, providers=providers, sender=sender, clock=clock, pause=pause
    )
    settler = PaymentSettler(
        journal=journal, sender=sender, conducts=conducts, in_flight=in_flight, instances=instances
    )
    verificacao = VerificacaoPagamentoService(
        contas=contas,
        pagamentos=pagamentos,
        journal=journal,
        providers=providers,
        settler=settler,
        clock=clock,
        quem=quem,
    )
    pagamento = PagamentoService(
        contas=contas,
        pagamentos=pagamentos,
        journal=journal,
        providers=providers,
        conducts=conducts,
        sender=sender,
        verificacao=verificacao,
        clock=clock,
        quem=quem,
    )
    return PaymentServices(
        pagamento=pagamento,
        verificacao=verificacao,
        busca=PagamentoBuscaService(contas=contas, pagamentos=pagamentos),
        ocorrencias=OcorrenciaService(contas=contas, ocorrencias=store.ocorrencias, providers=providers, clock=clock),
        convenios=ConvenioService(contas=contas, convenios=store.convenios, providers=providers, clock=clock),
        aprovacao=AprovacaoService(contas=contas, pagamentos=pagamentos, clock=clock, quem=quem),
        agenda=AgendaService(pagamentos=pagamentos, pagamento=pagamento, clock=clock, quem=quem),
        lote=LotePagamentoService(files=files, pagamento=pagamento),
        conta=ContaPagamentoService(
            contas=contas, segredos=SegredosDaConta(vault), providers=providers, certificados=certificados
        ),
        comprovantes=ComprovanteService(
            contas=contas,
            pagamentos=pagamentos,
            pagamento=pagamento,
            printer=ComprovantePrinterOnDemand(resources_dir() / "fonts"),
            folder=folder,
            clock=clock,
            quem=quem,
        ),
        leitura=LeituraArquivoService(LeitorOnDemand(), clock),
    )
