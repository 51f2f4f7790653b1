"""Consultar: ask the bank about a registered boleto and let the título follow."""

from __future__ import annotations

from bancointegra.domain.acompanhamento import describe_consulta, situacao_apos_consulta
from bancointegra.domain.errors import AppError, RuleError
from bancointegra.domain.order import Desfecho, Resultado
from bancointegra.domain.ports import Clock, CobrancaProviders, ContaRepository, TituloRepository
from bancointegra.domain.situacao import Operacao, require_permitida
from bancointegra.domain.titulo import HistoryEntry, Titulo


class ConsultaService:
    """Queries títulos one by one; any number of threads may call it for different títulos."""

    def __init__(
        self,
        *,
        contas: ContaRepository,
        titulos: TituloRepository,
        providers: CobrancaProviders,
        clock: Clock,
        quem: str,
    ) -> None:
        self._contas = contas
        self._titulos = titulos
        self._providers = providers
        self._clock = clock
        self._quem = quem

    def consultar(self, titulo_id: int) -> Resultado:
        """Query one título and store what the bank said.

        Raises ``StoreError`` when the título cannot be read; everything later is told by the ``Resultado``.
        """
        titulo = self._titulos.get(titulo_id)
        try:
            message = self._consultar(titulo)
        except AppError as error:
            return Resultado(titulo_id, titulo.identificacao, Desfecho.NAO_ENVIADA, str(error), error.code)
        return Resultado(titulo_id, titulo.identificacao, Desfecho.CONFIRMADA, message)

    def _consultar(self, titulo: Titulo) -> str:
        require_permitida(Operacao.CONSULTAR, titulo.situacao, titulo.identificacao)
        if titulo.a_confirmar or titulo.boleto is None:
            raise RuleError(f"O título {titulo.identificacao} está a confirmar.", hint="Use “Verificar agora”.")
        provider = self._providers.for_conta(self._contas.get(titulo.conta_id))
        consulta = provider.consultar(titulo.boleto.carteira, titulo.boleto.nosso_numero)
        if consulta is None:
            raise RuleError(
                f"O banco não encontrou o boleto do título {titulo.identificacao}.",
                hint="Um boleto recém-registrado pode levar alguns minutos para aparecer: consulte de novo mais tarde.",
                code="nao_encontrado",
            )
        situacao = situacao_apos_consulta(titulo.situacao, consulta)
        text = f"Consultado: {situacao.value}" if situacao is not titulo.situacao else "Consultado, sem mudança"
        entry = HistoryEntry(self._clock.now(), text, describe_consulta(consulta), self._quem)
        if not self._titulos.apply_consulta(titulo.id, consulta, situacao, entry):
            raise RuleError(f"O título {titulo.identificacao} mudou durante a consulta.", hint="Consulte de novo.")
        return describe_consulta(consulta)
