"""The boleto's PDF: from the confirmed order and the bank's answer to a file in the clerk's folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from bancointegra.domain.boleto import BoletoImpresso
from bancointegra.domain.conta import Ambiente
from bancointegra.domain.errors import AppError, PrintError
from bancointegra.domain.nome_arquivo import boleto_file_stem
from bancointegra.domain.order import Desfecho, Resultado
from bancointegra.domain.ports import Clock, ContaRepository, Journal, TituloRepository
from bancointegra.domain.ports_exportacao import BoletoPrinter
from bancointegra.domain.ports_importacao import Andamento
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.texto import fold
from bancointegra.domain.titulo import HistoryEntry, Titulo

_SAVED = "PDF gravado e conferido"


class ModoBoletos(Enum):
    """How the boletos of a selection are printed. The value is the entry of the menu."""

    UM_PDF = "Boletos em um só PDF"
    UM_POR_BOLETO = "Um PDF por boleto"
    CARNE = "Carnê (3 por página)"


@dataclass(frozen=True, slots=True)
class BoletosGerados:
    """The files, how many boletos are in them, and why others are not."""

    paths: tuple[Path, ...]
    quantidade: int
    problemas: tuple[str, ...]


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
        titulo, impresso, registrado_em = self._printable(titulo_id)
        stem = boleto_file_stem(titulo.sacado.nome, impresso.registrado.vencimento, registrado_em)
        path = self._printer.save(impresso, self._folder(), stem)
        entry = HistoryEntry(self._clock.now(), _SAVED, path.name, self._quem)
        self._titulos.set_pdf(titulo_id, str(path), entry)
        return path

    def gerar_boletos(self, titulo_ids: Sequence[int], modo: ModoBoletos, andamento: Andamento) -> BoletosGerados:
        """Save the boletos of REGISTRADO títulos as ``modo`` says; the others are told with the reason.

        A carnê is in the order of pagador and due date. Raises ``PrintError`` when a common file cannot be made, and
        ``JobCancelled``; a common file is then not there, of single ones those that were already saved.
        """
        if modo is ModoBoletos.UM_POR_BOLETO:
            return self._save_each(titulo_ids, andamento)
        printable: list[tuple[Titulo, BoletoImpresso]] = []
        problems: list[str] = []
        for titulo_id in titulo_ids:
            andamento.check_cancelled()
            try:
                titulo, impresso, _ = self._printable(titulo_id, only_open=True)
                printable.append((titulo, impresso))
            except PrintError as error:
                problems.append(str(error))
        if not printable:
            return BoletosGerados((), 0, tuple(problems))
        carne = modo is ModoBoletos.CARNE
        if carne:
            printable.sort(key=lambda each: (fold(each[0].sacado.nome), each[0].sacado.documento.numero, _due(each[1])))
        stem = self._common_stem([titulo for titulo, _ in printable], carne)
        boletos = [impresso for _, impresso in printable]
        path = self._printer.save_together(boletos, self._folder(), stem, carne=carne, andamento=andamento)
        entry = HistoryEntry(self._clock.now(), _SAVED, path.name, self._quem)
        for titulo, _ in printable:
            self._titulos.note(titulo.id, entry)
        return BoletosGerados((path,), len(printable), tuple(problems))

    def _save_each(self, titulo_ids: Sequence[int], andamento: Andamento) -> BoletosGerados:
        paths: list[Path] = []
        problems: list[str] = []
        for done, titulo_id in enumerate(titulo_ids):
            andamento.check_cancelled()
            andamento.report(done, len(titulo_ids), "Gerando os boletos")
            try:
                self._printable(titulo_id, only_open=True)
                paths.append(self.gerar_pdf(titulo_id))
            except PrintError as error:
                problems.append(str(error))
        return BoletosGerados(tuple(paths), len(paths), tuple(problems))

    def _printable(self, titulo_id: int, *, only_open: bool = False) -> tuple[Titulo, BoletoImpresso, datetime]:
        """The boleto in force as it is to be printed. Raises ``PrintError`` when there is none.

        ``only_open``: nor one that nobody should pay any more.
        """
        titulo = self._titulos.get(titulo_id)
        order = self._journal.registro_in_force(titulo_id)
        if titulo.boleto is None or order is None:
            raise PrintError(f"O título {titulo.identificacao} não tem boleto registrado.")
        if only_open and (titulo.situacao is not Situacao.REGISTRADO or titulo.a_confirmar):
            state = "A CONFIRMAR" if titulo.a_confirmar else titulo.situacao.value
            raise PrintError(f"O título {titulo.identificacao} está {state}; o boleto dele não foi impresso.")
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
        return titulo, impresso, registrado_em

    def _common_stem(self, titulos: Sequence[Titulo], carne: bool) -> str:
        """``CARNÊ MERCADO AURORA LTDA 23-11-2026 14h32m05``; without the name when there are several pagadores."""
        kind = "CARNÊ" if carne else "BOLETOS"
        nomes = {titulo.sacado.documento: titulo.sacado.nome for titulo in titulos}
        nome = f"{kind} {next(iter(nomes.values()))}" if len(nomes) == 1 else kind
        now = self._clock.now()
        return boleto_file_stem(nome, now.date(), now)


def _due(impresso: BoletoImpresso) -> date:
    return impresso.registrado.vencimento
