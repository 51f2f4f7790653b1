"""The boleto's PDF: from the confirmed order and the bank's answer to a file in the clerk's folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bancointegra.domain.boleto import BoletoImpresso
from bancointegra.domain.conta import Ambiente
from bancointegra.domain.errors import AppError, PrintError
from bancointegra.domain.nome_arquivo import boleto_file_stem
from bancointegra.domain.order import Desfecho, Resultado
from bancointegra.domain.ports import BoletoPrinter, Clock, ContaRepository, Journal, TituloRepository
from bancointegra.domain.titulo import HistoryEntry


class ImpressaoService:
    """Saves boletos as PDF. ``folder`` is asked at each save, because the clerk may change it."""

    def __init__(
        self,
        *,
        contas: ContaRepository,
        titulos: TituloRepository,
        journal: Journal,
        printer: BoletoPrinter,
        folder: Callable[[], Path],
        clock: Clock,
        quem: str,
    ) -> None:
        self._contas = contas
        self._titulos = titulos
        self._journal = journal
        self._printer = printer
        self._folder = folder
        self._clock = clock
        self._quem = quem

    def with_pdf(self, resultado: Resultado, feito: str) -> Resultado:
        """``resultado`` with the path of a fresh PDF, when it is CONFIRMADA.

        A PDF that fails does not undo what the bank has done (``feito``, as in “Registrado”); the sentence says both.
        """
        if resultado.desfecho is not Desfecho.CONFIRMADA:
            return resultado
        try:
            path = self.gerar_pdf(resultado.titulo_id)
        except AppError as error:
            message = f"{feito} no banco, mas o PDF não foi gerado: {error}"
            return replace(resultado, mensagem=message, codigo=error.code)
        return replace(resultado, pdf_path=str(path))

    def gerar_pdf(self, titulo_id: int) -> Path:
        """Save the boleto in force of a título; returns the new file.

        Raises ``PrintError`` when there is no registered boleto, when the page does not read back as the bank's
        boleto, or when the file cannot be saved.
        """
        titulo = self._titulos.get(titulo_id)
        order = self._journal.registro_in_force(titulo_id)
        if titulo.boleto is None or order is None:
            raise PrintError(f"O título {titulo.identificacao} não tem boleto registrado.")
        if not titulo.boleto.linha_digitavel:
            raise PrintError(
                f"O banco ainda não informou a nova linha digitável do título {titulo.identificacao}.",
                hint="Use Consultar e gere o PDF de novo.",
            )
        registrado_em = titulo.registrado_em or self._clock.now()
        impresso = BoletoImpresso(
            registrado=titulo.boleto,
            # As registered, with what instructions have changed since.
            pedido=replace(order.registro, vencimento=titulo.vencimento, valor=titulo.valor, encargos=titulo.encargos),
            processamento=registrado_em.date(),
            simulacao=self._contas.get(titulo.conta_id).ambiente is Ambiente.SIMULACAO,
        )
        stem = boleto_file_stem(titulo.sacado.nome, titulo.boleto.vencimento, registrado_em)
        path = self._printer.save(impresso, self._folder(), stem)
        entry = HistoryEntry(self._clock.now(), "PDF gravado e conferido", path.name, self._quem)
        self._titulos.set_pdf(titulo_id, str(path), entry)
        return path
