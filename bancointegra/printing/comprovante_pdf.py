"""The receipt of a paid bill: an A4 page with the facts, and below them Celcoin's own text of 40 columns."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bancointegra.domain.comprovante import ComprovanteImpresso
from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import InputError
from bancointegra.domain.linha_digitavel import format_linha
from bancointegra.domain.reais import Reais
from bancointegra.printing.publish import Publisher
from bancointegra.printing.sheet import CAPTION_GREY, RULE, Align, Field, Sheet
from bancointegra.printing.typefaces import DRAWING, Face, Typefaces
from bancointegra.printing.typesetting import Typesetter

SIMULACAO = "SIMULAÇÃO – não é comprovante"
_PRODUCER = "BancoIntegra"
_LEFT, _WIDTH, _TOP = 15.0, 180.0, 280.0
_FIGURES, _ROW = 13.0, 9.5
_TEXT_SIZE, _TEXT_LEADING = 8.5, 4.1  # points, mm
_TEXT_WIDTH = 90.0
_NOTHING = "—"


class PdfComprovantePrinter:
    """Prints receipts (``ComprovantePrinter``). Any thread may call it; pages are made one at a time.

    ``fonts_dir`` holds the faces. Raises ``PrintError`` when they cannot be read.
    """

    def __init__(self, fonts_dir: Path, publisher: Publisher | None = None) -> None:
        self._typesetter = Typesetter(Typefaces(fonts_dir))
        self._publisher = publisher or Publisher()

    def save(self, impresso: ComprovanteImpresso, folder: Path, file_stem: str) -> Path:
        """Write the PDF into ``folder`` under a free name that begins with ``file_stem``.

        Creates the folder when missing, never overwrites. Raises ``PrintError`` when the file cannot be saved.
        """
        return self._publisher.publish(self.draw(impresso), folder, file_stem, ".pdf")

    def draw(self, impresso: ComprovanteImpresso) -> bytes:
        """The PDF; the same receipt gives the same bytes."""
        with DRAWING:
            target = BytesIO()
            canvas = Canvas(target, pagesize=A4, invariant=1, lang="pt-BR", initialFontName=Face.REGULAR.value)
            canvas.setTitle(f"Comprovante de pagamento – {impresso.pagamento.consulta.recebedor.nome}")
            canvas.setAuthor(impresso.conta.nome)
            canvas.setCreator(_PRODUCER)
            canvas.setProducer(_PRODUCER)
            _draw_page(Sheet(canvas, self._typesetter), impresso)
            canvas.showPage()
            canvas.save()
            return target.getvalue()


def _draw_page(sheet: Sheet, impresso: ComprovanteImpresso) -> None:
    if impresso.is_simulacao:
        sheet.ghost(SIMULACAO, _LEFT + _WIDTH / 2, 130.0, size=38, angle=35)
    top = _draw_header(sheet, impresso)
    for height, fields in _rows(impresso):
        sheet.row(_LEFT, top, height, fields)
        top -= height
        sheet.rule(_LEFT, top, _LEFT + _WIDTH, top)
    _draw_text(sheet, impresso, top - 8)
    copy = f"Impresso em {impresso.emitido_em:%d/%m/%Y %H:%M} pelo BancoIntegra"
    note = f"{copy} · {SIMULACAO}" if impresso.is_simulacao else copy
    sheet.line(note, _LEFT, 12, _WIDTH, size=7, grey=CAPTION_GREY, align=Align.CENTER)


def _draw_header(sheet: Sheet, impresso: ComprovanteImpresso) -> float:
    sheet.line("Comprovante de pagamento", _LEFT, _TOP, _WIDTH, size=15, face=Face.SEMIBOLD)
    who = f"{impresso.conta.nome} · {impresso.conta.pagador.formatado}"
    sheet.line(who, _LEFT, _TOP - 6, _WIDTH, size=9, grey=CAPTION_GREY)
    bottom = _TOP - 10
    sheet.rule(_LEFT, bottom, _LEFT + _WIDTH, bottom, RULE)
    return bottom


def _rows(impresso: ComprovanteImpresso) -> list[tuple[float, list[Field]]]:
    pagamento, comprovante = impresso.pagamento, impresso.comprovante
    consulta, valores = pagamento.consulta, pagamento.consulta.valores
    figure = 13.0
    rows = [
        (
            _FIGURES,
            [
                Field("Valor pago", _money(pagamento.valor), 52, face=Face.SEMIBOLD, size=figure),
                Field("Pago em", _moment(pagamento.confirmado_em), 52, size=11),
                Field("Liquidação", _day(comprovante.liquida_em or pagamento.liquida_em), 38, size=11),
                Field("Vencimento", _day(consulta.vencimento), 38, size=11),
            ],
        ),
        (_ROW, _parte("Beneficiário", consulta.recebedor.nome, consulta.recebedor.documento)),
    ]
    if consulta.pagador:
        rows.append((_ROW, _parte("Pagador", consulta.pagador.nome, consulta.pagador.documento)))
    rows += [
        (_ROW, [Field("Linha digitável", format_linha(pagamento.linha), _WIDTH, face=Face.MONO, size=9.5)]),
        (
            _ROW,
            [
                Field("Valor original", _money(valores.original or None), 45),
                Field("Desconto", _money(valores.desconto), 45),
                Field("Juros", _money(valores.juros), 45),
                Field("Multa", _money(valores.multa), 45),
            ],
        ),
        (
            _ROW,
            [
                Field("Transação", pagamento.transacao or comprovante.transacao, 45),
                Field("Autenticação", comprovante.autenticacao or pagamento.autenticacao or _NOTHING, 45),
                Field("Instituição que liquida", comprovante.liquidante or pagamento.liquidante or _NOTHING, 90),
            ],
        ),
    ]
    return rows


def _draw_text(sheet: Sheet, impresso: ComprovanteImpresso, top: float) -> None:
    """Celcoin's text, each line as it came."""
    left = _LEFT + (_WIDTH - _TEXT_WIDTH) / 2
    for line in impresso.comprovante.texto.splitlines():
        kept = line.replace(" ", "\u00a0")  # the columns are made of spaces
        sheet.line(kept, left, top, _TEXT_WIDTH, size=_TEXT_SIZE, face=Face.MONO)
        top -= _TEXT_LEADING


def _parte(caption: str, nome: str, documento: str) -> list[Field]:
    return [Field(caption, nome, 125, face=Face.MEDIUM), Field("CPF/CNPJ", _documento(documento), 55)]


def _documento(numero: str) -> str:
    try:
        return Documento.parse(numero).formatado if numero else _NOTHING
    except InputError:
        return numero


def _money(valor: Reais | None) -> str:
    return valor.com_simbolo if valor is not None else _NOTHING


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else _NOTHING


def _moment(moment: datetime | None) -> str:
    return f"{moment:%d/%m/%Y %H:%M}" if moment else _NOTHING
