"""What the screen Pagamento de Contas says, as pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bancointegra.domain.conta_consultada import ContaConsultada, FaixaDeValor, Parte
from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import InputError
from bancointegra.domain.leitura_codigo import read_codigo
from bancointegra.domain.order import Desfecho
from bancointegra.domain.pagamento import Pagamento, ResultadoPagamento, SituacaoPagamento
from bancointegra.domain.reais import ZERO, Reais
from bancointegra.domain.regras_pagamento import limite_de_estorno
from bancointegra.domain.titulo import Totais
from bancointegra.domain.transacao_pagamento import OcorrenciaGuardada
from bancointegra.services.pagamento import Consultada
from bancointegra.services.pagamento_controle import AVISO_AGENDA
from bancointegra.ui.integracao.texts import contar

_SEM_LIMITE = Reais(99_999_999_999)
"""Celcoin writes 999999999999.99 where there is no upper bound."""


def parte_line(parte: Parte) -> str:
    """``NOME · 11.222.333/0001-81``."""
    return " · ".join(part for part in (parte.nome, documento(parte.documento)) if part)


def documento(numero: str) -> str:
    """A CPF or CNPJ as people write it; what is neither stays as it came."""
    try:
        return Documento.parse(numero).formatado if numero else ""
    except InputError:
        return numero


def faixa_line(faixa: FaixaDeValor) -> str:
    """Between which amounts the clerk may choose."""
    if faixa.maximo >= _SEM_LIMITE:
        return f"Pode ser alterado: a partir de {faixa.minimo.com_simbolo}."
    return f"Pode ser alterado: de {faixa.minimo.com_simbolo} a {faixa.maximo.com_simbolo}."


def vencimento_line(vencimento: date | None, hoje: date) -> str:
    """``23/11/2026 · vence hoje``, ``10/11/2026 · vencida há 13 dias``."""
    if vencimento is None:
        return "não informado"
    days = (vencimento - hoje).days
    if days < 0:
        return f"{vencimento:%d/%m/%Y} · vencida há {_dias(-days)}"
    near = {0: " · vence hoje", 1: " · vence amanhã"}.get(days, "")
    return f"{vencimento:%d/%m/%Y}{near}"


def liquidacao_line(consulta: ContaConsultada, hoje: date) -> str:
    """``Janela 07:00–23:00 · liquida hoje``, ``… · liquida no próximo dia útil, 24/11``."""
    janela = f"Janela {consulta.janela}" if consulta.janela else ""
    dia = consulta.liquida_em
    if consulta.proximo_dia_util:
        when = f"liquida no próximo dia útil, {dia:%d/%m}" if dia else "liquida no próximo dia útil"
    elif dia and dia != hoje:
        when = f"liquida em {dia:%d/%m}"
    else:
        when = "liquida hoje"
    return " · ".join(part for part in (janela, when) if part)


def avisos_da_conta(consulta: ContaConsultada, hoje: date) -> tuple[str, ...]:
    """What the clerk should look at before paying: the code and the registry disagree, overdue, last day, partials."""
    leitura = read_codigo(consulta.linha, hoje)
    total, vencimento, ultimo = consulta.valores.total, consulta.vencimento, consulta.ultimo_dia
    avisos = []
    if leitura.valor and total and leitura.valor != total:
        avisos.append(
            f"O código traz {leitura.valor.com_simbolo}; o valor atualizado no registro é {total.com_simbolo}."
        )
    if vencimento and vencimento < hoje:
        avisos.append(f"A conta venceu em {vencimento:%d/%m/%Y}.")
    if ultimo and hoje <= ultimo <= hoje + timedelta(days=1) and vencimento != ultimo:
        avisos.append(f"O último dia para pagar é {ultimo:%d/%m/%Y}.")
    if consulta.valores.pago:
        avisos.append(
            f"Já foram pagos {consulta.valores.pago.com_simbolo} em {consulta.valores.parciais_feitos} "
            f"de até {consulta.valores.parciais_aceitos} pagamentos parciais."
        )
    if total is None or not total:
        avisos.append("A conta não traz o valor: informe quanto pagar, como está no documento.")
    return tuple(avisos)


def saldo_line(saldo: Reais | None, valor: Reais | None) -> tuple[str, bool]:
    """``Saldo R$ 12.345,00``; and whether it is not enough for ``valor``."""
    if saldo is None:
        return "Saldo não informado", False
    short = valor is not None and valor > saldo
    return f"Saldo {saldo.com_simbolo}" + (" · não basta para este pagamento" if short else ""), short


def countdown(ate: datetime, agora: datetime) -> str:
    """``29:41``; ``00:00`` when the time is over."""
    seconds = max(0, int((ate - agora).total_seconds()))
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def read_valor(text: str, name: str) -> Reais:
    """What was typed as an amount. Raises ``InputError`` naming the field."""
    if not text.strip():
        raise InputError("Informe quanto pagar.", field=name)
    try:
        valor = Reais.parse(text)
    except InputError as error:
        raise InputError(error.message, field=name, hint="Escreva como 1.250,00.") from error
    if valor <= ZERO:
        raise InputError("O valor deve ser maior que zero.", field=name)
    return valor


def _dias(days: int) -> str:
    return "1 dia" if days == 1 else f"{days} dias"


def situacao_label(pagamento: Pagamento) -> str:
    """The word of the chip."""
    return pagamento.situacao.value


def pagamentos_line(totais: Totais) -> tuple[str, str]:
    """``128 pagamentos``, ``R$ 92.114,37``."""
    word = "pagamento" if totais.quantidade == 1 else "pagamentos"
    return f"{totais.quantidade} {word}", totais.valor.com_simbolo


def fatos_do_pagamento(pagamento: Pagamento) -> tuple[tuple[str, str], ...]:
    """What the detail panel lists, as far as it is known."""
    known = (
        ("Vencimento", _dia(pagamento.vencimento)),
        ("Agendado para", _dia(pagamento.agendado_para)),
        ("Reservado em", _hora(pagamento.reservado_em)),
        ("Pago em", _hora(pagamento.confirmado_em)),
        ("Liquidação", _dia(pagamento.liquida_em)),
        ("Transação", pagamento.transacao),
        ("Autenticação", pagamento.autenticacao),
        ("Incluído por", pagamento.preparado_por),
        ("Aprovado por", pagamento.aprovacao.quem if pagamento.aprovacao else ""),
    )
    return tuple((name, text) for name, text in known if text)


def _dia(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _hora(moment: datetime | None) -> str:
    return f"{moment:%d/%m/%Y %H:%M}" if moment else ""


def avisos_da_consulta(consultada: Consultada) -> tuple[str, ...]:
    """What our own records say of a bill: a payee never paid or changed, and earlier payments of the same line."""
    avisos = []
    if consultada.pagos_antes:
        last = consultada.pagos_antes[0]
        when = last.confirmado_em or last.situacao_em
        amount = f" ({last.valor.com_simbolo})" if last.valor else ""
        avisos.append(f"Esta conta já foi paga em {when:%d/%m/%Y}{amount}.")
    if consultada.aviso_beneficiario:
        avisos.append(consultada.aviso_beneficiario.value)
    return tuple(avisos)


def marcados_line(checked: Sequence[Pagamento]) -> str:
    """``3 marcadas · R$ 3.410,00``."""
    total = Reais.total(pagamento.valor or ZERO for pagamento in checked)
    return f"{contar(len(checked), 'marcada', 'marcadas')} · {total.com_simbolo}"


def limite_line(pagamento: Pagamento, agora: datetime) -> str:
    """Until when the payment can still be reversed; empty when it cannot."""
    limite = limite_de_estorno(pagamento) if pagamento.situacao is SituacaoPagamento.PAGO else None
    return f"Pode ser estornado até {limite:%d/%m/%Y às %H:%M}." if limite and agora < limite else ""


def ocorrencias_line(new: Sequence[OcorrenciaGuardada]) -> str:
    """What came back, said once."""
    if len(new) == 1:
        one = new[0].ocorrencia
        who = f" a {new[0].beneficiario}" if new[0].beneficiario else ""
        return f"Um pagamento{who} foi devolvido: {one.motivo}. {one.valor.com_simbolo} voltaram ao saldo."
    total = Reais.total(each.ocorrencia.valor for each in new)
    return f"{len(new)} pagamentos foram devolvidos. {total.com_simbolo} voltaram ao saldo. Veja em Ocorrências."


def resumo_lote(resultados: Sequence[ResultadoPagamento], not_started: int) -> str:
    """``12 contas pagas. 1 recusada, 2 não pagas, 1 a confirmar.``"""
    counts = Counter(resultado.desfecho for resultado in resultados)
    parts = [
        (counts[Desfecho.RECUSADA], "recusada", "recusadas"),
        (counts[Desfecho.NAO_ENVIADA], "não paga", "não pagas"),
        (counts[Desfecho.A_CONFIRMAR] + counts[Desfecho.AGUARDANDO], "a confirmar", "a confirmar"),
        (not_started, "nem começada", "nem começadas"),
    ]
    others = ", ".join(contar(number, one, many) for number, one, many in parts if number)
    paid = contar(counts[Desfecho.CONFIRMADA], "conta paga", "contas pagas")
    return f"{paid}. {others[0].upper()}{others[1:]}." if others else f"{paid}."


def verificados_line(resultados: Sequence[ResultadoPagamento]) -> str:
    """What the regular look at Celcoin found."""
    if len(resultados) == 1:
        return f"{resultados[0].identificacao}: {resultados[0].mensagem}"
    return f"{len(resultados)} pagamentos verificados na Celcoin. Veja a lista de Pagamentos."


def agenda_line(resultados: Sequence[ResultadoPagamento]) -> str:
    """What became of the payments scheduled for today."""
    if len(resultados) == 1:
        return f"Pagamento agendado de {resultados[0].identificacao}: {resultados[0].mensagem}"
    return f"Pagamentos agendados: {resumo_lote(resultados, 0)}"


def perdidos_line(missed: Sequence[Pagamento]) -> str:
    """Payments whose day went by."""
    if len(missed) == 1:
        dia = missed[0].agendado_para
        when = f" em {dia:%d/%m/%Y}" if dia else ""
        return f"O pagamento agendado de {missed[0].identificacao} não foi feito{when}: decida o que fazer com ele."
    return f"{len(missed)} pagamentos agendados não foram feitos no dia. Veja o status Agendados."


def avisos_da_agenda(pagamento: Pagamento) -> tuple[str, ...]:
    """That a bill is to be paid by itself on some day."""
    if pagamento.situacao is not SituacaoPagamento.CONSULTADO or pagamento.agendado_para is None:
        return ()
    return (f"Agendada para {pagamento.agendado_para:%d/%m/%Y}. {AVISO_AGENDA}",)


def orfas_line(number: int) -> str:
    """Reserves that another program made under the same terminal."""
    return (
        f"A Celcoin tem {contar(number, 'reserva', 'reservas')} deste terminal que este programa não fez. "
        "Cada uma se desfaz em 30 minutos."
    )
