"""Reading what a clerk typed, scanned or pasted: a line or a bar code, of cobrança or arrecadação.

Never raises for bad input: the result says which field is wrong, so that the clerk can look at it again. Sources:
Itaú, Cobrança CNAB 400, July 2021, §8; FEBRABAN, Layout padrão de arrecadação v04; BCB Carta-Circular 2.926/2000.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from bancointegra.domain import arrecadacao, codigo_barras, linha_digitavel
from bancointegra.domain.codigo_barras import FatorValor
from bancointegra.domain.fator_vencimento import read_fator
from bancointegra.domain.reais import Reais

_TAMANHO_CODIGO_BARRAS = codigo_barras.TAMANHO_CODIGO_BARRAS
_TAMANHO_COBRANCA = linha_digitavel.TAMANHO_LINHA_COBRANCA
_TAMANHO_ARRECADACAO = linha_digitavel.TAMANHO_LINHA_ARRECADACAO

_ANTES_DO_CAMPO_5 = 33  # fields 1 to 3 and K
_ANTES_DO_VALOR = 37  # and the four digits of the factor
_RESERVADO_SEM_NUMERO_DE_BANCO = "9880"  # bank 988 with currency 0: institutions known only by their ISPB


class TipoCodigo(Enum):
    COBRANCA = "cobranca"
    ARRECADACAO = "arrecadacao"


class CampoCodigo(Enum):
    """The part of a code that can be wrong."""

    CARACTERES = "caracteres"
    TAMANHO = "tamanho"
    CAMPO_1 = "campo 1"
    CAMPO_2 = "campo 2"
    CAMPO_3 = "campo 3"
    BLOCO_1 = "bloco 1"
    BLOCO_2 = "bloco 2"
    BLOCO_3 = "bloco 3"
    BLOCO_4 = "bloco 4"
    DIGITO_GERAL = "dígito geral"
    PRODUTO = "produto"
    SEGMENTO = "segmento"
    IDENTIFICADOR_VALOR = "identificador de valor"


@dataclass(frozen=True, slots=True)
class FalhaCodigo:
    """One thing wrong: where, and a sentence for the clerk."""

    campo: CampoCodigo
    mensagem: str


@dataclass(frozen=True, slots=True)
class LeituraCodigo:
    """What a code says, or why it cannot be believed.

    When ``valida`` is false only ``tipo`` (as far as it is known) and ``falhas`` are filled: numbers from a code with
    a wrong digit are not for use. ``codigo_barras`` and ``linha_digitavel`` are digits only. ``valor`` is None when
    the code carries no amount in reais; R$ 0,00 means the amount is open.
    """

    entrada: str
    tipo: TipoCodigo | None = None
    banco: str | None = None
    segmento: str | None = None
    codigo_barras: str | None = None
    linha_digitavel: str | None = None
    valor: Reais | None = None
    vencimento: date | None = None
    avisos: tuple[str, ...] = ()
    falhas: tuple[FalhaCodigo, ...] = ()

    @property
    def valida(self) -> bool:
        return not self.falhas

    @property
    def erros(self) -> tuple[str, ...]:
        """The sentences of ``falhas``."""
        return tuple(falha.mensagem for falha in self.falhas)


def read_codigo(text: str, referencia: date) -> LeituraCodigo:
    """Read a line or bar code, with or without dots, blanks and dashes.

    ``referencia`` is the day of reading: a due factor stands for a date every 9000 days, and the one meant depends
    on it. 44 digits are a bar code (or an old line printed short), 47 a cobrança line, 48 an arrecadação line.
    """
    digits = _without_punctuation(text)
    if not digits or not (digits.isascii() and digits.isdigit()):
        sentence = "O código deve ter apenas números." if digits else "Nenhum código foi informado."
        return LeituraCodigo(text, falhas=(FalhaCodigo(CampoCodigo.CARACTERES, sentence),))
    if len(digits) == _TAMANHO_ARRECADACAO:
        return _read_linha_arrecadacao(text, digits, referencia)
    if len(digits) == _TAMANHO_COBRANCA:
        return _read_linha_cobranca(text, digits, referencia)
    if len(digits) == _TAMANHO_CODIGO_BARRAS:
        return _read_codigo_barras(text, digits, referencia)
    return _read_linha_curta(text, digits, referencia) or LeituraCodigo(text, falhas=(_wrong_length(len(digits)),))


def _without_punctuation(text: str) -> str:
    # PDFs bring no-break spaces and typographic dashes (Unicode category Pd) along.
    return "".join(c for c in text if not (c == "." or c.isspace() or unicodedata.category(c) == "Pd"))


def _wrong_length(length: int) -> FalhaCodigo:
    return FalhaCodigo(
        CampoCodigo.TAMANHO,
        f"O código tem {length} dígitos; são 44 no código de barras, 47 na linha de um boleto e 48 na de uma conta.",
    )


# ---- cobrança ----


def _read_linha_cobranca(text: str, linha: str, referencia: date) -> LeituraCodigo:
    codigo = linha_digitavel.codigo_barras_of(linha)
    falhas = (*_falhas_campos(linha), *_falhas_digito_geral_cobranca(codigo))
    if falhas:
        return LeituraCodigo(text, TipoCodigo.COBRANCA, falhas=falhas)
    return _decode_cobranca(text, codigo, referencia)


def _read_codigo_barras(text: str, codigo: str, referencia: date) -> LeituraCodigo:
    if codigo.startswith(arrecadacao.PRODUTO):
        falhas = _falhas_arrecadacao(codigo, codigo, is_linha=False)
        if falhas:
            return LeituraCodigo(text, TipoCodigo.ARRECADACAO, falhas=falhas)
        return _decode_arrecadacao(text, codigo, referencia)
    falhas = tuple(_falhas_digito_geral_cobranca(codigo))
    if not falhas:
        return _decode_cobranca(text, codigo, referencia)
    # 44 digits may also be an old line printed without some zeros; as a bar code its general digit is wrong.
    return _read_linha_curta(text, codigo, referencia) or LeituraCodigo(text, TipoCodigo.COBRANCA, falhas=falhas)


def _read_linha_curta(text: str, digits: str, referencia: date) -> LeituraCodigo | None:
    """A cobrança line whose printer dropped zeros at the left of the value, or wrote ``000`` for no factor and value.

    None unless every digit agrees.
    """
    missing = _TAMANHO_COBRANCA - len(digits)
    campo_5 = digits[_ANTES_DO_CAMPO_5:]
    has_valor = len(digits) > _ANTES_DO_VALOR or (campo_5 and not campo_5.strip("0"))
    if missing < 0 or not has_valor or digits.startswith(arrecadacao.PRODUTO):
        return None
    linha = digits[:_ANTES_DO_VALOR] + "0" * missing + digits[_ANTES_DO_VALOR:]
    aviso = f"A linha tem {len(digits)} dígitos: faltam zeros à esquerda do valor. Confira o valor no boleto."
    leitura = _read_linha_cobranca(text, linha, referencia)
    return _with_aviso(leitura, aviso) if leitura.valida else None


def _falhas_campos(linha: str) -> Iterator[FalhaCodigo]:
    for number in linha_digitavel.campos_errados(linha):
        yield FalhaCodigo(CampoCodigo(f"campo {number}"), f"O dígito do campo {number} não confere.")


def _falhas_digito_geral_cobranca(codigo: str) -> Iterator[FalhaCodigo]:
    if not codigo_barras.digito_geral_confere(codigo):
        yield FalhaCodigo(
            CampoCodigo.DIGITO_GERAL,
            "O dígito geral não confere: há um número errado no vencimento, no valor ou no resto do código.",
        )


def _decode_cobranca(text: str, codigo: str, referencia: date) -> LeituraCodigo:
    lido = FatorValor.parse(codigo[5:19])
    if codigo.startswith(_RESERVADO_SEM_NUMERO_DE_BANCO) and lido.fator is None:
        valor, vencimento = None, None
        avisos = ["O código usa a forma reservada a instituições sem número de banco; o valor não está nele."]
    else:
        valor = lido.valor
        vencimento, avisos = _read_vencimento(lido, referencia)
        if codigo[3] != codigo_barras.MOEDA_REAL:
            avisos.append(f"A posição da moeda traz {codigo[3]} em vez de 9 (real).")
        if not valor:
            avisos.append("O código não traz o valor; informe quanto pagar.")
    return LeituraCodigo(
        text,
        TipoCodigo.COBRANCA,
        banco=codigo[:3],
        codigo_barras=codigo,
        linha_digitavel=linha_digitavel.linha_of(codigo),
        valor=valor,
        vencimento=vencimento,
        avisos=tuple(avisos),
    )


def _read_vencimento(lido: FatorValor, referencia: date) -> tuple[date | None, list[str]]:
    if lido.fator is None:
        reason = "o valor ocupa o lugar do vencimento" if lido.toma_lugar_do_fator else "confira no boleto"
        return None, [f"O código não traz o vencimento: {reason}."]
    read = read_fator(lido.fator, referencia)
    if not read.duvidoso:
        return read.vencimento, []
    return read.vencimento, [
        f"O vencimento {read.vencimento:%d/%m/%Y} é duvidoso: o fator {lido.fator} pode ser de outra época. "
        "Confira no boleto."
    ]


# ---- arrecadação ----


def _read_linha_arrecadacao(text: str, linha: str, referencia: date) -> LeituraCodigo:
    codigo = arrecadacao.codigo_barras_of(linha)
    falhas = _falhas_arrecadacao(linha, codigo, is_linha=True)
    if falhas:
        return LeituraCodigo(text, TipoCodigo.ARRECADACAO, falhas=falhas)
    return _decode_arrecadacao(text, codigo, referencia)


def _falhas_arrecadacao(informado: str, codigo: str, *, is_linha: bool) -> tuple[FalhaCodigo, ...]:
    if not informado.startswith(arrecadacao.PRODUTO):
        return (
            FalhaCodigo(
                CampoCodigo.PRODUTO, "Uma linha de 48 dígitos é de conta ou tributo e começa por 8; esta não começa."
            ),
        )
    falhas = []
    if codigo[1] not in arrecadacao.SEGMENTOS:
        falhas.append(FalhaCodigo(CampoCodigo.SEGMENTO, f"O segmento {codigo[1]} (2º dígito) não existe."))
    if not arrecadacao.has_identificador_valido(codigo):
        sentence = f"O identificador de valor (3º dígito) é {codigo[2]}; deveria ser 6, 7, 8 ou 9."
        return (*falhas, FalhaCodigo(CampoCodigo.IDENTIFICADOR_VALOR, sentence))
    if is_linha:
        falhas += [
            FalhaCodigo(CampoCodigo(f"bloco {number}"), f"O dígito do bloco {number} não confere.")
            for number in arrecadacao.blocos_errados(informado)
        ]
    if not arrecadacao.digito_geral_confere(codigo):
        sentence = "O dígito geral (4º dígito) não confere: há um número errado no código."
        falhas.append(FalhaCodigo(CampoCodigo.DIGITO_GERAL, sentence))
    return tuple(falhas)


def _decode_arrecadacao(text: str, codigo: str, referencia: date) -> LeituraCodigo:
    avisos = []
    valor = arrecadacao.valor_of(codigo)
    if not valor:
        avisos.append("O código não traz o valor em reais; informe quanto pagar.")
    vencimento = arrecadacao.vencimento_possivel(codigo, referencia)
    if vencimento:
        avisos.append(f"{vencimento:%d/%m/%Y} é o vencimento possível, lido do campo livre; confira no documento.")
    return LeituraCodigo(
        text,
        TipoCodigo.ARRECADACAO,
        segmento=codigo[1],
        codigo_barras=codigo,
        linha_digitavel=arrecadacao.linha_of(codigo),
        valor=valor,
        vencimento=vencimento,
        avisos=tuple(avisos),
    )


def _with_aviso(leitura: LeituraCodigo, aviso: str) -> LeituraCodigo:
    return replace(leitura, avisos=(*leitura.avisos, aviso))
