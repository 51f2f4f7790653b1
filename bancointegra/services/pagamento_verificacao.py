"""Verificar: every payment not at its end is looked up at Celcoin, at start-up, by a timer and by the button."""

from __future__ import annotations

from bancointegra.domain.errors import AppError, RuleError
from bancointegra.domain.ordem_pagamento import OrdemPagamento
from bancointegra.domain.order import Desfecho, OrderState
from bancointegra.domain.pagamento import OperacaoPagamento, Pagamento, ResultadoPagamento, SituacaoPagamento
from bancointegra.domain.ports import Clock, Instances
from bancointegra.domain.ports_pagamento import (
    ContaPagamentoRepository,
    PagamentoProviders,
    PagamentoRepository,
    PaymentJournal,
)
from bancointegra.domain.regras_pagamento import is_sem_esclarecimento, require_motivo
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.domain.transacao_pagamento import (
    FUSO_CELCOIN,
    EstadoNaCelcoin,
    PagamentoNaCelcoin,
    ReferenciaPagamento,
)
from bancointegra.services.in_flight import OrdersInFlight
from bancointegra.services.order_sending import ConductOf
from bancointegra.services.order_settling import Progress, Settler
from bancointegra.services.pagamento_envio import PaymentConducts, PaymentSender

_AGUARDANDO = SituacaoPagamento.AGUARDANDO_CONFIRMACAO
_DESFEITOS = (SituacaoPagamento.CANCELADO, SituacaoPagamento.DESFEITO, SituacaoPagamento.ESTORNADO)
_DECISOES = {  # what each operation in doubt may have come to; the first is that it was done
    OperacaoPagamento.RESERVAR: (SituacaoPagamento.PAGO, SituacaoPagamento.DESFEITO),
    OperacaoPagamento.CONFIRMAR: (SituacaoPagamento.PAGO, SituacaoPagamento.DESFEITO),
    OperacaoPagamento.ANULAR: (SituacaoPagamento.CANCELADO, SituacaoPagamento.PAGO),
    OperacaoPagamento.ESTORNAR: (SituacaoPagamento.ESTORNADO, SituacaoPagamento.PAGO),
}


class PaymentSettler(Settler[OrdemPagamento, ResultadoPagamento]):
    """Settles payment orders in doubt."""

    def __init__(
        self,
        *,
        journal: PaymentJournal,
        sender: PaymentSender,
        conducts: PaymentConducts,
        in_flight: OrdersInFlight,
        instances: Instances,
    ) -> None:
        super().__init__(journal=journal, sender=sender, in_flight=in_flight, instances=instances)
        self._conducts = conducts

    def conduct_of(self, order: OrdemPagamento) -> ConductOf[OrdemPagamento, ResultadoPagamento]:
        return self._conducts.of(order.operacao)


