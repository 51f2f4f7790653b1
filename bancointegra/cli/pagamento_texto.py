"""Payments, occurrences and convênios as the command line writes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bancointegra.domain.convenio import Convenio
from bancointegra.domain.linha_digitavel import format_linha
from bancointegra.domain.pagamento import Pagamento
from bancointegra.domain.reais import Reais
from bancointegra.domain.transacao_pagamento import OcorrenciaGuardada, Saldo
from bancointegra.services.pagamento import Consultada


def pagamento_json(pagamento: Pagamento) -> dict[str, Any]:
    consulta, valores = pagamento.consulta, pagamento.consulta.valores
    recebedor, faixa = consulta.recebedor, consulta.faixa
    return {
        "id": pagamento.id,
        "situacao": pagamento.situacao.value,
        "linha_digitavel": pagamento.linha,
        "tipo": consulta.tipo.value,
        "beneficiario": recebedor.nome,
        "documento": recebedor.documento,
        "emissor": consulta.emissor,
        "vencimento": _iso(pagamento.vencimento),
        "valor": _decimal(pagamento.valor),
        "valor_original": _decimal(valores.original),
        "desconto": _decimal(valores.desconto),
        "juros": _decimal(valores.juros),
        "multa": _decimal(valores.multa),
        "minimo": _decimal(faixa.minimo) if faixa else None,
        "maximo": _decimal(faixa.maximo) if faixa else None,
        "janela": str(consulta.janela) if consulta.janela else None,
        "liquida_em": _iso(pagamento.liquida_em),
        "nsu": pagamento.nsu,
        "transacao": pagamento.transacao or None,
        "reservado_em": _iso(pagamento.reservado_em),
        "expira_em": _iso(pagamento.expira_em),
        "confirmado_em": _iso(pagamento.confirmado_em),
        "agendado_para": _iso(pagamento.agendado_para),
        "aviso": pagamento.aviso or None,
    }


def pagamento_line(pagamento: Pagamento) -> str:
    due = f"{pagamento.vencimento:%d/%m/%Y}" if pagamento.vencimento else "sem vencto."
    nome = pagamento.consulta.recebedor.nome[:32]
    return f"{pagamento.id:>6} {nome:<32} {due:<11} {pagamento.valor or '—'!s:>14} {pagamento.situacao.value}"


def consultada_lines(consultada: Consultada) -> Iterator[str]:
    """The bill as the screen's card shows it."""
    pagamento = consultada.pagamento
    consulta, valores = pagamento.consulta, pagamento.consulta.valores
    yield f"Pagamento {pagamento.id} · {format_linha(pagamento.linha)}"
    yield f"Beneficiário: {consulta.recebedor.nome} {consulta.recebedor.documento}".rstrip()
    if consulta.pagador:
        yield f"Pagador: {consulta.pagador.nome} {consulta.pagador.documento}".rstrip()
    yield f"Vencimento: {pagamento.vencimento:%d/%m/%Y}" if pagamento.vencimento else "Vencimento: não informado"
    yield (
        f"Valor original {valores.original} · desconto {valores.desconto} · juros {valores.juros} · "
        f"multa {valores.multa}"
    )
    yield f"Total a pagar: {pagamento.valor.com_simbolo}" if pagamento.valor else "Total a pagar: informe com --valor"
    if consulta.faixa:
        yield f"Aceita de {consulta.faixa.minimo} a {consulta.faixa.maximo}"
    if consulta.janela:
        day = f"liquida em {pagamento.liquida_em:%d/%m/%Y}" if pagamento.liquida_em else "liquida no dia da confirmação"
        yield f"Janela {consulta.janela} · {day}"
    if consultada.aviso_beneficiario:
        yield f"Atenção: {consultada.aviso_beneficiario.value}"
    for paid in consultada.pagos_antes:
        yield f"Atenção: já paga em {paid.confirmado_em or paid.situacao_em:%d/%m/%Y} (pagamento {paid.id})."


def ocorrencia_json(guardada: OcorrenciaGuardada) -> dict[str, Any]:
    ocorrencia = guardada.ocorrencia
    return {
        "pagamento": guardada.pagamento_id,
        "transacao": ocorrencia.transacao,
        "data": _iso(ocorrencia.data),
        "motivo": ocorrencia.motivo,
        "valor": _decimal(ocorrencia.valor),
        "linha_digitavel": ocorrencia.linha or None,
        "beneficiario": guardada.beneficiario or None,
        "vista": guardada.vista,
    }


def ocorrencia_line(guardada: OcorrenciaGuardada) -> str:
    ocorrencia = guardada.ocorrencia
    whose = guardada.beneficiario or "pagamento que não é deste programa"
    return f"{ocorrencia.data:%d/%m/%Y %H:%M} {ocorrencia.valor!s:>14} {whose}: {ocorrencia.motivo}"


def convenio_json(convenio: Convenio) -> dict[str, Any]:
    return {
        "nome": convenio.nome,
        "mascara": convenio.mascara,
        "limite": f"{convenio.limite:%H:%M}" if convenio.limite else None,
        "tipo": convenio.tipo or None,
        "ufs": list(convenio.ufs),
    }


def saldo_json(saldo: Saldo) -> dict[str, Any]:
    return {
        "disponivel": _decimal(saldo.disponivel),
        "antecipado": _decimal(saldo.antecipado),
        "consumido": _decimal(saldo.consumido),
        "credito": _decimal(saldo.credito),
        "conciliando": saldo.conciliando,
    }


def _decimal(amount: Reais | None) -> str | None:
    return None if amount is None else str(amount.decimal)


def _iso(moment: Any) -> str | None:
    return None if moment is None else str(moment.isoformat())
