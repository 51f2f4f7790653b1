"""Celcoin's lists: convênios, occurrences, pending reserves, and the balance."""

from __future__ import annotations

from bancointegra.banks.celcoin.reading import read_pagamento
from bancointegra.banks.celcoin.values import read_amount, read_hour, read_id, read_integer, read_moment, read_yes
from bancointegra.banks.celcoin.values import read_optional_amount as optional
from bancointegra.banks.http import UnreadableAnswer
from bancointegra.banks.node import Node
from bancointegra.domain.convenio import Convenio
from bancointegra.domain.transacao_pagamento import Ocorrencia, PagamentoNaCelcoin, Saldo


def read_convenios(body: Node) -> tuple[Convenio, ...]:
    """Those with a name and a mask; the keys of name, kind and states differ from recording to recording."""
    return tuple(
        Convenio(
            nome=row.text("nomeconvenant", "name"),
            mascara=row.text("mask"),
            limite=read_hour(row, "timelimit"),
            tipo=row.text("tipoconvenant", "type"),
            ufs=_texts(row.raw("statesconvenant")) or _texts(row.raw("uf")),
        )
        for row in body.nodes("convenants")
        if row.text("mask") and row.text("nomeconvenant", "name")
    )


def read_ocorrencias(body: Node) -> tuple[Ocorrencia, ...]:
    """One object, a list, null or nothing. Raises ``UnreadableAnswer`` for a row without id or date."""
    return tuple(_ocorrencia(row) for row in body.nodes("occurrences"))


def read_pendentes(body: Node) -> tuple[PagamentoNaCelcoin, ...]:
    return tuple(read_pagamento(row) for row in body.node("pendings").nodes("transactions"))


def read_saldo(body: Node) -> Saldo:
    """Raises ``UnreadableAnswer`` without the balance."""
    if not body.text("balance"):
        raise UnreadableAnswer("saldo")
    return Saldo(
        disponivel=read_amount(body, "balance"),
        antecipado=optional(body, "anticipated"),
        consumido=optional(body, "consumed"),
        credito=optional(body, "credit"),
        conciliando=read_yes(body, "reconcileexecuting"),
    )


def _ocorrencia(row: Node) -> Ocorrencia:
    transacao, refused_at = read_id(row, "transactionid"), read_moment(row, "date")
    if not transacao or refused_at is None:
        raise UnreadableAnswer("ocorrência sem transação ou sem data")
    return Ocorrencia(
        transacao=transacao,
        data=refused_at,
        motivo=row.text("descriptionmotivo"),
        valor=read_amount(row, "value"),
        linha=row.digits("linhadigitavel"),
        nsu=read_integer(row, "externalnsu"),
        terminal=row.text("externalterminal"),
        pago_em=read_moment(row, "createdate"),
    )


def _texts(value: object) -> tuple[str, ...]:
    """The texts of a list, or a single one."""
    items = value if isinstance(value, list) else [value]
    return tuple(item.strip() for item in items if isinstance(item, str) and item.strip())
