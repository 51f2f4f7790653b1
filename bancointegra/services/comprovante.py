"""Receipts of paid bills: fetched, shown, saved as PDF, as often as somebody asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bancointegra.domain.comprovante import ComprovanteImpresso, require_comprovavel
from bancointegra.domain.nome_arquivo import comprovante_file_stem
from bancointegra.domain.ports import Clock
from bancointegra.domain.ports_pagamento import ComprovantePrinter, ContaPagamentoRepository, PagamentoRepository
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.services.pagamento import PagamentoService

_PASTA = "comprovantes"


class ComprovanteService:
    """``folder`` is asked at each save, because the clerk may change it; receipts have a folder of their own in it."""

    def __init__(
        self,
        *,
        contas: ContaPagamentoRepository,
        pagamentos: PagamentoRepository,
        pagamento: PagamentoService,
        printer: ComprovantePrinter,
        folder: Callable[[], Path],
        clock: Clock,
        quem: str,
    ) -> None:
        self._contas, self._pagamentos, self._pagamento = contas, pagamentos, pagamento
        self._printer, self._folder, self._clock, self._quem = printer, folder, clock, quem

    def ver(self, pagamento_id: int) -> ComprovanteImpresso:
        """The receipt of a paid bill, kept or fetched.

        Raises ``RuleError`` when it is not paid, or no longer: a mere reserve and returned money prove nothing.
        Otherwise as ``PagamentoService.comprovante``.
        """
        pagamento = self._pagamentos.get(pagamento_id)
        require_comprovavel(pagamento)
        conta = self._contas.get(pagamento.conta_id)
        return ComprovanteImpresso(pagamento, self._pagamento.comprovante(pagamento_id), conta, self._clock.now())

    def gravar(self, impresso: ComprovanteImpresso) -> Path:
        """Save a receipt that was just seen as PDF; returns the new file.

        Raises ``RuleError`` when the payment is no longer paid, ``PrintError`` when the file cannot be saved.
        """
        pagamento = self._pagamentos.get(impresso.pagamento.id)
        require_comprovavel(pagamento)
        pago_em = pagamento.confirmado_em or impresso.emitido_em
        stem = comprovante_file_stem(pagamento.consulta.recebedor.nome, pago_em)
        path = self._printer.save(impresso, self._folder() / _PASTA, stem)
        entry = HistoryEntry(self._clock.now(), "Comprovante gravado em PDF", path.name, self._quem)
        self._pagamentos.note(pagamento.id, entry)
        return path
