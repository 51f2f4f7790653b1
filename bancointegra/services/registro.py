"""Registrar: the order is written down, sent once, and its outcome is stored before anybody hears of it."""

from __future__ import annotations

import logging
import uuid
from dataclasses import replace

from bancointegra.domain.boleto import BoletoRegistrado, PedidoRegistro, compare
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import AppError, BankRefused, OutcomeUnknown, RuleError, StoreError
from bancointegra.domain.order import Desfecho, Order, Resultado
from bancointegra.domain.ports import (
    Clock,
    CobrancaProvider,
    CobrancaProviders,
    ContaRepository,
    Journal,
    PlanRegistro,
    TituloRepository,
)
from bancointegra.domain.registro import plan_registro
from bancointegra.domain.titulo import HistoryEntry, Titulo
from bancointegra.services.impressao import ImpressaoService
from bancointegra.services.in_flight import OrdersInFlight

log = logging.getLogger(__name__)


class RegistroService:
    """Registers títulos one by one; any number of threads may call it for different títulos."""

    def __init__(
        self,
        *,
        contas: ContaRepository,
        titulos: TituloRepository,
        journal: Journal,
        providers: CobrancaProviders,
        impressao: ImpressaoService,
        in_flight: OrdersInFlight,
        clock: Clock,
        quem: str,
    ) -> None:
        self._contas = contas
        self._titulos = titulos
        self._journal = journal
        self._providers = providers
        self._impressao = impressao
        self._in_flight = in_flight
        self._clock = clock
        self._quem = quem

    def registrar(self, titulo_id: int, *, gerar_pdf: bool) -> Resultado:
        """Register one título (PENDENTE or BAIXADO) and, if asked, save its PDF.

        Raises ``StoreError`` when the título cannot be read; everything later is told by the ``Resultado``. A PDF
        that fails does not undo a registration; the sentence says both.
        """
        titulo = self._titulos.get(titulo_id)
        claim = uuid.uuid4().hex
        try:
            conta = self._contas.get(titulo.conta_id)
            provider = self._providers.for_conta(conta)
            order = self._journal.prepare_registro(titulo.id, self._plan_for(conta), claim)
        except AppError as error:
            return Resultado(titulo_id, titulo.identificacao, Desfecho.NAO_ENVIADA, str(error), error.code)
        resultado = self._send_claimed(order, claim, provider)
        return self._with_pdf(resultado) if gerar_pdf else resultado

    def resend(self, order: Order, claim: str) -> Resultado:
        """Repeat an order in doubt that the bank surely does not know: same content, same nosso número."""
        return self._send_claimed(order, claim, self._provider(order))

    def adopt_or_refuse(self, order: Order) -> Resultado | None:
        """Ask the bank about the order's boleto: adopt ours, refuse somebody else's, None when not found.

        Raises what the query raises, and ``StoreError`` when the bank's answer could not be stored.
        """
        consulta = self._provider(order).consultar(order.carteira, order.nosso_numero)
        if consulta is None:
            return None
        differences = compare(order.pedido, consulta)
        if not differences:
            return self._confirmed(order, consulta.registrado, "Encontrado no banco e conferido")
        listed = "; ".join(f"{d.campo}: {d.esperado} aqui, {d.no_banco} no banco" for d in differences)
        message = (
            f"O nosso número {order.nosso_numero} já é de outro boleto no banco ({listed}). "
            "Registre de novo: o título receberá outro número."
        )
        return self._refused(order, message, "numero_ocupado")

    def _plan_for(self, known: ContaBancaria) -> PlanRegistro:
        """The plan for an account whose provider is chosen: it must still be that account when the order is written."""

        def plan(titulo: Titulo, conta: ContaBancaria, nosso_numero: str) -> PedidoRegistro:
            if replace(conta, ultimo_nosso_numero=known.ultimo_nosso_numero) != known:
                raise RuleError(f"A conta {conta.mnemonico} mudou neste momento.", hint="Registre de novo.")
            return plan_registro(titulo, conta, nosso_numero, self._clock.today())

        return plan

    def _provider(self, order: Order) -> CobrancaProvider:
        return self._providers.for_conta(self._contas.get(order.conta_id))

    def _send_claimed(self, order: Order, claim: str, provider: CobrancaProvider) -> Resultado:
        with self._in_flight.holding(order.id):
            try:
                # Until this commit nothing has left; a crash before it leaves *preparada*, taken over next time.
                sent = self._journal.mark_enviada(order.id, claim)
            except AppError as error:
                # This request did not leave; of an order in doubt, an earlier one may have.
                desfecho = Desfecho.A_CONFIRMAR if order.state.in_doubt else Desfecho.NAO_ENVIADA
                return self._resultado(order, desfecho, str(error), error.code)
            try:
                return self._send(sent, provider)
            except StoreError as error:
                # The order stays *enviada* in the journal, so the next check asks the bank.
                log.error("outcome of order %s not stored: %s", order.id, error.code)
                message = f"O pedido saiu, mas o resultado não pôde ser gravado aqui. {error}"
                return self._resultado(order, Desfecho.A_CONFIRMAR, message, error.code)

    def _send(self, order: Order, provider: CobrancaProvider) -> Resultado:
        try:
            boleto = provider.registrar(order.pedido, order.correlation_id)
        except OutcomeUnknown as error:
            return self._doubtful(order, error)
        except BankRefused as refusal:
            return self._after_refusal(order, refusal)
        except AppError as error:
            return self._not_executed(order, error)
        except Exception:
            # A defect of ours with the request maybe gone: the bank must be asked before anything else.
            self._doubt_after_defect(order)
            raise
        return self._confirmed(order, boleto, "Registrado no banco")

    def _after_refusal(self, order: Order, refusal: BankRefused) -> Resultado:
        repeated = order.attempts > 1
        if not (refusal.possibly_duplicate or repeated):
            return self._refused(order, str(refusal), refusal.code)
        try:
            found = self.adopt_or_refuse(order)
        except AppError as error:
            return self._doubtful(
                order, OutcomeUnknown(f"{refusal.message} Não foi possível conferir: {error.message}")
            )
        if found is not None:
            return found
        if repeated and refusal.possibly_duplicate:
            # The bank may know it without showing it yet; only time tells.
            return self._doubtful(order, OutcomeUnknown(f"{refusal.message} O banco ainda não mostra este boleto."))
        return self._refused(order, str(refusal), refusal.code)

    def _not_executed(self, order: Order, error: AppError) -> Resultado:
        if order.attempts > 1:
            # This request did not leave, but an earlier one may have.
            return self._doubtful(order, error)
        self._journal.not_sent(order.id, error.message, self._entry("Não enviado ao banco", error.message))
        return self._resultado(order, Desfecho.NAO_ENVIADA, str(error), error.code)

    def _doubt_after_defect(self, order: Order) -> None:
        try:
            self._journal.doubt(order.id, "falha interna durante o envio", self._entry("Registro a confirmar"))
        except StoreError as error:
            # The order stays *enviada*, which is as good; the defect under way must not be hidden by this one.
            log.error("doubt about order %s not stored: %s", order.id, error.code)

    def _doubtful(self, order: Order, error: AppError) -> Resultado:
        self._journal.doubt(order.id, error.message, self._entry("Registro a confirmar", error.message))
        hint = OutcomeUnknown.default_hint
        return self._resultado(order, Desfecho.A_CONFIRMAR, f"{error.message} {hint}", OutcomeUnknown.default_code)

    def _refused(self, order: Order, message: str, code: str) -> Resultado:
        self._journal.refuse(order.id, message, self._entry("Recusado pelo banco", message))
        return self._resultado(order, Desfecho.RECUSADA, message, code)

    def _confirmed(self, order: Order, boleto: BoletoRegistrado, text: str) -> Resultado:
        detail = f"Nosso número {boleto.carteira}/{boleto.nosso_numero}-{boleto.dac_nosso_numero}"
        self._journal.confirm_registro(order.id, boleto, self._entry(text, detail))
        return self._resultado(order, Desfecho.CONFIRMADA, "Registrado.")

    def _with_pdf(self, resultado: Resultado) -> Resultado:
        if resultado.desfecho is not Desfecho.CONFIRMADA:
            return resultado
        try:
            path = self._impressao.gerar_pdf(resultado.titulo_id)
        except AppError as error:
            message = f"Registrado no banco, mas o PDF não foi gerado: {error}"
            return replace(resultado, mensagem=message, codigo=error.code)
        return replace(resultado, pdf_path=str(path))

    def _entry(self, text: str, detail: str = "") -> HistoryEntry:
        return HistoryEntry(self._clock.now(), text, detail, self._quem)

    @staticmethod
    def _resultado(order: Order, desfecho: Desfecho, message: str, code: str = "") -> Resultado:
        return Resultado(order.titulo_id, order.pedido.numero_documento, desfecho, message, code)
