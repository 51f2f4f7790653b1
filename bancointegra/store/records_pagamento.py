"""Records of bill payment to and from the domain's frozen dataclasses."""

from __future__ import annotations

from bancointegra.domain.conta import Ambiente
from bancointegra.domain.conta_consultada import ContaConsultada
from bancointegra.domain.conta_pagamento import Alcadas, ContaPagamento
from bancointegra.domain.documentos import Documento
from bancointegra.domain.ordem_pagamento import OrdemPagamento
from bancointegra.domain.order import OrderState
from bancointegra.domain.pagamento import Aprovacao, OperacaoPagamento, Pagamento, SituacaoPagamento
from bancointegra.domain.reais import Reais
from bancointegra.domain.regras_pagamento import chave_do_beneficiario
from bancointegra.domain.texto import fold
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.domain.transacao_pagamento import EstadoNaCelcoin, Ocorrencia, OcorrenciaGuardada
from bancointegra.store.codec_pagamento import consulta_from_json, consulta_to_json, reserva_from_json
from bancointegra.store.schema_pagamento import (
    ContaPagamentoRecord,
    OcorrenciaRecord,
    PagamentoHistoryRecord,
    PagamentoRecord,
    PaymentOrderRecord,
)


def conta_pagamento_from(record: ContaPagamentoRecord) -> ContaPagamento:
    return ContaPagamento(
        id=record.id,
        mnemonico=record.mnemonico,
        ambiente=Ambiente[record.ambiente],
        client_id=record.client_id,
        pagador=Documento(record.pagador),
        nome=record.nome,
        terminal=record.terminal,
        host=record.host,
        certificate_path=record.certificate_path,
        key_path=record.key_path,
        ca_path=record.ca_path,
        alcadas=Alcadas(
            _reais(record.limite_pagamento), _reais(record.limite_dia), _reais(record.limite_sem_aprovacao)
        ),
    )


def write_conta_pagamento(conta: ContaPagamento, record: ContaPagamentoRecord) -> None:
    record.mnemonico = conta.mnemonico
    record.ambiente = conta.ambiente.name
    record.client_id = conta.client_id
    record.pagador = conta.pagador.numero
    record.nome = conta.nome
    record.terminal = conta.terminal
    record.host = conta.host
    record.certificate_path = conta.certificate_path
    record.key_path = conta.key_path
    record.ca_path = conta.ca_path
    record.limite_pagamento = _centavos(conta.alcadas.por_pagamento)
    record.limite_dia = _centavos(conta.alcadas.por_dia)
    record.limite_sem_aprovacao = _centavos(conta.alcadas.sem_aprovacao)


def pagamento_from(record: PagamentoRecord, *, in_doubt: bool) -> Pagamento:
    return Pagamento(
        id=record.id,
        conta_id=record.conta_id,
        consulta=consulta_from_json(record.consulta),
        situacao=SituacaoPagamento.A_CONFIRMAR if in_doubt else SituacaoPagamento[record.situacao],
        situacao_em=record.situacao_em,
        preparado_por=record.preparado_por,
        criado_em=record.criado_em,
        valor_informado=_reais(record.valor_informado),
        nsu=record.nsu,
        transacao=record.transacao,
        reservado_em=record.reservado_em,
        expira_em=record.expira_em,
        confirmado_em=record.confirmado_em,
        liquida_em=record.liquida_em,
        liquidante=record.liquidante,
        autenticacao=record.autenticacao,
        estado_visto=EstadoNaCelcoin[record.estado_visto] if record.estado_visto else None,
        aviso=record.aviso,
        agendado_para=record.agendado_para,
        aprovacao=_aprovacao_from(record),
    )


def write_consulta(consulta: ContaConsultada, record: PagamentoRecord) -> None:
    """The figures of a consult, and what the list shows, sorts and is filtered by of them."""
    recebedor = consulta.recebedor
    record.consulta = consulta_to_json(consulta)
    record.beneficiario = recebedor.nome[:120]
    record.beneficiario_chave = chave_do_beneficiario(consulta)[:120]
    record.vencimento = consulta.vencimento
    record.liquida_em = consulta.liquida_em
    show_valor(record, consulta)
    show_busca(record)


def show_valor(record: PagamentoRecord, consulta: ContaConsultada) -> None:
    """What is to be paid, for the list."""
    total = _centavos(consulta.valores.total)
    record.valor = record.valor_informado if record.valor_informado is not None else total


def show_busca(record: PagamentoRecord) -> None:
    consulta = consulta_from_json(record.consulta)
    parts = (
        record.beneficiario,
        record.beneficiario_chave,
        consulta.emissor,
        record.linha,
        str(record.nsu or ""),
        record.transacao or "",
    )
    record.busca = fold(" ".join(parts))


def order_from(record: PaymentOrderRecord) -> OrdemPagamento:
    pagamento = pagamento_from(record.pagamento, in_doubt=False)
    return OrdemPagamento(
        id=record.id,
        pagamento_id=record.pagamento_id,
        conta_id=record.conta_id,
        identificacao=pagamento.identificacao,
        operacao=OperacaoPagamento[record.operacao],
        state=OrderState(record.state),
        nsu=record.nsu,
        terminal=record.terminal,
        transacao=pagamento.transacao,
        reserva=reserva_from_json(record.reserva) if record.reserva else None,
        claim=record.claim,
        instance=record.instance,
        attempts=record.attempts,
        created_at=record.created_at,
        sent_at=record.sent_at,
        expira_em=pagamento.expira_em,
        reason=record.reason,
    )


def ocorrencia_from(record: OcorrenciaRecord) -> OcorrenciaGuardada:
    return OcorrenciaGuardada(
        id=record.id,
        conta_id=record.conta_id,
        ocorrencia=Ocorrencia(
            transacao=record.transacao,
            data=record.data,
            motivo=record.motivo,
            valor=Reais(record.valor),
            linha=record.linha,
            nsu=record.nsu,
            terminal=record.terminal,
            pago_em=record.pago_em,
        ),
        pagamento_id=record.pagamento_id,
        beneficiario=record.pagamento.beneficiario if record.pagamento else "",
        vista=record.vista,
    )


def entry_from(record: PagamentoHistoryRecord) -> HistoryEntry:
    return HistoryEntry(record.em, record.texto, record.detalhe, record.quem)


def _aprovacao_from(record: PagamentoRecord) -> Aprovacao | None:
    if record.aprovado_em is None or record.aprovado_valor is None:
        return None
    return Aprovacao(record.aprovado_por, record.aprovado_em, Reais(record.aprovado_valor))


def _reais(centavos: int | None) -> Reais | None:
    return None if centavos is None else Reais(centavos)


def _centavos(amount: Reais | None) -> int | None:
    return None if amount is None else amount.centavos
