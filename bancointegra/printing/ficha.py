"""The ficha de compensação (Itaú CNAB 400, July 2021, §8.2-8.4 and annex 1).

Order of the boxes, letter heights and the measures of the bars are the bank's; the boxes' sizes are ours to choose.
"""

from __future__ import annotations

from bancointegra.printing.barcode import HEIGHT, QUIET_ZONE, WIDTH, draw_barcode
from bancointegra.printing.layout import Ficha
from bancointegra.printing.sheet import RULE, Align, Field, Sheet
from bancointegra.printing.texts import BANCO_CODIGO, BANCO_NOME, SIMULACAO, BoletoTexts
from bancointegra.printing.typefaces import Face
from bancointegra.printing.typesetting import Run

_CODE_SIZE = 19.5  # points: digits 5 mm high (Inter's are 0.727 of its size)
_LINE_SIZE = 13.8  # points: digits 3.54 mm high (3.5-4.5)
_AMOUNTS = ("(−) Desconto / Abatimento", "(−) Outras deduções", "(+) Mora / Multa", "(+) Outros acréscimos")
_AVALISTA = 2.7  # the part of the payer's box that is the guarantor's line
_WORDS = 28.0  # for “Ficha de Compensação”
_COLUMNS = 143.0  # what the widths of the fields below add up to


def draw_ficha(sheet: Sheet, at: Ficha, texts: BoletoTexts, codigo_barras: str, simulacao: bool) -> None:
    """Draw the ficha on its piece of paper."""
    if simulacao:
        sheet.ghost(SIMULACAO, at.left + at.main / 2, at.paper.bottom + at.paper.height * 0.456, size=at.main * 0.189)
    _draw_header(sheet, at, texts.linha)
    top = _draw_rows(sheet, at, texts)
    top = _draw_instrucoes(sheet, at, texts, top)
    bottom = _draw_pagador(sheet, at, texts, top)
    sheet.rule(at.left, bottom, at.right, bottom, RULE)
    sheet.rule(at.right - at.side, at.top, at.right - at.side, top)
    draw_barcode(sheet.canvas, codigo_barras, *at.bars)
    _draw_authentication(sheet, at, bottom, simulacao)


def _draw_header(sheet: Sheet, at: Ficha, linha: str) -> None:
    left, top = at.left, at.top
    baseline = top + 2.0
    sheet.line(BANCO_NOME, left, baseline, 17, size=16, face=Face.BOLD)
    sheet.rule(left + 16.5, top, left + 16.5, top + 7.6, RULE)
    sheet.line(BANCO_CODIGO, left + 16.5, baseline, 23, size=_CODE_SIZE, face=Face.BOLD, align=Align.CENTER)
    sheet.rule(left + 39.5, top, left + 39.5, top + 7.6, RULE)
    width = at.right - left - 42
    sheet.condensed_line(linha, at.right, baseline, width, size=_LINE_SIZE, face=Face.MEDIUM)
    sheet.rule(left, top, at.right, top, RULE)


