"""The bridge: a file of another program is imported, registered if so asked, and answered row by row.

The same file, or the same external id, any number of times makes one título and one boleto: what is there is found
again, and only a título PENDENTE that is not in doubt is registered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from bancointegra.domain.errors import AppError, InputError, OutcomeUnknown, StoreError
from bancointegra.domain.importacao import Gravacao, LinhaPrevia, Previa, SituacaoLinha
from bancointegra.domain.order import Desfecho, Resultado
from bancointegra.domain.ponte import LinhaPonte, PedidoPonte, RespostaPonte, ResultadoImportacao
from bancointegra.domain.ports import Clock, TituloRepository
from bancointegra.domain.ports_importacao import Andamento
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import Titulo
from bancointegra.services.importacao import ImportacaoService, SemAndamento
from bancointegra.services.importacao_inteira import require_contrato
from bancointegra.services.impressao import ImpressaoService
from bancointegra.services.registro import RegistroService

Work = Callable[[LinhaPonte], LinhaPonte]
Executor = Callable[[Work, Sequence[LinhaPonte]], Iterable[LinhaPonte]]
"""Applies the work to each row, several at a time if it can, and keeps their order; ``map`` does it one by one."""

_REPEATABLE = frozenset({"indisponivel", "credencial", "conta_a_conferir", "em_andamento", "dados_ocupados"})
"""Families of codes after which nothing has left and another try may succeed without anybody changing the file."""

_WORDS = {
    SituacaoLinha.NOVA: ResultadoImportacao.NOVO,
    SituacaoLinha.JA_EXISTE: ResultadoImportacao.EXISTENTE,
    SituacaoLinha.MUDOU: ResultadoImportacao.ALTERADO,
    SituacaoLinha.ERRADA: ResultadoImportacao.RECUSADO,
}


class PonteService:
    """Any thread may call it; ``executar`` is how many títulos go to the bank at a time."""

    def __init__(
        self,
        *,
        importacao: ImportacaoService,
        titulos: TituloRepository,
        registro: RegistroService,
        impressao: ImpressaoService,
        clock: Clock,
        executar: Executor,
    ) -> None:
        self._importacao = importacao
        self._titulos = titulos
        self._registro = registro
        self._impressao = impressao
        self._clock = clock
        self._executar = executar

    def processar(self, arquivo: Path, pedido: PedidoPonte, andamento: Andamento | None = None) -> RespostaPonte:
        """Import ``arquivo`` and do with its títulos what ``pedido`` says.

        A file that cannot be read at all is answered too. Raises ``StoreError`` when the data cannot be written, and
        ``JobCancelled``; called again it goes on from there.
        """
        andamento = andamento or SemAndamento()
        resposta = RespostaPonte(arquivo.name, pedido.conta.mnemonico, self._clock.now())
        try:
            previa = self._importacao.ler([arquivo], pedido.conta, None, andamento)
            require_contrato(previa)
        except InputError as error:
            return replace(resposta, erro=error.code, mensagem=str(error))
        wanted = previa.posicoes(SituacaoLinha.NOVA, SituacaoLinha.MUDOU)
        gravacao = self._importacao.importar(previa, pedido.tipo_cobranca_id, wanted, andamento)
        return replace(resposta, linhas=self._go_on(_imported(previa, gravacao), pedido, andamento))

    def retomar(
        self, resposta: RespostaPonte, pedido: PedidoPonte, andamento: Andamento | None = None
    ) -> RespostaPonte:
        """Look again at the rows still pending, and send those that never left. Raises as ``processar``."""
        linhas = self._go_on(resposta.linhas, pedido, andamento or SemAndamento())
        return replace(resposta, em=self._clock.now(), linhas=linhas) if linhas != resposta.linhas else resposta

    def titulo(self, linha: LinhaPonte) -> Titulo | None:
        """The título of a row as it is now; None when it has none, or somebody deleted it."""
        if linha.titulo_id is None:
            return None
        try:
            return self._titulos.get(linha.titulo_id)
        except StoreError as error:
            if error.code != "titulo_inexistente":
                raise
            return None

    def _go_on(self, linhas: Sequence[LinhaPonte], pedido: PedidoPonte, andamento: Andamento) -> tuple[LinhaPonte, ...]:
        done = 0

        def settle(linha: LinhaPonte) -> LinhaPonte:
            nonlocal done
            andamento.check_cancelled()
            settled = self._settle(linha, pedido) if linha.pendente else linha
            done += 1
            andamento.report(done, len(linhas), "Registrando" if pedido.registrar else "Importando")
            return settled

        return tuple(self._executar(settle, linhas))

    def _settle(self, linha: LinhaPonte, pedido: PedidoPonte) -> LinhaPonte:
        """One row that is not settled yet, one step further."""
        titulo = self.titulo(linha)
        if titulo is None:
            gone = "O título foi excluído."
            return replace(linha, titulo_id=None, pendente=False, erro="titulo_inexistente", mensagem=gone)
        if titulo.a_confirmar:
            return replace(
                linha,
                erro=OutcomeUnknown.default_code,
                mensagem="O banco ainda não confirmou; o programa pergunta de novo sozinho.",
            )
        if titulo.situacao is Situacao.PENDENTE and pedido.registrar:
            return _answered(linha, self._registro.registrar(titulo.id, gerar_pdf=pedido.gerar_pdf))
        return self._with_pdf(replace(linha, pendente=False, erro="", mensagem=""), titulo, pedido)

    def _with_pdf(self, linha: LinhaPonte, titulo: Titulo, pedido: PedidoPonte) -> LinhaPonte:
        kept = titulo.pdf_path and Path(titulo.pdf_path).is_file()
        if not pedido.gerar_pdf or titulo.situacao is not Situacao.REGISTRADO or kept:
            return linha
        try:
            self._impressao.gerar_pdf(titulo.id)
        except AppError as error:
            return replace(linha, erro=error.code, mensagem=str(error))
        return linha


def _imported(previa: Previa, gravacao: Gravacao) -> tuple[LinhaPonte, ...]:
    """Every row after the import; those with a título are still to be gone on with."""
    stored = {**gravacao.ja_existiam, **gravacao.alterados, **gravacao.novos}
    return tuple(
        _recusada(linha, "mudou_durante", "O título mudou durante a importação; mande de novo.")
        if at in gravacao.recusadas
        else _linha(linha, stored.get(at, linha.titulo_id), is_known=at in gravacao.ja_existiam)
        for at, linha in enumerate(previa.linhas)
    )


def _linha(linha: LinhaPrevia, titulo_id: int | None, *, is_known: bool) -> LinhaPonte:
    if linha.situacao is SituacaoLinha.ERRADA:
        return _recusada(linha, "linha_errada", linha.explicacao)
    resultado = ResultadoImportacao.EXISTENTE if is_known else _WORDS[linha.situacao]
    assert linha.novo is not None
    return LinhaPonte(linha.onde, linha.novo.id_externo, linha.identificacao, resultado, titulo_id, pendente=True)


def _recusada(linha: LinhaPrevia, erro: str, mensagem: str) -> LinhaPonte:
    return LinhaPonte(
        linha.onde,
        linha.novo.id_externo if linha.novo else "",
        linha.identificacao,
        ResultadoImportacao.RECUSADO,
        linha.titulo_id,
        erro=erro,
        mensagem=mensagem,
    )


def _answered(linha: LinhaPonte, resultado: Resultado) -> LinhaPonte:
    doubtful = resultado.desfecho in (Desfecho.A_CONFIRMAR, Desfecho.AGUARDANDO)
    unsent = resultado.desfecho is Desfecho.NAO_ENVIADA and resultado.codigo.split(".")[0] in _REPEATABLE
    erro = OutcomeUnknown.default_code if doubtful else resultado.codigo
    is_plain = resultado.desfecho is Desfecho.CONFIRMADA and not erro
    return replace(linha, pendente=doubtful or unsent, erro=erro, mensagem="" if is_plain else resultado.mensagem)
