"""What a query means for the título: the bank's situation becomes the manual's status."""

from __future__ import annotations

from bancointegra.domain.boleto import ConsultaBoleto, ProtestoNoBanco, SituacaoNoBanco
from bancointegra.domain.situacao import Situacao

_EM_PROTESTO = (Situacao.PROTESTADO, Situacao.CANCELAMENTO_ENVIADO)


def situacao_apos_consulta(atual: Situacao, consulta: ConsultaBoleto) -> Situacao:
    """The status after a query. What the bank says in unknown words changes nothing."""
    if consulta.situacao.is_pago:
        return Situacao.LIQUIDADO
    if consulta.situacao is SituacaoNoBanco.BAIXADO:
        return Situacao.BAIXADO
    if consulta.situacao is SituacaoNoBanco.DESCONHECIDA:
        return atual
    if consulta.protesto.is_em_curso:
        return atual if atual in _EM_PROTESTO else Situacao.PROTESTADO
    if atual is Situacao.PROTESTADO and consulta.protesto is ProtestoNoBanco.NENHUM:
        # A protest asked for moments ago may not show yet: only the bank's word that it was stayed undoes it.
        return atual
    return Situacao.REGISTRADO


def describe_consulta(consulta: ConsultaBoleto) -> str:
    """One sentence for the history: the bank's word and what it says of money."""
    sentence = f"O banco informa: {consulta.texto or 'sem situação'}."
    if consulta.pagamentos:
        when = f" em {consulta.data_pagamento:%d/%m/%Y}" if consulta.data_pagamento else ""
        sentence += f" Pago {consulta.valor_pago.com_simbolo}{when}{_means(consulta)}."
        if consulta.valor_pago < consulta.registrado.valor:
            sentence += f" É menos que o valor do boleto, {consulta.registrado.valor.com_simbolo}."
    elif consulta.situacao is SituacaoNoBanco.BAIXADO_POR_LIQUIDACAO:
        sentence += " Sem registro de pagamento no banco: confirme o recebimento com o beneficiário."
    elif consulta.situacao is SituacaoNoBanco.PAGAMENTO_DEVOLVIDO:
        sentence += " O pagamento foi devolvido; o boleto continua a pagar."
    if consulta.protesto is not ProtestoNoBanco.NENHUM:
        sentence += f" Protesto: {consulta.protesto.value}."
    if consulta.motivo_baixa:
        sentence += f" Motivo: {consulta.motivo_baixa}."
    return sentence


def _means(consulta: ConsultaBoleto) -> str:
    """`` por Pix``, `` em cartório``, or nothing for a payment in the ordinary way."""
    by_pix = " por Pix" if any(pagamento.por_pix for pagamento in consulta.pagamentos) else ""
    at_notary = " em cartório" if any(pagamento.em_cartorio for pagamento in consulta.pagamentos) else ""
    return f"{by_pix}{at_notary}"
