"""A list on paper: A4 lying, the columns in the proportions of the screen, totals at the end, pages numbered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from bancointegra.domain.errors import InputError
from bancointegra.domain.exportacao import ColunaRelatorio, Relatorio, Somas, Valor, as_written
from bancointegra.domain.ports_importacao import Andamento
from bancointegra.domain.reais import Reais
from bancointegra.printing.sheet import CAPTION_GREY, RULE, Align, Sheet
from bancointegra.printing.typefaces import Face, Typefaces
from bancointegra.printing.typesetting import Typesetter

_WIDTH, _HEIGHT = 297.0, 210.0
_LEFT, _RIGHT = 12.0, _WIDTH - 12.0
_TOP = _HEIGHT - 14.0
_HEAD = 15.0
_ROW = 5.2
_BOTTOM = 14.0
_GAP = 3.0  # mm between columns
_ROWS_A_PAGE = int((_TOP - _HEAD - _ROW - _BOTTOM) / _ROW) - 1  # one is kept for the totals
_MAX_ROWS = 20_000
_SIZE, _SMALL, _SMALLEST = 7.5, 7.0, 6.5
_LOOK_EVERY = 100
_STRIPE_GREY = 0.965


class PdfRelatorioEncoder:
    """``RelatorioEncoder``. ``fonts_dir`` holds the Inter faces; raises ``PrintError`` when they cannot be read."""

    def __init__(self, fonts_dir: Path) -> None:
        self._typesetter = Typesetter(Typefaces(fonts_dir))

    def encode(self, relatorio: Relatorio, agora: datetime, andamento: Andamento) -> bytes:
        if relatorio.quantidade > _MAX_ROWS:
            raise InputError(
                f"São linhas demais para imprimir: o relatório vai até {_MAX_ROWS:,}.".replace(",", "."),
                hint="Restrinja a pesquisa, ou exporte como CSV ou planilha.",
            )
        target = BytesIO()
        canvas = Canvas(target, pagesize=landscape(A4), pageCompression=1, lang="pt-BR")
        canvas.setTitle(relatorio.titulo)
        canvas.setCreator("BancoIntegra")
        _Report(canvas, Sheet(canvas, self._typesetter), relatorio, agora).draw(andamento)
        canvas.save()
        return target.getvalue()


class _Report:
    def __init__(self, canvas: Canvas, sheet: Sheet, relatorio: Relatorio, agora: datetime) -> None:
        self._canvas, self._sheet, self._relatorio, self._agora = canvas, sheet, relatorio, agora
        self._pages = max(1, -(-relatorio.quantidade // _ROWS_A_PAGE))
        self._page = 0
        self._places = _places(relatorio.colunas)

    def draw(self, andamento: Andamento) -> None:
        somas = Somas(len(self._relatorio.colunas))
        top = self._begin_page()
        count = 0
        for count, linha in enumerate(self._relatorio.linhas, start=1):
            if count % _LOOK_EVERY == 0:
                andamento.check_cancelled()
                andamento.report(count, self._relatorio.quantidade)
            if count > 1 and (count - 1) % _ROWS_A_PAGE == 0:
                top = self._begin_page()
            self._draw_row(linha, top, striped=count % 2 == 0)
            somas.add(linha)
            top -= _ROW
        self._draw_totals(somas.totais, count, top)
        self._canvas.showPage()

    def _begin_page(self) -> float:
        """The head of a page; returns where its rows begin."""
        if self._page:
            self._canvas.showPage()
        self._page += 1
        sheet, relatorio = self._sheet, self._relatorio
        sheet.line(relatorio.titulo, _LEFT, _TOP, 150, size=14, face=Face.SEMIBOLD)
        number = f"Página {self._page} de {max(self._pages, self._page)}"
        sheet.line(number, _RIGHT - 60, _TOP, 60, size=_SMALL, align=Align.RIGHT, grey=CAPTION_GREY)
        sheet.line(relatorio.detalhe, _LEFT, _TOP - 5.2, 200, size=_SMALL, grey=CAPTION_GREY)
        made = f"BancoIntegra, {self._agora:%d/%m/%Y %H:%M}"
        sheet.line(made, _RIGHT - 60, _TOP - 5.2, 60, size=_SMALL, align=Align.RIGHT, grey=CAPTION_GREY)
        top = _TOP - _HEAD + _ROW
        for coluna, (x, width) in zip(relatorio.colunas, self._places, strict=True):
            align = _align(coluna)
            sheet.line(
                coluna.titulo, x, top - 3.6, width, size=_SMALL, face=Face.SEMIBOLD, align=align, grey=CAPTION_GREY
            )
        sheet.rule(_LEFT, top - _ROW, _RIGHT, top - _ROW, RULE)
        return top - _ROW

    def _draw_row(self, linha: Sequence[Valor], top: float, *, striped: bool) -> None:
        if striped:
            self._sheet.ground(_LEFT, top - _ROW, _RIGHT - _LEFT, _ROW, _STRIPE_GREY)
        for coluna, (x, width), valor in zip(self._relatorio.colunas, self._places, linha, strict=True):
            text = as_written(valor)
            self._sheet.line(text, x, top - 3.7, width, size=_SIZE, align=_align(coluna), smallest=_SMALLEST)

    def _draw_totals(self, totais: Sequence[Reais | None], count: int, top: float) -> None:
        self._sheet.rule(_LEFT, top, _RIGHT, top, RULE)
        words = "1 linha" if count == 1 else f"{count:,} linhas".replace(",", ".")
        self._sheet.line(words, _LEFT, top - 4.2, 40, size=_SIZE, face=Face.SEMIBOLD)
        for (x, width), total in zip(self._places, totais, strict=True):
            if total is not None:
                room = x + width - _LEFT - 42
                self._sheet.line(
                    str(total), _LEFT + 42, top - 4.2, room, size=_SIZE, face=Face.SEMIBOLD, align=Align.RIGHT
                )


def _places(colunas: Sequence[ColunaRelatorio]) -> list[tuple[float, float]]:
    """Left edge and width of each column, in mm, over the whole width of the page."""
    room = _RIGHT - _LEFT - _GAP * (len(colunas) - 1)
    scale = room / max(1, sum(coluna.largura for coluna in colunas))
    places, x = [], _LEFT
    for coluna in colunas:
        places.append((x, coluna.largura * scale))
        x += coluna.largura * scale + _GAP
    return places


def _align(coluna: ColunaRelatorio) -> Align:
    return Align.RIGHT if coluna.a_direita else Align.LEFT
