"""Celcoin's answers about one bill or payment as the domain has them: consult, reserve, state, receipt."""

from __future__ import annotations

import re
from datetime import datetime

from bancointegra.banks.celcoin.errors import NOT_FOUND, SUCCESS, code_of
from bancointegra.banks.celcoin.mapping import TYPES
from bancointegra.banks.celcoin.values import (
    read_amount,
    read_day,
    read_document,
    read_hour,
    read_id,
    read_integer,
    read_moment,
    read_optional_amount,
    read_yes,
)
from bancointegra.banks.http import UnreadableAnswer
from bancointegra.banks.node import Node
from bancointegra.domain.conta_consultada import ContaConsultada, FaixaDeValor, Janela, Parte, ValoresConta
from bancointegra.domain.leitura_codigo import TipoCodigo
from bancointegra.domain.transacao_pagamento import Comprovante, EstadoNaCelcoin, PagamentoNaCelcoin, Reserva

_TYPES = {number: tipo for tipo, number in TYPES.items()}
_STATES = {
    4: EstadoNaCelcoin.RESERVADO,
    0: EstadoNaCelcoin.CONFIRMADO,
    6: EstadoNaCelcoin.DESFAZENDO,
    1: EstadoNaCelcoin.DESFEITO,
}
_MARKUP = re.compile(r"<[A-Za-z0-9]+>|</[A-Za-z0-9]+> ?")


def read_consulta(body: Node, linha: str, agora: datetime) -> ContaConsultada:
    """The bill of ``linha`` as it stands ``agora``. Raises ``UnreadableAnswer``, also for another bill's answer.

    The kind is what the answer says it is. Of a ficha de compensação everything comes from the central registry, for
    value and date in the code may be outdated or zero; a conta or tributo has nothing but its code.
    """
    answered = body.digits("digitable")
    if answered and answered != linha:
        raise UnreadableAnswer("a resposta é de outra linha digitável")
    tipo = _TYPES.get(read_integer(body, "type") or 0)
    if tipo is None:
        raise UnreadableAnswer("tipo da conta")
    registry = body.node("registerdata") if tipo is TipoCodigo.COBRANCA else Node(None)
    return ContaConsultada(
        linha=linha,
        tipo=tipo,
        transacao=_required_id(body),
        emissor=body.text("assignor"),
        valores=_valores_ficha(registry) if tipo is TipoCodigo.COBRANCA else _valores_conta(body),
        consultada_em=agora,
        beneficiario=_parte(registry, ("recipient",), ("documentrecipient",)),
        beneficiario_final=_parte(
            registry,
            ("finalrecipient", "recipientfinal"),
            ("documentfinalrecipient", "documentrecipientfinal"),
        ),
        pagador=_parte(registry, ("payer",), ("documentpayer",)),
        vencimento=read_day(registry, "duedateregister") if registry else read_day(body, "duedate"),
        ultimo_dia=read_day(registry, "payduedate"),
        faixa=_faixa(registry),
        janela=_janela(body),
        liquida_em=read_day(body, "settledate"),
        proximo_dia_util=read_yes(body, "nextsettle"),
        especie=read_integer(registry, "paymentspecies"),
    )


def read_reserva(body: Node) -> Reserva:
    """Raises ``UnreadableAnswer`` without the id that names the reserve."""
    return Reserva(
        transacao=_required_id(body),
        liquidante=body.text("convenant"),
        autenticacao=_autenticacao(body)[0],
        liquida_em=read_day(body, "settledate"),
        criada_em=read_moment(body, "createdate"),
    )


def read_pagamento(transaction: Node) -> PagamentoNaCelcoin:
    """The state of one payment: the inner object of a status query, or a row of the pending list.

    Code 061 (no such payment) comes with the number of a cancelled one, so it is looked at first. Any other code, and
    any number but the four known, says nothing that may be relied on.
    """
    code = code_of(transaction)
    words = " ".join(filter(None, (transaction.text("message"), transaction.text("status"))))
    if code == NOT_FOUND:
        return PagamentoNaCelcoin(EstadoNaCelcoin.NAO_ENCONTRADO, texto=words)
    return PagamentoNaCelcoin(
        estado=_estado(transaction) if code in (SUCCESS, "") else EstadoNaCelcoin.DESCONHECIDO,
        transacao=read_id(transaction, "transactionid"),
        nsu=read_integer(transaction, "externalnsu"),
        terminal=transaction.text("externalterminal"),
        criado_em=read_moment(transaction, "createdate"),
        texto=words,
    )


