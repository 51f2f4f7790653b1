"""Conferência: asks the bank what a restored copy has forgotten, before the account registers again."""

from __future__ import annotations

import logging
from dataclasses import replace

from bancointegra.domain.acompanhamento import describe_consulta, situacao_apos_consulta
from bancointegra.domain.boleto import ConsultaBoleto
from bancointegra.domain.conferencia import Conferencia, boleto_achado, is_do_titulo, titulo_do_achado
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import AppError
from bancointegra.domain.order import Desfecho, Resultado
from bancointegra.domain.ports import (
    Clock,
    CobrancaProviders,
    ConferenciaRepository,
    ContaRepository,
    TituloRepository,
)
from bancointegra.domain.registro import format_nosso_numero
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import HistoryEntry, Titulo

log = logging.getLogger(__name__)

_A_ROUND = 250
"""So many numbers are asked about before what else is in doubt has its turn."""


class ConferenciaService:
    """Any thread, and any program on the same data, may run it: nothing is adopted twice."""

    def __init__(
        self,
        *,
        conferencias: ConferenciaRepository,
        contas: ContaRepository,
        titulos: TituloRepository,
        providers: CobrancaProviders,
        clock: Clock,
        quem: str,
    ) -> None:
        self._conferencias = conferencias
        self._contas = contas
        self._titulos = titulos
        self._providers = providers
        self._clock = clock
        self._quem = quem

    def abertas(self) -> tuple[Conferencia, ...]:
        """The accounts that may not register yet."""
        return self._conferencias.abertas()

    def conferir(self) -> tuple[Resultado, ...]:
        """Go on with every conferência whose time has come; returns the títulos whose boleto was found.

        A bank that does not answer ends the round of its account; the next one goes on from there.
        """
        due = [each for each in self.abertas() if each.nao_antes <= self._clock.now()]
        return tuple(resultado for each in due for resultado in self._conferir(each))

    def adotar(self, titulo: Titulo) -> Resultado | None:
        """The boleto a conferência found for this título, which came later; None when there is none.

        Raises what the query raises: then nobody may register the título.
        """
        for achado in self._conferencias.achados(titulo.conta_id):
            if is_do_titulo(achado, titulo):
                provider = self._providers.for_conta(self._contas.get(titulo.conta_id))
                consulta = provider.consultar(achado.carteira, achado.nosso_numero)
                if consulta is not None:
                    return self._adopt(titulo, consulta)
        return None

    def _conferir(self, conferencia: Conferencia) -> list[Resultado]:
        conta = self._contas.get(conferencia.conta_id)
        if conferencia.folga:
            # The clerk may know more than the copy, and have said so in Conta Bancária.
            conferencia = replace(conferencia, ate=max(conferencia.ate, conta.ultimo_nosso_numero))
        found = []
        try:
            provider = self._providers.for_conta(conta)
            given = self._conferencias.dados(conta.id, conferencia.proximo)
            for _ in range(_A_ROUND):
                if conferencia.is_concluida or conferencia.proximo > conta.faixa_fim:
                    self._conferencias.conclude(conferencia)
                    break
                consulta = None
                if conferencia.proximo not in given:
                    consulta = provider.consultar(conta.carteira, format_nosso_numero(conferencia.proximo))
                if consulta is not None and (resultado := self._place(conta, consulta)):
                    found.append(resultado)
                conferencia = conferencia.apos(achado=consulta is not None)
        except AppError as error:
            log.info("conferência of account %s interrupted: %s", conta.id, error.code)
        self._conferencias.save(conferencia)
        return found

    def _place(self, conta: ContaBancaria, consulta: ConsultaBoleto) -> Resultado | None:
        achado = boleto_achado(conta.id, consulta)
        titulo = titulo_do_achado(achado, self._conferencias.titulos_do_sacado(achado))
        if titulo is None:
            self._conferencias.keep(achado)
            return None
        return self._adopt(titulo, consulta)

    def _adopt(self, titulo: Titulo, consulta: ConsultaBoleto) -> Resultado | None:
        found = consulta.registrado
        detail = f"Nosso número {found.carteira}/{found.nosso_numero}-{found.dac_nosso_numero}"
        if not self._conferencias.adopt(titulo.id, consulta, self._entry("Encontrado no banco", detail)):
            return None
        situacao = situacao_apos_consulta(Situacao.REGISTRADO, consulta)
        self._titulos.apply_consulta(
            titulo.id, consulta, situacao, self._entry(f"Consultado: {situacao.value}", describe_consulta(consulta))
        )
        message = f"Já estava registrado no banco, com o nosso número {found.nosso_numero}. {situacao.value}."
        return Resultado(titulo.id, titulo.identificacao, Desfecho.CONFIRMADA, message)

    def _entry(self, text: str, detail: str) -> HistoryEntry:
        return HistoryEntry(self._clock.now(), text, detail, self._quem)
