"""Our requests as Celcoin wants them, in the spelling of its documentation."""

from __future__ import annotations

from bancointegra.domain.leitura_codigo import TipoCodigo
from bancointegra.domain.transacao_pagamento import PedidoReserva, ReferenciaPagamento

TYPES = {TipoCodigo.ARRECADACAO: 1, TipoCodigo.COBRANCA: 2}
_ARRECADACAO = "8"


def corpo_consulta(linha: str, terminal: str) -> dict[str, object]:
    """``linha`` is always a line: 44 digits would be refused in ``digitable``."""
    tipo = TipoCodigo.ARRECADACAO if linha.startswith(_ARRECADACAO) else TipoCodigo.COBRANCA
    return {"externalTerminal": terminal, "barCode": _bar_code(tipo, linha)}


def corpo_reserva(pedido: PedidoReserva) -> dict[str, object]:
    return {
        "externalNSU": pedido.nsu,
        "externalTerminal": pedido.terminal,
        "cpfcnpj": pedido.pagador,
        "billData": {
            "value": pedido.valor.decimal,
            "originalValue": pedido.original.decimal,
            "valueWithDiscount": pedido.descontos.decimal,
            "valueWithAdditional": pedido.acrescimos.decimal,
        },
        "barCode": _bar_code(pedido.tipo, pedido.linha),
        "dueDate": pedido.vencimento.isoformat(),
        "transactionIdAuthorize": int(pedido.transacao_consulta),
    }


def corpo_referencia(referencia: ReferenciaPagamento) -> dict[str, object]:
    """Of a capture or a void, whose payment is named in the path."""
    return {"externalNSU": referencia.nsu, "externalTerminal": referencia.terminal}


def params_referencia(referencia: ReferenciaPagamento) -> dict[str, str]:
    """By the reserve's id alone when it is known; else by the three things that together name one payment.

    Which of several matches Celcoin shows is not documented, so fewer keys than these would be a guess.
    """
    if referencia.transacao:
        return {"transactionId": referencia.transacao}
    return {
        "externalNSU": str(referencia.nsu),
        "externalTerminal": referencia.terminal,
        "operationDate": referencia.dia.isoformat(),
    }


def _bar_code(tipo: TipoCodigo, linha: str) -> dict[str, object]:
    return {"type": TYPES[tipo], "digitable": linha, "barCode": ""}
