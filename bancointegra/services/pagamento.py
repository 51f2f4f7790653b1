"""Paying one bill: consult, reserve, confirm or give up, reverse, receipt."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from bancointegra.domain.conta_consultada import ContaConsultada
from bancointegra.domain.conta_pagamento import ContaPagamento
from bancointegra.domain.errors import AppError, InputError, RuleError
from bancointegra.domain.leitura_codigo import LeituraCodigo, read_codigo
from bancointegra.domain.ordem_pagamento import OrdemPagamento
from bancointegra.domain.order import Desfecho
from bancointegra.domain.pagamento import (
    AvisoBeneficiario,
    OperacaoPagamento,
    Pagamento,
    ResultadoPagamento,
    SituacaoPagamento,
)
from bancointegra.domain.ports import Clock
from bancointegra.domain.ports_pagamento import (
    Check,
    ContaPagamentoRepository,
    PagamentoProviders,
    PagamentoRepository,
    PaymentJournal,
)
from bancointegra.domain.reais import Reais
from bancointegra.domain.regras_pagamento import (
    ContextoReserva,
    chave_do_beneficiario,
    motivo_para_nao_confirmar,
    motivo_para_nao_estornar,
    plan_reserva,
    valor_a_pagar,
)
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.domain.transacao_pagamento import Comprovante, PedidoReserva, Saldo
from bancointegra.services.pagamento_envio import PaymentConducts, PaymentSender
from bancointegra.services.pagamento_verificacao import VerificacaoPagamentoService


@dataclass(frozen=True, slots=True)
class Consultada:
    """A consulted bill, and why to look twice: the payee, or earlier payments of the same line (newest first)."""

    pagamento: Pagamento
    aviso_beneficiario: AvisoBeneficiario | None
    pagos_antes: tuple[Pagamento, ...]


class PagamentoService:
    """Any number of threads may call it for different pagamentos.

    What is asked of Celcoin ends in a ``ResultadoPagamento`` and raises only for a pagamento that is gone
    (``StoreError``); questions raise what their docstrings say.
    """

    def __init__(
        self,
        *,
        contas: ContaPagamentoRepository,
        pagamentos: PagamentoRepository,
        journal: PaymentJournal,
        providers: PagamentoProviders,
        conducts: PaymentConducts,
        sender: PaymentSender,
        verificacao: VerificacaoPagamentoService,
        clock: Clock,
        quem: str,
    ) -> None:
        self._contas = contas
        self._pagamentos = pagamentos
        self._journal = journal
        self._providers = providers
        self._conducts = conducts
        self._sender = sender
        self._verificacao = verificacao
        self._clock = clock
        self._quem = quem

    def ler(self, texto: str) -> LeituraCodigo:
        """What a typed, scanned or pasted code says; never raises."""
        return read_codigo(texto, self._clock.today())

    def consultar(self, conta_id: int, codigo: str) -> Consultada:
        """Look a bill up at Celcoin and keep it as *Consultado*.

        Raises ``InputError`` when the code cannot be right, ``RuleError`` (code ``linha_em_aberto``) when the same line
        is under way in another pagamento, ``BankRefused`` when Celcoin does not take it, ``BankUnavailable``,
        ``CredentialError``, ``StoreError``.
        """
        leitura = self.ler(codigo)
        if leitura.linha_digitavel is None:
            raise InputError(
                " ".join(leitura.erros), field="Linha digitável", hint="Confira os números no boleto.", code="linha"
            )
        conta = self._contas.get(conta_id)
        self._require_free(conta, leitura.linha_digitavel)
        return self._kept(conta, self._providers.for_conta(conta).consultar(leitura.linha_digitavel))

    def consultar_de_novo(self, pagamento_id: int) -> Consultada:
        """Fresh figures for a *Consultado*. Raises as ``consultar`` does."""
        pagamento = self._pagamentos.get(pagamento_id)
        self._require_consultado(pagamento)
        conta = self._contas.get(pagamento.conta_id)
        return self._kept(conta, self._providers.for_conta(conta).consultar(pagamento.linha))

    def definir_valor(self, pagamento_id: int, valor: Reais | None) -> Pagamento:
        """Another amount to pay, None for the bill's; an approval falls.

        Raises ``InputError`` (field Total a pagar) when the bill does not allow it, ``RuleError`` when it is not
        *Consultado*.
        """
        pagamento = self._pagamentos.get(pagamento_id)
        self._require_consultado(pagamento)
        checked = valor_a_pagar(pagamento.consulta, valor) if valor is not None else None
        said = checked.com_simbolo if checked is not None else "o do boleto"
        return self._pagamentos.set_valor(pagamento_id, checked, self._entry("Valor a pagar alterado", said))

    def reservar(self, pagamento_id: int, *, repetir: bool = False) -> ResultadoPagamento:
        """*Pagar*: take the amount from the balance; nothing is paid yet. Old figures are consulted anew first.

        CONFIRMADA: *Aguardando confirmação*. NAO_ENVIADA with ``codigo``: ``ja_paga`` (ask the clerk, then call again
        with ``repetir``, which stays in the history), ``paga_hoje``, ``valor_mudou`` (the fresh figures are other ones:
        show them and ask again), ``falta_aprovacao``, ``limite_pagamento``, ``limite_dia``, ``a_confirmar`` …
        """
        pagamento = self._pagamentos.get(pagamento_id)
        claim = uuid.uuid4().hex
        try:
            order = self._prepared(pagamento, repetir, claim)
        except AppError as error:
            return self._not_sent(pagamento, error)
        return self._send(order, claim)

    def confirmar(self, pagamento_id: int) -> ResultadoPagamento:
        """*Confirmar*: pay what was reserved. CONFIRMADA: *Pago*; the receipt is kept if it came."""
        resultado = self._order(pagamento_id, OperacaoPagamento.CONFIRMAR, self._require_confirmavel)
        if resultado.desfecho is Desfecho.CONFIRMADA:
            self._fetch_comprovante(pagamento_id)
        return resultado

    def cancelar(self, pagamento_id: int) -> ResultadoPagamento:
        """*Cancelar tentativa*: give the reserve up. CONFIRMADA: *Cancelado*."""
        return self._order(pagamento_id, OperacaoPagamento.ANULAR, self._require_confirmavel)

    def estornar(self, pagamento_id: int) -> ResultadoPagamento:
        """*Estornar*: ask for the money of a payment back. CONFIRMADA: *Estornado*; AGUARDANDO: asked for, not seen."""
        return self._order(pagamento_id, OperacaoPagamento.ESTORNAR, self._require_estornavel)

    def pagar(self, pagamento_id: int, *, repetir: bool = False) -> ResultadoPagamento:
        """Reserve and confirm in one go, for what the clerk has already reviewed (batch, agenda, approval).

        A reserve whose confirmation did not leave waits for the clerk, and the sentence says so.
        """
        reserved = self.reservar(pagamento_id, repetir=repetir)
        if reserved.desfecho is not Desfecho.CONFIRMADA:
            return reserved
        resultado = self.confirmar(pagamento_id)
        if resultado.desfecho is Desfecho.NAO_ENVIADA:
            message = f"O valor está reservado, mas a confirmação não saiu: {resultado.mensagem} Confirme ou cancele."
            return replace(resultado, mensagem=message)
        return resultado

    def descartar(self, pagamento_id: int) -> None:
        """Take a *Consultado* that nobody will pay off the list. Raises ``RuleError`` for any other."""
        self._pagamentos.discard(pagamento_id, self._entry("Retirado da lista sem pagar"))

    def motivo_para_nao_confirmar(self, pagamento: Pagamento) -> str:
        """Why *Confirmar* and *Cancelar tentativa* cannot act now; empty when they can."""
        return motivo_para_nao_confirmar(pagamento, self._clock.now())

    def motivo_para_nao_estornar(self, pagamento: Pagamento) -> str:
        """Why *Estornar* cannot act now; empty when it can."""
        return motivo_para_nao_estornar(pagamento, self._clock.now())

    def comprovante(self, pagamento_id: int) -> Comprovante:
        """The receipt, kept or fetched.

        Raises ``RuleError`` unless the payment was confirmed: a mere reserve proves nothing. Otherwise as
        ``consultar``.
        """
        pagamento = self._pagamentos.get(pagamento_id)
        if not pagamento.transacao or pagamento.confirmado_em is None:
            raise RuleError(
                f"O pagamento está {pagamento.situacao.value}; só um pagamento confirmado tem comprovante.",
                code="sem_comprovante",
            )
        kept = self._pagamentos.comprovante(pagamento_id)
        return kept or self._fetched(pagamento)

    def saldo(self, conta_id: int) -> Saldo:
        """What the account has left. Raises ``BankUnavailable``, ``CredentialError``, ``BankRefused``."""
        return self._providers.for_conta(self._contas.get(conta_id)).saldo()

    def aviso_beneficiario(self, consulta: ContaConsultada) -> AvisoBeneficiario | None:
        """Whether this payee was never paid before, or under another name or document."""
        chave, nome = chave_do_beneficiario(consulta), consulta.recebedor.nome
        known = self._pagamentos.of_beneficiario(chave, nome)
        if not known:
            return AvisoBeneficiario.PRIMEIRA_VEZ
        if (chave, nome) in known:
            return None
        same_key = any(paid_key == chave for paid_key, _ in known)
        return AvisoBeneficiario.NOME_MUDOU if same_key else AvisoBeneficiario.DOCUMENTO_MUDOU

    def _kept(self, conta: ContaPagamento, consulta: ContaConsultada) -> Consultada:
        entry = self._entry("Consultado na Celcoin", f"Consulta {consulta.transacao}")
        pagamento = self._pagamentos.consulted(conta.id, consulta, entry)
        return Consultada(pagamento, self.aviso_beneficiario(consulta), self._paid_before(conta, pagamento))

    def _paid_before(self, conta: ContaPagamento, pagamento: Pagamento) -> tuple[Pagamento, ...]:
        return tuple(p for p in self._pagamentos.of_linha(conta, pagamento.linha) if p.situacao.is_pago)

    def _require_free(self, conta: ContaPagamento, linha: str) -> None:
        """Said before Celcoin is asked; the store's unique index decides."""
        for other in self._pagamentos.of_linha(conta, linha):
            if other.situacao.is_open and other.situacao is not SituacaoPagamento.CONSULTADO:
                raise RuleError(
                    f"Esta conta já está na lista de pagamentos: {other.situacao.value}.",
                    hint="Termine primeiro esse pagamento.",
                    code="linha_em_aberto",
                )

    def _require_consultado(self, pagamento: Pagamento) -> None:
        if pagamento.situacao is not SituacaoPagamento.CONSULTADO:
            raise RuleError(f"O pagamento está {pagamento.situacao.value}.", code="situacao_pagamento")

    def _prepared(self, pagamento: Pagamento, repetir: bool, claim: str) -> OrdemPagamento:
        try:
            return self._journal.prepare_reserva(pagamento.id, self._plan(repetir), claim)
        except RuleError as error:
            if error.code == "consulta_vencida":
                self._refresh(pagamento)
            elif error.code == "desfazendo":
                self._look_at_undone(pagamento)
            else:
                raise
        return self._journal.prepare_reserva(pagamento.id, self._plan(repetir), claim)

    def _look_at_undone(self, pagamento: Pagamento) -> None:
        """Ask about the earlier attempts of the line: most are undone by now."""
        conta = self._contas.get(pagamento.conta_id)
        for earlier in self._pagamentos.of_linha(conta, pagamento.linha):
            if earlier.transacao and not earlier.situacao.is_open:
                self._verificacao.verificar(earlier.id)

    def _plan(self, repetir: bool) -> _Plan:
        return _Plan(self._clock.now(), repetir, self._quem)

    def _refresh(self, pagamento: Pagamento) -> None:
        """Consult anew. Raises ``RuleError`` (code ``valor_mudou``) when the amount is not what the clerk has seen."""
        fresh = self.consultar_de_novo(pagamento.id).pagamento
        if fresh.valor != pagamento.valor:
            said = fresh.valor.com_simbolo if fresh.valor is not None else "a informar"
            raise RuleError(
                f"O valor da conta mudou desde a consulta: agora é {said}.",
                hint="Confira o novo valor e pague de novo.",
                code="valor_mudou",
            )

    def _require_confirmavel(self, pagamento: Pagamento) -> None:
        if reason := self.motivo_para_nao_confirmar(pagamento):
            raise RuleError(reason, hint="Use “Verificar agora” para ver como está.", code="sem_reserva")

    def _require_estornavel(self, pagamento: Pagamento) -> None:
        if reason := self.motivo_para_nao_estornar(pagamento):
            raise RuleError(reason, code="sem_estorno")

    def _order(self, pagamento_id: int, operacao: OperacaoPagamento, check: Check) -> ResultadoPagamento:
        pagamento = self._pagamentos.get(pagamento_id)
        claim = uuid.uuid4().hex
        try:
            self._providers.for_conta(self._contas.get(pagamento.conta_id))
            entry = self._entry(f"{operacao.value}: pedido")
            order = self._journal.prepare(pagamento_id, operacao, check, entry, claim)
        except AppError as error:
            return self._not_sent(pagamento, error)
        return self._send(order, claim)

    def _send(self, order: OrdemPagamento, claim: str) -> ResultadoPagamento:
        return self._sender.send(order, claim, self._conducts.of(order.operacao))

    def _not_sent(self, pagamento: Pagamento, error: AppError) -> ResultadoPagamento:
        return ResultadoPagamento(pagamento.id, pagamento.identificacao, Desfecho.NAO_ENVIADA, str(error), error.code)

    def _fetch_comprovante(self, pagamento_id: int) -> None:
        try:
            self._fetched(self._pagamentos.get(pagamento_id))
        except AppError:
            return  # paid all the same; it is fetched when somebody asks for it

    def _fetched(self, pagamento: Pagamento) -> Comprovante:
        provider = self._providers.for_conta(self._contas.get(pagamento.conta_id))
        comprovante = provider.comprovante(pagamento.transacao)
        self._pagamentos.set_comprovante(pagamento.id, comprovante)
        return comprovante

    def _entry(self, text: str, detail: str = "") -> HistoryEntry:
        return HistoryEntry(self._clock.now(), text, detail, self._quem)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A ``PlanReserva`` at one moment, for one user."""

    agora: datetime
    repetir: bool
    quem: str

    def __call__(self, pagamento: Pagamento, contexto: ContextoReserva) -> tuple[PedidoReserva, HistoryEntry]:
        pedido = plan_reserva(pagamento, contexto, self.agora, repetir=self.repetir)
        detail = f"{pedido.valor.com_simbolo}, NSU {pedido.nsu}"
        if contexto.pagos:
            last = (contexto.pagos[0].confirmado_em or contexto.pagos[0].situacao_em).astimezone(self.agora.tzinfo)
            detail += f"; o usuário confirmou pagar de novo o que já foi pago em {last:%d/%m/%Y}"
        return pedido, HistoryEntry(self.agora, "Reserva pedida", detail, self.quem)