def _draw_rows(sheet: Sheet, at: Ficha, texts: BoletoTexts) -> float:
    """The rows above the instructions; returns where they end."""
    right = Align.RIGHT
    side = at.side

    def wide(share: float) -> float:
        return share * at.main / _COLUMNS

    rows: list[tuple[float, list[Field]]] = [
        (
            at.row,
            [
                Field("Local de pagamento", texts.local_pagamento, at.main, size=at.letters),
                Field("Vencimento", texts.vencimento, side, right, Face.BOLD, at.figures),
            ],
        ),
        (
            at.beneficiario,
            [
                Field("", "", at.main),
                Field("Agência / Código do beneficiário", texts.agencia_codigo, side, right, size=at.letters),
            ],
        ),
        (
            at.row,
            [
                Field("Data do documento", texts.data_documento, wide(27), size=at.letters),
                Field("Nº do documento", texts.numero_documento, wide(45), size=at.letters),
                Field("Espécie doc.", texts.especie_documento, wide(20), size=at.letters),
                Field("Aceite", texts.aceite, wide(15), size=at.letters),
                Field("Data do processamento", texts.data_processamento, wide(36), size=at.letters),
                Field("Nosso número", texts.nosso_numero, side, right, Face.SEMIBOLD, at.letters),
            ],
        ),
        (
            at.row,
            [
                Field("Uso do banco", "", wide(27), size=at.letters),
                Field("Carteira", texts.carteira, wide(22), size=at.letters),
                Field("Espécie", "R$", wide(23), size=at.letters),
                Field("Quantidade", "", wide(35), size=at.letters),
                Field("Valor", "", wide(36), size=at.letters),
                Field("(=) Valor do documento", texts.valor, side, right, Face.BOLD, at.figures),
            ],
        ),
    ]
    top = at.top
    for height, fields in rows:
        sheet.row(at.left, top, height, fields)
        top -= height
        sheet.rule(at.left, top, at.right, top)
    sheet.box(
        "Beneficiário",
        [
            Run(f"{texts.beneficiario} – {texts.beneficiario_documento}", Face.MEDIUM),
            Run(texts.beneficiario_endereco),
        ],
        at.left,
        at.top - at.row,
        at.main,
        at.beneficiario,
    )
    return top


def _draw_instrucoes(sheet: Sheet, at: Ficha, texts: BoletoTexts, top: float) -> float:
    """Instructions beside the cashier's empty column; returns where they end."""
    height = at.cashier_row * (len(_AMOUNTS) + 1)
    sheet.box(
        "Instruções (texto de responsabilidade do beneficiário)",
        [Run(text) for text in texts.instrucoes],
        at.left,
        top,
        at.main,
        height,
    )
    bottom = top
    for caption in (*_AMOUNTS, "(=) Valor cobrado"):
        sheet.row(at.right - at.side, bottom, at.cashier_row, [Field(caption, "", at.side)])
        bottom -= at.cashier_row
        if caption in _AMOUNTS:
            sheet.rule(at.right - at.side, bottom, at.right, bottom)
    sheet.rule(at.left, bottom, at.right, bottom)
    return bottom


def _draw_pagador(sheet: Sheet, at: Ficha, texts: BoletoTexts, top: float) -> float:
    """The payer and the line for a guarantor; returns where they end."""
    pagador = [
        Run(f"{texts.pagador} – {texts.pagador_documento}", Face.MEDIUM),
        Run(texts.pagador_endereco),
    ]
    sheet.box("Pagador", pagador, at.left, top, at.right - at.left, at.pagador - _AVALISTA)
    bottom = top - at.pagador
    sheet.caption("Sacador / Avalista", at.left + 1.2, bottom + _AVALISTA + 0.5, 60)
    sheet.caption("Cód. baixa", at.right - at.side + 1.2, bottom + _AVALISTA + 0.5, at.side)
    return bottom


def _draw_authentication(sheet: Sheet, at: Ficha, top: float, simulacao: bool) -> None:
    """The words and the space at the lower right; their capitals are 1.8 mm high (2 at most)."""
    bars_left, bars_bottom = at.bars
    left = bars_left + WIDTH + QUIET_ZONE + 2
    words = at.right - _WORDS
    sheet.line("Autenticação mecânica", left, top - 2.9, words - left - 1, size=5.6, align=Align.RIGHT, grey=0.32)
    sheet.line("Ficha de Compensação", words, top - 2.9, _WORDS, size=7, face=Face.SEMIBOLD, align=Align.RIGHT)
    if simulacao:
        middle = bars_bottom + HEIGHT / 2 - 1.2
        sheet.line(SIMULACAO, left, middle, at.right - left, size=11, face=Face.BOLD, align=Align.RIGHT, grey=0.55)
