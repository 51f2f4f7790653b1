"""What leaves the program: the menu of a list, a report and a carnê as they come out of the printer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from bancointegra.bootstrap.exporters import encoders
from bancointegra.domain.exportacao import FormatoExportacao
from bancointegra.domain.reais import Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import TituloFilter, TituloRow
from bancointegra.printing.boleto_pdf import PdfBoletoPrinter
from bancointegra.printing.layout import CARNE
from bancointegra.services.exportacao import ExportacaoService
from bancointegra.services.importacao import SemAndamento
from bancointegra.system.atomic_file import write_atomically
from bancointegra.system.paths import resources_dir
from bancointegra.ui.exportacao.list_export import ListExport
from bancointegra.ui.exportacao.relatorio import relatorio_de
from bancointegra.ui.integracao.columns import COLUMNS
from bancointegra.ui.integracao.list_card import ListCard
from tests.printing.sample_boletos import LONGEST, SIMPLE, TODOS_ENCARGOS, with_pedido
from tests.ui.integracao.escritorio import Escritorio, many
from tools.screens.stage import TODAY, Screen, Stage

_FONTS = resources_dir() / "fonts"
_PIXELS_PER_POINT = 1.2
_LONG = "CONSTRUTORA E INCORPORADORA HORIZONTE DO BRASIL PARTICIPAÇÕES E EMPREENDIMENTOS IMOBILIÁRIOS LTDA"


def _page(pdf: bytes) -> QWidget:
    """The first page, as a picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[0].render(scale=_PIXELS_PER_POINT, rev_byteorder=True)
        form = QImage.Format.Format_RGB888
        image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, form).copy()
    label = QLabel()
    label.setPixmap(QPixmap.fromImage(image))
    label.setFixedSize(image.size())
    return label


def _carne(_stage: Stage) -> QWidget:
    boletos = [SIMPLE, replace(with_pedido(SIMPLE, encargos=TODOS_ENCARGOS), simulacao=True), LONGEST]
    return _page(PdfBoletoPrinter(_FONTS).render(boletos, CARNE))


def _relatorio(_stage: Stage) -> QWidget:
    rows = [_row(number) for number in range(40)]
    detalhe = "ITAU-MATRIZ · vencimento de 01/11/2026 até 31/12/2026 · PENDENTE, REGISTRADO"
    relatorio = relatorio_de("Títulos a receber", detalhe, COLUMNS, rows, len(rows))
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 10, 30, tzinfo=UTC)
    return _page(encoders(_FONTS)[FormatoExportacao.PDF].encode(relatorio, now, SemAndamento()))


def _row(number: int) -> TituloRow:
    return TituloRow(
        id=number,
        titulo=f"{1000 + number}/1",
        sacado=_LONG if number == 3 else "MERCADO AURORA LTDA",
        documento="12.ABC.345/01DE-35",
        emissao=date(2026, 11, 3),
        vencimento=date(2026, 12, 1 + number % 28),
        valor=Reais(125_000 + number * 317),
        nosso_numero="109/00000412-5" if number % 2 else "",
        situacao=list(Situacao)[number % len(Situacao)],
        a_confirmar=number == 4,
        ultima_operacao="Consultado: em aberto",
    )


def _menu(stage: Stage) -> QWidget:
    folder = stage.folder / "exportacao"
    folder.mkdir(exist_ok=True)
    office = Escritorio(folder)
    contas = office.busca.contas()
    conta = contas[0] if contas else office.add_conta()
    if not contas:
        office.add_titulos(conta, many(3))
    card = ListCard(stage.jobs, office.busca, stage.settings)
    export = ListExport(
        card,
        jobs=stage.jobs,
        busca=office.busca,
        exportacao=ExportacaoService(encoders=encoders(_FONTS), write=write_atomically, clock=office.clock),
        impressao=office.impressao,
        open_path=_nothing,
        window=card,
    )
    card.search(TituloFilter(conta.id))
    stage.wait_until(lambda: card.model.total > 0)
    card.model.check([0, 1], True)
    menu = export.menu()
    menu.demo = (card, export, office)
    return menu


def _nothing(_path: Path) -> None: ...


SCREENS = [
    Screen("exportar-menu", _menu),
    Screen("exportar-relatorio", _relatorio),
    Screen("exportar-carne", _carne),
]
