"""Sentences of the screen Integração Bancária, made from plain values. No window is needed to import this module."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from bancointegra.domain.boleto import ProtestoNoBanco
from bancointegra.domain.calculo_encargos import Devido
from bancointegra.domain.order import Desfecho, Resultado
from bancointegra.domain.reais import ZERO, Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import Titulo, TituloFilter, TituloRow, Totais

_CONSULTE = " Consultar mostra o andamento."
_ETAPAS = {
    ProtestoNoBanco.INSTRUIDO: "Pedido de protesto enviado; o cartório ainda não protestou.",
    ProtestoNoBanco.EM_PROTESTO: "Em protesto no cartório; ainda não protestado.",
    ProtestoNoBanco.PROTESTADO: "Protestado em cartório.",
    ProtestoNoBanco.SUSTADO: "O protesto foi sustado.",
}
_WEEKDAYS = ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo")


def flexionar(number: int, singular: str, plural: str) -> str:
    """The form of the word that agrees with ``number``."""
    return singular if number == 1 else plural


def contar(number: int, singular: str, plural: str) -> str:
    """``1 título``, ``1.284 títulos``."""
    return f"{number:,} ".replace(",", ".") + flexionar(number, singular, plural)


def titulos(number: int) -> str:
    """``128 títulos``."""
    return contar(number, "título", "títulos")


def enumerar(items: Sequence[str], conjunction: str = "e") -> str:
    """``a, b e c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def totais_line(totais: Totais) -> tuple[str, str]:
    """``128 títulos`` and ``R$ 92.114,37``."""
    return titulos(totais.quantidade), totais.valor.com_simbolo


def nothing_found(filtro: TituloFilter) -> tuple[str, str]:
    """A title and a sentence for a search without results: what was looked for, and how to go on."""
    if filtro.texto:
        return "Nenhum título com essas palavras", f"Nada na lista contém “{filtro.texto}”."
    if filtro.somente_a_confirmar:
        return "Nada a confirmar", "O banco já respondeu sobre todos os títulos desta conta."
    status = enumerar([s.value for s in Situacao if s in filtro.situacoes], "ou")
    found = " ".join(part for part in ("Nenhum título", status, _periodo(filtro)) if part)
    return "Nenhum título encontrado", f"{found}. Marque outro Status ou aumente o Período."


def _periodo(filtro: TituloFilter) -> str:
    de = f" de {filtro.de:%d/%m/%Y}" if filtro.de else ""
    ate = f" até {filtro.ate:%d/%m/%Y}" if filtro.ate else ""
    return f"com {filtro.tipo_periodo.value}{de}{ate}" if de or ate else ""


def selection_line(checked: Sequence[TituloRow], current: TituloRow | None) -> tuple[str, str]:
    """``3 selecionados`` and their sum; with none checked, the título the actions would work on."""
    if checked:
        total = Reais.total(row.valor for row in checked)
        return contar(len(checked), "selecionado", "selecionados"), total.com_simbolo
    if current is not None:
        return f"Título {current.titulo}", current.valor.com_simbolo
    return "Nenhum selecionado", ""


def vencimento_line(titulo: Titulo, hoje: date) -> str:
    """``vence terça, 24/11/2026``; ``venceu`` when it is past."""
    verb = "venceu" if titulo.vencimento < hoje else "vence"
    day = titulo.vencimento
    return f"{verb} {_WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


def nosso_numero(titulo: Titulo) -> str:
    """``109/00000412-7``, or empty without a boleto."""
    boleto = titulo.boleto
    return f"{boleto.carteira}/{boleto.nosso_numero}-{boleto.dac_nosso_numero}" if boleto else ""


def situacao_line(titulo: Titulo) -> str:
    """``Título EM PROTESTO · segundo o banco em 23/11/2026 14:32``; ``desde`` a moment without a known source."""
    source = f"segundo {_with_article(titulo.situacao_fonte)}" if titulo.situacao_fonte else ""
    since = f"{'em' if source else 'desde'} {moment(titulo.situacao_em)}" if titulo.situacao_em else ""
    known = " ".join(part for part in (source, since) if part)
    return " · ".join(part for part in (f"Título {titulo.situacao.titulo}", known) if part)


