"""What is said about a code: while it is typed, and once it is whole."""

from __future__ import annotations

from bancointegra.domain.arrecadacao import SEGMENTOS
from bancointegra.domain.digitacao_codigo import DigitacaoCodigo
from bancointegra.domain.instituicoes import nome_do_banco
from bancointegra.domain.leitura_codigo import LeituraCodigo, TipoCodigo
from bancointegra.ui.feedback import Tone

HELP = "Digite, cole ou passe o leitor; ou arraste para cá o PDF ou a imagem do boleto."


def tipo_line(leitura: LeituraCodigo) -> str:
    """``Ficha de compensação · Itaú``, ``Conta ou tributo · Saneamento``."""
    if leitura.tipo is TipoCodigo.ARRECADACAO:
        return f"Conta ou tributo · {SEGMENTOS.get(leitura.segmento or '', 'segmento desconhecido')}"
    return f"Ficha de compensação · {nome_do_banco(leitura.banco or '')}"


def leitura_line(leitura: LeituraCodigo) -> str:
    """The kind of bill, and what its code says of value and due date."""
    parts = [tipo_line(leitura)]
    if leitura.valor:
        parts.append(f"R$ {leitura.valor} no código")
    if leitura.vencimento and leitura.tipo is TipoCodigo.COBRANCA:
        parts.append(f"vence {leitura.vencimento:%d/%m/%Y}")
    return " · ".join(parts)


def digitacao_line(digitacao: DigitacaoCodigo) -> tuple[str, Tone]:
    """The line below the field: what is wrong, what is missing, or what the code is."""
    leitura = digitacao.leitura
    if not digitacao.digitos:
        return HELP, Tone.INFO
    if leitura and leitura.valida:
        return f"Dígitos conferem · {leitura_line(leitura)}", Tone.SUCCESS
    if leitura:
        return " ".join(leitura.erros), Tone.WARNING
    if digitacao.errados:
        return _wrong(digitacao.errados), Tone.WARNING
    missing = digitacao.esperados - len(digitacao.digitos)
    said = f"{len(digitacao.digitos)} de {digitacao.esperados} dígitos"
    if digitacao.conferidos:
        said = f"{said} · {_checked(digitacao)} · faltam {missing}"
    return said, Tone.INFO


def _wrong(names: tuple[str, ...]) -> str:
    if len(names) == 1:
        return f"O dígito do {names[0]} não confere: há um número errado nesse {names[0].split()[0]}."
    return f"Os dígitos não conferem: {', '.join(names)}."


def _checked(digitacao: DigitacaoCodigo) -> str:
    word = "bloco" if digitacao.digitos.startswith("8") else "campo"
    if digitacao.conferidos == 1:
        return f"{word} 1 confere"
    return f"{word}s 1 a {digitacao.conferidos} conferem"
