"""The recibo do pagador in the upper part of the page: free design, with the data the payer keeps.

What it must say: Itaú CNAB 400, July 2021, §8.2.2.2.
"""

from __future__ import annotations

from bancointegra.printing.sheet import CAPTION_GREY, RULE, Align, Field, Sheet
from bancointegra.printing.texts import BANCO_CODIGO, BANCO_NOME, SIMULACAO, BoletoTexts
from bancointegra.printing.typefaces import Face
from bancointegra.printing.typesetting import Run

_LEFT = 10.0
_WIDTH = 190.0
_RIGHT = _LEFT + _WIDTH
_TOP = 283.0

_FIGURES = 12.0
_ROW = 8.6
_PAGADOR = 14.5
_INSTRUCOES = 36.0
_LINHA = 11.5


def draw_recibo(sheet: Sheet, texts: BoletoTexts, simulacao: bool) -> None:
    """Draw the recibo from the top of an A4 page down."""
    if simulacao:
        sheet.ghost(SIMULACAO, _LEFT + _WIDTH / 2, 142.0, size=44, angle=14)
    top = _draw_header(sheet, texts)
    for height, fields in _rows(texts):
        sheet.row(_LEFT, top, height, fields)
        top -= height
        sheet.rule(_LEFT, top, _RIGHT, top)
    pagador = [
        Run(f"{texts.pagador} – {texts.pagador_documento}", Face.MEDIUM),
        Run(texts.pagador_endereco),
    ]
    for caption, paragraphs, height in (
        ("Pagador", pagador, _PAGADOR),
        ("Instruções", [Run(text) for text in texts.instrucoes], _INSTRUCOES),
    ):
        sheet.box(caption, paragraphs, _LEFT, top, _WIDTH, height, size=9.0)
        top -= height
        sheet.rule(_LEFT, top, _RIGHT, top)
    linha = Field("Linha digitável", texts.linha, _WIDTH, Align.LEFT, Face.MEDIUM, 13.0)
    sheet.row(_LEFT, top, _LINHA, [linha])
    top -= _LINHA
    sheet.rule(_LEFT, top, _RIGHT, top, RULE)
    sheet.line("Autenticação mecânica", _LEFT, top - 3.2, _WIDTH, size=5.6, align=Align.RIGHT, grey=CAPTION_GREY)


def _draw_header(sheet: Sheet, texts: BoletoTexts) -> float:
    """Who is to be paid and what this paper is; returns where it ends."""
    sheet.caption("Beneficiário", _LEFT, _TOP + 3.2, 60)
    name_bottom = sheet.block([Run(texts.beneficiario, Face.SEMIBOLD)], _LEFT, _TOP, 128, 11, size=13)
    details = [Run(texts.beneficiario_documento), Run(texts.beneficiario_endereco)]
    bottom = sheet.block(details, _LEFT, name_bottom - 0.8, 128, 11, size=8.5, grey=CAPTION_GREY) - 2.8
    sheet.line("Recibo do Pagador", 140, _TOP - 4.4, 60, size=13, face=Face.SEMIBOLD, align=Align.RIGHT)
    banco = f"{BANCO_NOME} {BANCO_CODIGO}"
    sheet.line(banco, 140, _TOP - 9.6, 60, size=8.5, align=Align.RIGHT, grey=CAPTION_GREY)
    sheet.rule(_LEFT, bottom, _RIGHT, bottom, RULE)
    return bottom


def _rows(texts: BoletoTexts) -> list[tuple[float, list[Field]]]:
    figure = 13.0
    return [
        (
            _FIGURES,
            [
                Field("Vencimento", texts.vencimento, 42, face=Face.SEMIBOLD, size=figure),
                Field("Valor do documento", f"R$ {texts.valor}", 54, face=Face.SEMIBOLD, size=figure),
                Field("Nosso número", texts.nosso_numero, 47, size=11),
                Field("Agência / Código do beneficiário", texts.agencia_codigo, 47, size=11),
            ],
        ),
        (
            _ROW,
            [
                Field("Nº do documento", texts.numero_documento, 42),
                Field("Data do documento", texts.data_documento, 27),
                Field("Data do processamento", texts.data_processamento, 27),
                Field("Espécie doc.", texts.especie_documento, 23.5),
                Field("Aceite", texts.aceite, 23.5),
                Field("Carteira", texts.carteira, 23.5),
                Field("Moeda", "R$", 23.5),
            ],
        ),
    ]