def read_comprovante(body: Node, transacao: str) -> Comprovante:
    """Raises ``UnreadableAnswer`` when it holds no text, or is another payment's."""
    text = body.node("receipt").raw("receiptformatted")
    if not isinstance(text, str) or not text.strip():
        raise UnreadableAnswer("comprovante sem texto")
    if read_id(body, "transactionid") not in ("", transacao):
        raise UnreadableAnswer("o comprovante é de outra transação")
    autenticacao, first, second = _autenticacao(body)
    rows = (row.rstrip() for row in _MARKUP.sub("", text).splitlines())
    return Comprovante(
        transacao=transacao,
        texto="\n".join(rows).strip("\n"),
        autenticacao=autenticacao,
        bloco_1=first,
        bloco_2=second,
        liquidante=body.text("convenant"),
        liquida_em=read_day(body, "settledate"),
        criado_em=read_moment(body, "createdate"),
    )


def _estado(transaction: Node) -> EstadoNaCelcoin:
    try:
        number = read_integer(transaction, "status")
    except UnreadableAnswer:
        return EstadoNaCelcoin.DESCONHECIDO
    return EstadoNaCelcoin.DESCONHECIDO if number is None else _STATES.get(number, EstadoNaCelcoin.DESCONHECIDO)


def _valores_ficha(registry: Node) -> ValoresConta:
    if not registry.text("totalupdated"):
        raise UnreadableAnswer("total a pagar")
    return ValoresConta(
        total=read_amount(registry, "totalupdated"),
        original=read_amount(registry, "originalvalue"),
        desconto=read_amount(registry, "discountvalue"),
        juros=read_amount(registry, "interestvaluecalculated"),
        multa=read_amount(registry, "finevaluecalculated"),
        descontos=read_amount(registry, "totalwithdiscount"),
        acrescimos=read_amount(registry, "totalwithadditional"),
        pago=read_amount(registry, "totalvaluepaid"),
        parciais_feitos=read_integer(registry, "totalpaymentpaid") or 0,
        parciais_aceitos=read_integer(registry, "maxpartialsaccepts") or 0,
    )


def _valores_conta(body: Node) -> ValoresConta:
    value = read_optional_amount(body, "value")
    return ValoresConta(value, original=value) if value else ValoresConta(None)


def _faixa(registry: Node) -> FaixaDeValor | None:
    if not read_yes(registry, "allowchangevalue"):
        return None
    if not registry.text("maxvalue"):
        raise UnreadableAnswer("valor máximo")
    return FaixaDeValor(read_amount(registry, "minvalue"), read_amount(registry, "maxvalue"))


def _janela(body: Node) -> Janela | None:
    """``initeHour`` is misspelt for ever."""
    opens, closes = read_hour(body, "initehour"), read_hour(body, "endhour")
    return None if opens is None or closes is None else Janela(opens, closes)


def _parte(registry: Node, names: tuple[str, ...], documents: tuple[str, ...]) -> Parte | None:
    name, document = registry.text(*names), read_document(registry, *documents)
    return Parte(name, document) if name or document else None


def _autenticacao(body: Node) -> tuple[str, str, str]:
    """The authentication as one text and as its two blocks, which may be missing."""
    blocks = body.node("authenticationapi")
    first, second = blocks.text("bloco1"), blocks.text("bloco2")
    whole = blocks.text("blococompleto") or ".".join(filter(None, (first, second)))
    return whole or body.text("authenticationapi", "authentication"), first, second


def _required_id(body: Node) -> str:
    number = read_id(body, "transactionid")
    if not number:
        raise UnreadableAnswer("identificação da transação")
    return number