def protesto_line(titulo: Titulo) -> str:
    """How far the protest really is; empty when there is none.

    The status PROTESTADO is the manual's word for a request that was sent: the protest itself comes later.
    """
    if titulo.situacao is Situacao.CANCELAMENTO_ENVIADO:
        return f"Cancelamento do protesto pedido; falta a resposta do banco.{_CONSULTE}"
    if titulo.situacao is Situacao.PROTESTADO and titulo.protesto is ProtestoNoBanco.NENHUM:
        return f"{_ETAPAS[ProtestoNoBanco.INSTRUIDO]}{_CONSULTE}"
    return _ETAPAS.get(titulo.protesto, "")


def moment(when: datetime) -> str:
    """``23/11/2026 14:32``."""
    return f"{when:%d/%m/%Y %H:%M}"


def devido_day(devido: Devido, vencimento: date, hoje: date) -> str:
    """``até 24/11`` up to the due date, ``hoje, 25/11`` or ``25/11`` after it; the year only when it is another."""
    day = f"{devido.dia:%d/%m}" if devido.dia.year == hoje.year else f"{devido.dia:%d/%m/%Y}"
    if devido.dia <= vencimento:
        return f"até {day}"
    return f"hoje, {day}" if devido.dia == hoje else day


def devido_parts(devido: Devido) -> str:
    """``multa 42,30 + juros 0,70``; empty when the payer owes the plain value."""
    charged = [("multa", devido.multa), ("juros", devido.juros)]
    granted = [("desconto", devido.desconto), ("abatimento", devido.abatimento)]
    text = " + ".join(f"{name} {amount}" for name, amount in charged if amount)
    return " ".join([text, *(f"− {name} {amount}" for name, amount in granted if amount)]).strip()


def pagamento_line(titulo: Titulo) -> str:
    """``Pago R$ 2.114,90 em 24/11/2026``, as far as the bank told; empty when it told nothing.

    A smaller amount than the título's is named as a partial payment, with what is missing.
    """
    amount = f" {titulo.valor_pago.com_simbolo}" if titulo.valor_pago else ""
    when = f" em {titulo.liquidado_em:%d/%m/%Y}" if titulo.liquidado_em else ""
    if not (amount or when):
        return ""
    missing = titulo.valor - titulo.encargos.abatimento - titulo.valor_pago
    partial = titulo.valor_pago and missing > ZERO
    note = f"\nMenos que o valor do título: diferença de {missing.com_simbolo}." if partial else ""
    return f"Pago{amount}{when}{note}"


def _with_article(source: str) -> str:
    return f"o {source}" if source == "banco" else source


def resumo_verificacao(resultados: Sequence[Resultado], not_started: int = 0) -> str:
    """``2 títulos confirmados. 1 recusado pelo banco, 1 ainda a confirmar.``"""
    counts = Counter(resultado.desfecho for resultado in resultados)
    done = counts[Desfecho.CONFIRMADA]
    denied = sum(resultado.codigo == "aprovacao_negada" for resultado in resultados)
    others = [
        (denied, "encerrado sem aprovação", "encerrados sem aprovação"),
        (counts[Desfecho.RECUSADA] - denied, "recusado pelo banco", "recusados pelo banco"),
        (counts[Desfecho.A_CONFIRMAR], "ainda a confirmar", "ainda a confirmar"),
        (counts[Desfecho.AGUARDANDO], "aguardando aprovação", "aguardando aprovação"),
        (counts[Desfecho.NAO_ENVIADA], "não verificado", "não verificados"),
        (not_started, "não iniciado", "não iniciados"),
    ]
    sentences = [f"{contar(done, 'título confirmado', 'títulos confirmados')}."] if done else []
    named = ", ".join(contar(*other) for other in others if other[0])
    if named:
        sentences.append(f"{named}.")
    return " ".join(sentences) or "Nada a verificar."
