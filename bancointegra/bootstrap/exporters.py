"""The encoders of lists, each loaded by the first list that needs it: their libraries would delay every start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from bancointegra.domain.exportacao import FormatoExportacao, Relatorio
from bancointegra.domain.ports_exportacao import RelatorioEncoder
from bancointegra.domain.ports_importacao import Andamento


class EncoderOnDemand:
    """``RelatorioEncoder`` made by ``load`` when it is needed."""

    def __init__(self, load: Callable[[], RelatorioEncoder]) -> None:
        self._load = load

    def encode(self, relatorio: Relatorio, agora: datetime, andamento: Andamento) -> bytes:
        return self._load().encode(relatorio, agora, andamento)


def encoders(fonts_dir: Path) -> Mapping[FormatoExportacao, RelatorioEncoder]:
    """One for each format; ``fonts_dir`` holds the Inter faces."""

    def csv() -> RelatorioEncoder:
        from bancointegra.files.csv_writer import CsvEncoder

        return CsvEncoder()

    def xlsx() -> RelatorioEncoder:
        from bancointegra.files.xlsx_writer import XlsxEncoder

        return XlsxEncoder()

    def pdf() -> RelatorioEncoder:
        from bancointegra.printing.relatorio_pdf import PdfRelatorioEncoder

        return PdfRelatorioEncoder(fonts_dir)

    return {
        FormatoExportacao.CSV: EncoderOnDemand(csv),
        FormatoExportacao.XLSX: EncoderOnDemand(xlsx),
        FormatoExportacao.PDF: EncoderOnDemand(pdf),
    }
