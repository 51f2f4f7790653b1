"""The bills in a file: what the reader found there, checked digit by digit."""

from __future__ import annotations

from collections.abc import Callable

from bancointegra.domain.errors import InputError
from bancointegra.domain.leitura_codigo import LeituraCodigo, read_codigo
from bancointegra.domain.ports import Clock, LeitorDeCodigos


class LeituraArquivoService:
    """Reads PDFs and pictures of boletos and bills."""

    def __init__(self, leitor: LeitorDeCodigos, clock: Clock) -> None:
        self._leitor, self._clock = leitor, clock

    def read(
        self, content: bytes, *, senha: str = "", report: Callable[[int, int], None] | None = None
    ) -> tuple[LeituraCodigo, ...]:
        """The valid codes of the file, each bill once, in its order; never empty.

        Raises ``InputError``: as ``LeitorDeCodigos``, and when there is no code or none whose digits agree.
        """
        found = self._leitor.read(content, senha=senha, report=report)
        readings = [read_codigo(digits, self._clock.today()) for digits in found]
        bills = {leitura.linha_digitavel: leitura for leitura in readings if leitura.valida}
        if not bills:
            raise InputError(
                "Há um código no arquivo, mas os dígitos dele não conferem."
                if readings
                else "Nenhum código de barras nem linha digitável foi encontrado no arquivo.",
                hint="Digite ou cole a linha digitável. Se for uma foto, tire outra mais nítida, de frente.",
                code="sem_codigo",
            )
        return tuple(bills.values())
