"""The canhoto of a carnê: what the payer keeps, with all that a recibo do pagador must say (CNAB 400, §8.2.2.2)."""

from __future__ import annotations

from bancointegra.printing.layout import Area
from bancointegra.printing.sheet import CAPTION_GREY, RULE, Align, Field, Sheet
from bancointegra.printing.texts import BANCO_CODIGO, BANCO_NOME, SIMULACAO, BoletoTexts
from bancointegra.printing.typefaces import Face
from bancointegra.printing.typesetting import Run

_LEFT_MARGIN, _RIGHT_MARGIN = 5.0, 2.5
_HEAD = 11.0
_ROW = 6.4
_PAGADOR = 18.5
_BENEFICIARIO = 31.0
_LETTERS, _FIGURES = 7.5, 8.0


def draw_canhoto(sheet: Sheet, area: Area, texts: BoletoTexts, simulacao: bool) -> None:
    """Draw it on its piece of paper, from the top down."""
    left, right = area.left + _LEFT_MARGIN, area.right - _RIGHT_MARGIN
    width = right - left
    if simulacao:
        sheet.ghost(SIMULACAO, left + width / 2, area.bottom + 30, size=9, angle=90)
    top = area.top - _HEAD
    sheet.line("Recibo do Pagador", left, top + 4.8, width, size=9, face=Face.SEMIBOLD)
    sheet.line(f"{BANCO_NOME} {BANCO_CODIGO}", left, top + 1.4, width, size=6.5, grey=CAPTION_GREY)
    sheet.rule(left, top, right, top, RULE)
    end = Align.RIGHT
    for field in (
        Field("Nº do documento", texts.numero_documento, width, end, size=_LETTERS),
        Field("Vencimento", texts.vencimento, width, end, Face.BOLD, _FIGURES),
        Field("Valor do documento", f"R$ {texts.valor}", width, end, Face.BOLD, _FIGURES),
        Field("Nosso número", texts.nosso_numero, width, end, Face.SEMIBOLD, _LETTERS),
        Field("Agência / Código do beneficiário", texts.agencia_codigo, width, end, size=_LETTERS),
    ):
        sheet.row(left, top, _ROW, [field])
        top -= _ROW
        sheet.rule(left, top, right, top)
    for caption, paragraphs, height in (
        ("Pagador", [Run(texts.pagador, Face.MEDIUM), Run(texts.pagador_documento)], _PAGADOR),
        (
            "Beneficiário",
            [
                Run(texts.beneficiario, Face.MEDIUM),
                Run(texts.beneficiario_documento),
                Run(texts.beneficiario_endereco),
            ],
            _BENEFICIARIO,
        ),
    ):
        sheet.box(caption, paragraphs, left, top, width, height, size=6.5)
        top -= height
        sheet.rule(left, top, right, top)
