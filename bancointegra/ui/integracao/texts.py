"""Sentences of the screen Integração Bancária, made from plain values. No window is needed to import this module."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from bancointegra.domain.order import Desfecho, Resultado
from bancointegra.domain.reais import Reais
from bancointegra.domain.titulo import Titulo, TituloRow, Totais

DASH = "—"

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
    """``desde 23/11/2026 14:32, segundo o banco``; empty when neither is known."""
    parts = []
    if titulo.situacao_em is not None:
        parts.append(f"desde {moment(titulo.situacao_em)}")
    if titulo.situacao_fonte:
        parts.append(f"segundo {_with_article(titulo.situacao_fonte)}")
    return ", ".join(parts)


def moment(when: datetime) -> str:
    """``23/11/2026 14:32``."""
    return f"{when:%d/%m/%Y %H:%M}"


def grouped_linha(linha: str) -> str:
    """The 47 digits as printed: ``34191.09008 00041.271500 05206.110003 4 13440000211490``; other text unchanged."""
    if len(linha) != 47 or not linha.isdigit():
        return linha
    fields = (linha[0:5], linha[5:10], linha[10:15], linha[15:21], linha[21:26], linha[26:32])
    a, b, c, d, e, f = fields
    return f"{a}.{b} {c}.{d} {e}.{f} {linha[32]} {linha[33:]}"


def _with_article(source: str) -> str:
    return f"o {source}" if source == "banco" else source


def resumo_verificacao(resultados: Sequence[Resultado], not_started: int = 0) -> str:
    """``2 títulos confirmados. 1 recusado pelo banco, 1 ainda a confirmar.``"""
    counts = Counter(resultado.desfecho for resultado in resultados)
    done = counts[Desfecho.CONFIRMADA]
    others = [
        (counts[Desfecho.RECUSADA], "recusado pelo banco", "recusados pelo banco"),
        (counts[Desfecho.A_CONFIRMAR], "ainda a confirmar", "ainda a confirmar"),
        (counts[Desfecho.NAO_ENVIADA], "não verificado", "não verificados"),
        (not_started, "não iniciado", "não iniciados"),
    ]
    sentences = [f"{contar(done, 'título confirmado', 'títulos confirmados')}."] if done else []
    named = ", ".join(contar(*other) for other in others if other[0])
    if named:
        sentences.append(f"{named}.")
    return " ".join(sentences) or "Nada a verificar."
