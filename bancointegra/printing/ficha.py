"""The ficha de compensação at the foot of the page (Itaú CNAB 400, July 2021, §8.2-8.4 and annex 1).

Order of the boxes, letter heights and the measures of the bars are the bank's; the boxes' sizes are ours to choose.
"""

from __future__ import annotations

from bancointegra.printing.barcode import HEIGHT, draw_barcode
from bancointegra.printing.sheet import RULE, Align, Field, Sheet
from bancointegra.printing.texts import BANCO_CODIGO, BANCO_NOME, SIMULACAO, BoletoTexts
from bancointegra.printing.typefaces import Face
from bancointegra.printing.typesetting import Run

CUT_LINE = 107.5  # mm above the paper's lower edge: the ficha is 107.5 mm high (95-108 allowed) and 210 mm wide

BARS_X = 10.0
BARS_Y = 8.0  # the bars' centre is 14.5 mm above the edge (12 or more)

_LEFT = 10.0
_WIDTH = 190.0
_RIGHT = _LEFT + _WIDTH
_SIDE = 47.0  # the column of figures
_MAIN = _WIDTH - _SIDE
_TOP = 97.5  # under the bank's name and the line

_CODE_SIZE = 19.5  # points: digits 5 mm high (Inter's are 0.727 of its size)
_LINE_SIZE = 13.8  # points: digits 3.54 mm high (3.5-4.5)
_ROW = 7.4
_BENEFICIARIO = 11.6
_AMOUNTS = ("(−) Desconto / Abatimento", "(−) Outras deduções", "(+) Mora / Multa", "(+) Outros acréscimos")
_CASHIER_ROW = 5.4
_PAGADOR = 13.4
_AVALISTA = 2.7  # the part of the payer's box that is the guarantor's line


def draw_ficha(sheet: Sheet, texts: BoletoTexts, codigo_barras: str, simulacao: bool) -> None:
    """Draw the ficha over the full width of an A4 page, below ``CUT_LINE``."""
    if simulacao:
        sheet.ghost(SIMULACAO, _LEFT + _MAIN / 2, 49.0, size=27)
    _draw_header(sheet, texts.linha)
    top = _draw_rows(sheet, texts)
    top = _draw_instrucoes(sheet, texts, top)
    bottom = _draw_pagador(sheet, texts, top)
    sheet.rule(_LEFT, bottom, _RIGHT, bottom, RULE)
    sheet.rule(_RIGHT - _SIDE, _TOP, _RIGHT - _SIDE, top)
    draw_barcode(sheet.canvas, codigo_barras, BARS_X, BARS_Y)
    _draw_authentication(sheet, bottom, simulacao)


def _draw_header(sheet: Sheet, linha: str) -> None:
    baseline = _TOP + 2.0
    sheet.line(BANCO_NOME, _LEFT, baseline, 17, size=16, face=Face.BOLD)
    sheet.rule(_LEFT + 16.5, _TOP, _LEFT + 16.5, _TOP + 7.6, RULE)
    sheet.line(BANCO_CODIGO, _LEFT + 16.5, baseline, 23, size=_CODE_SIZE, face=Face.BOLD, align=Align.CENTER)
    sheet.rule(_LEFT + 39.5, _TOP, _LEFT + 39.5, _TOP + 7.6, RULE)
    sheet.condensed_line(linha, _RIGHT, baseline, _WIDTH - 42, size=_LINE_SIZE, face=Face.MEDIUM)
    sheet.rule(_LEFT, _TOP, _RIGHT, _TOP, RULE)