class VerificacaoPagamentoService:
    """Finds out what Celcoin did. Nothing is confirmed that the clerk had not confirmed before."""

    def __init__(
        self,
        *,
        contas: ContaPagamentoRepository,
        pagamentos: PagamentoRepository,
        journal: PaymentJournal,
        providers: PagamentoProviders,
        settler: PaymentSettler,
        clock: Clock,
        quem: str,
    ) -> None:
        self._contas = contas
        self._pagamentos = pagamentos
        self._journal = journal
        self._providers = providers
        self._settler = settler
        self._clock = clock
        self._quem = quem

    def a_confirmar(self) -> int:
        """How many payments are A CONFIRMAR and not just being sent."""
        return len(self._settler.a_confirmar())

    def decisoes(self, pagamento_id: int) -> tuple[SituacaoPagamento, ...]:
        """What a person may record (``decidir``) about a pagamento in doubt, or whose reserve nobody can explain.

        Empty for any other, and while it is just being sent.
        """
        order = self._doubtful_order(pagamento_id)
        if order is not None:
            return _DECISOES[order.operacao]
        unexplained = is_sem_esclarecimento(self._pagamentos.get(pagamento_id), self._clock.now())
        return _DECISOES[OperacaoPagamento.CONFIRMAR] if unexplained else ()

    def verificar(self, pagamento_id: int) -> ResultadoPagamento:
        """Ask Celcoin about one payment and store what it says; the sentence tells it.

        A doubtful reserve that Celcoin surely does not know is sent again with the same NSU while its consult is good;
        a doubtful confirmation or cancellation is repeated while the reserve waits; a reversal never is. What went
        wrong is in the result; raises ``StoreError`` for a pagamento that is gone.
        """
        for order in self._journal.in_doubt([pagamento_id]):
            return self._settler.settle(order)
        pagamento = self._pagamentos.get(pagamento_id)
        if not pagamento.transacao:
            return self._result(pagamento, Desfecho.CONFIRMADA, f"{pagamento.situacao.value}: nada a verificar.")
        try:
            return self._look(pagamento)
        except AppError as error:
            return self._result(pagamento, Desfecho.NAO_ENVIADA, f"Não foi possível verificar: {error}", error.code)

    def verificar_todos(self, progress: Progress | None = None) -> tuple[ResultadoPagamento, ...]:
        """Whatever is in doubt, then every reserve that waits or is being undone; ``progress`` receives (done, total).

        Only what changed, or is still in doubt, is told.
        """
        orders, waiting = self._settler.a_confirmar(), self._journal.waiting()
        resultados, total = [], len(orders) + len(waiting)
        for done, order in enumerate(orders, start=1):
            resultados.append(self._settler.settle(order))
            if progress:
                progress(done, total)
        for done, pagamento_id in enumerate(waiting, start=len(orders) + 1):
            before = self._pagamentos.get(pagamento_id).situacao
            resultado = self.verificar(pagamento_id)
            if self._pagamentos.get(pagamento_id).situacao is not before:
                resultados.append(resultado)
            if progress:
                progress(done, total)
        return tuple(resultados)

    def orfas(self, conta_id: int) -> tuple[PagamentoNaCelcoin, ...]:
        """Reserves waiting at Celcoin under our terminal that this program does not know.

        Each undoes itself 30 minutes after it was made. Raises ``BankUnavailable``, ``CredentialError``,
        ``BankRefused``.
        """
        conta = self._contas.get(conta_id)
        ours = self._journal.nsus(conta_id)
        pending = self._providers.for_conta(conta).pendentes()
        return tuple(p for p in pending if p.terminal == conta.terminal and p.nsu not in ours)

    def decidir(self, pagamento_id: int, situacao: SituacaoPagamento, motivo: str) -> ResultadoPagamento:
        """A person who asked Celcoin's support records what became of a pagamento in doubt.

        ``situacao`` is one of ``decisoes``; ``motivo`` (who said so, a protocol number) stays in the history. Raises
        ``InputError`` as ``require_motivo`` does, ``RuleError`` when there is nothing to decide, or not that.
        """
        reason = require_motivo(motivo)
        possible = self.decisoes(pagamento_id)
        if not possible:
            raise RuleError("Este pagamento não está em dúvida.", hint="Atualize a lista.", code="sem_duvida")
        if situacao not in possible:
            allowed = " ou ".join(each.value for each in possible)
            raise RuleError(f"Para este pagamento só se pode registrar {allowed}.", code="decisao")
        entry = HistoryEntry(
            self._clock.now(), f"{situacao.value}: registrado por decisão do usuário", reason, self._quem
        )
        order, pagamento = self._doubtful_order(pagamento_id), self._pagamentos.get(pagamento_id)
        if order is not None:
            state = OrderState.CONFIRMADA if situacao is possible[0] else OrderState.RECUSADA
            self._journal.settle(order.id, state, situacao, entry)
        elif pagamento.estado_visto is not None:
            self._pagamentos.seen(pagamento_id, pagamento.situacao, pagamento.estado_visto, situacao, entry)
        return self._result(self._pagamentos.get(pagamento_id), Desfecho.CONFIRMADA, f"Registrado: {situacao.value}.")

    def _doubtful_order(self, pagamento_id: int) -> OrdemPagamento | None:
        return next((order for order in self._settler.a_confirmar() if order.pagamento_id == pagamento_id), None)

    def _look(self, pagamento: Pagamento) -> ResultadoPagamento:
        conta = self._contas.get(pagamento.conta_id)
        dia = (pagamento.reservado_em or pagamento.criado_em).astimezone(FUSO_CELCOIN).date()
        reference = ReferenciaPagamento(pagamento.nsu or 0, conta.terminal, dia, pagamento.transacao)
        visto = self._providers.for_conta(conta).consultar_pagamento(reference)
        situacao, sentence, aviso = _consequence(pagamento, visto)
        changed = situacao is not pagamento.situacao or visto.estado is not pagamento.estado_visto
        text = f"A Celcoin informa: {visto.estado.value}"
        entry = HistoryEntry(self._clock.now(), text, visto.texto, "Celcoin") if changed else None
        self._pagamentos.seen(pagamento.id, pagamento.situacao, visto.estado, situacao, entry, aviso)
        return self._result(pagamento, Desfecho.CONFIRMADA, sentence)

    def _result(self, pagamento: Pagamento, desfecho: Desfecho, message: str, code: str = "") -> ResultadoPagamento:
        return ResultadoPagamento(pagamento.id, pagamento.identificacao, desfecho, message, code)


def _consequence(pagamento: Pagamento, visto: PagamentoNaCelcoin) -> tuple[SituacaoPagamento, str, str]:
    """The situação that follows from a query of a payment without doubt, the sentence, and what stays as a warning."""
    situacao, estado = pagamento.situacao, visto.estado
    if situacao is _AGUARDANDO:
        if estado is EstadoNaCelcoin.CONFIRMADO:
            return SituacaoPagamento.PAGO, "O pagamento foi confirmado.", ""
        if estado is EstadoNaCelcoin.DESFEITO:
            return SituacaoPagamento.DESFEITO, "A Celcoin desfez a reserva; o dinheiro voltou.", ""
        if estado is EstadoNaCelcoin.DESFAZENDO:
            sentence = "A Celcoin está desfazendo a reserva; verifique de novo em um minuto."
            return situacao, sentence, sentence
        if estado is EstadoNaCelcoin.RESERVADO:
            return situacao, "A reserva aguarda a sua confirmação: confirme ou cancele.", ""
    if situacao is SituacaoPagamento.PAGO:
        if estado is EstadoNaCelcoin.CONFIRMADO:
            return situacao, "Confirmado na Celcoin.", ""
        if estado is EstadoNaCelcoin.DESFEITO:
            sentence = "A Celcoin desfez este pagamento; o dinheiro voltou. Veja as ocorrências."
            return SituacaoPagamento.DESFEITO, sentence, sentence
    if situacao in _DESFEITOS and estado is EstadoNaCelcoin.CONFIRMADO:
        sentence = f"{situacao.value} aqui, mas a Celcoin informa que foi confirmado. Confira com o suporte da Celcoin."
        return situacao, sentence, sentence
    if estado in (EstadoNaCelcoin.NAO_ENCONTRADO, EstadoNaCelcoin.DESCONHECIDO):
        sentence = f"A Celcoin informa: {estado.value} {visto.texto}".rstrip() + ". Confira com o suporte da Celcoin."
        return situacao, sentence, sentence
    return situacao, f"{situacao.value}; a Celcoin informa: {estado.value}.", ""
