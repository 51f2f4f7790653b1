"""A list as CSV for Brazilian spreadsheets: UTF-8 with its mark, semicolons, decimal comma."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from bancointegra.domain.exportacao import Relatorio, Valor, as_written
from bancointegra.domain.ports_importacao import Andamento
from bancointegra.domain.reais import Reais
from bancointegra.files.formulas import harmless

_LOOK_EVERY = 500


class CsvEncoder:
    """``RelatorioEncoder``. The header and the rows only: a title would stand in the way of who reads it again."""

    def encode(self, relatorio: Relatorio, agora: datetime, andamento: Andamento) -> bytes:
        target = io.StringIO(newline="")
        writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
        writer.writerow([coluna.titulo for coluna in relatorio.colunas])
        for done, linha in enumerate(relatorio.linhas, start=1):
            writer.writerow([_cell(valor) for valor in linha])
            if done % _LOOK_EVERY == 0:
                andamento.check_cancelled()
                andamento.report(done, relatorio.quantidade)
        return target.getvalue().encode("utf-8-sig")


def _cell(valor: Valor) -> str:
    if isinstance(valor, Reais):
        return f"{valor.decimal:f}".replace(".", ",")
    return harmless(valor) if isinstance(valor, str) else as_written(valor)