def _draw_rows(sheet: Sheet, texts: BoletoTexts) -> float:
    """The rows above the instructions; returns where they end."""
    right = Align.RIGHT
    rows: list[tuple[float, list[Field]]] = [
        (
            _ROW,
            [
                Field("Local de pagamento", texts.local_pagamento, _MAIN),
                Field("Vencimento", texts.vencimento, _SIDE, right, Face.BOLD, 10.0),
            ],
        ),
        (
            _BENEFICIARIO,
            [
                Field("", "", _MAIN),
                Field("Agência / Código do beneficiário", texts.agencia_codigo, _SIDE, right),
            ],
        ),
        (
            _ROW,
            [
                Field("Data do documento", texts.data_documento, 27),
                Field("Nº do documento", texts.numero_documento, 45),
                Field("Espécie doc.", texts.especie_documento, 20),
                Field("Aceite", texts.aceite, 15),
                Field("Data do processamento", texts.data_processamento, 36),
                Field("Nosso número", texts.nosso_numero, _SIDE, right, Face.SEMIBOLD),
            ],
        ),
        (
            _ROW,
            [
                Field("Uso do banco", "", 27),
                Field("Carteira", texts.carteira, 22),
                Field("Espécie", "R$", 23),
                Field("Quantidade", "", 35),
                Field("Valor", "", 36),
                Field("(=) Valor do documento", texts.valor, _SIDE, right, Face.BOLD, 10.0),
            ],
        ),
    ]
    top = _TOP
    for height, fields in rows:
        sheet.row(_LEFT, top, height, fields)
        top -= height
        sheet.rule(_LEFT, top, _RIGHT, top)
    sheet.box(
        "Beneficiário",
        [
            Run(f"{texts.beneficiario} – {texts.beneficiario_documento}", Face.MEDIUM),
            Run(texts.beneficiario_endereco),
        ],
        _LEFT,
        _TOP - _ROW,
        _MAIN,
        _BENEFICIARIO,
    )
    return top


def _draw_instrucoes(sheet: Sheet, texts: BoletoTexts, top: float) -> float:
    """Instructions beside the cashier's empty column; returns where they end."""
    height = _CASHIER_ROW * (len(_AMOUNTS) + 1)
    sheet.box(
        "Instruções (texto de responsabilidade do beneficiário)",
        [Run(text) for text in texts.instrucoes],
        _LEFT,
        top,
        _MAIN,
        height,
    )
    bottom = top
    for caption in (*_AMOUNTS, "(=) Valor cobrado"):
        sheet.row(_RIGHT - _SIDE, bottom, _CASHIER_ROW, [Field(caption, "", _SIDE)])
        bottom -= _CASHIER_ROW
        if caption in _AMOUNTS:
            sheet.rule(_RIGHT - _SIDE, bottom, _RIGHT, bottom)
    sheet.rule(_LEFT, bottom, _RIGHT, bottom)
    return bottom


def _draw_pagador(sheet: Sheet, texts: BoletoTexts, top: float) -> float:
    """The payer and the line for a guarantor; returns where they end."""
    pagador = [
        Run(f"{texts.pagador} – {texts.pagador_documento}", Face.MEDIUM),
        Run(texts.pagador_endereco),
    ]
    sheet.box("Pagador", pagador, _LEFT, top, _WIDTH, _PAGADOR - _AVALISTA)
    bottom = top - _PAGADOR
    sheet.caption("Sacador / Avalista", _LEFT + 1.2, bottom + _AVALISTA + 0.5, 60)
    sheet.caption("Cód. baixa", _RIGHT - _SIDE + 1.2, bottom + _AVALISTA + 0.5, _SIDE)
    return bottom


def _draw_authentication(sheet: Sheet, top: float, simulacao: bool) -> None:
    """The words and the space at the lower right; their capitals are 1.8 mm high (2 at most)."""
    sheet.line("Autenticação mecânica", 120, top - 2.9, 38, size=5.6, align=Align.RIGHT, grey=0.32)
    sheet.line("Ficha de Compensação", 158, top - 2.9, _RIGHT - 158, size=7, face=Face.SEMIBOLD, align=Align.RIGHT)
    if simulacao:
        middle = BARS_Y + HEIGHT / 2 - 1.2
        sheet.line(SIMULACAO, 120, middle, _RIGHT - 120, size=11, face=Face.BOLD, align=Align.RIGHT, grey=0.55)
