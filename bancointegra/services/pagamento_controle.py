"""Who may let a payment go, and on which day it goes: approval by a second person, and the local agenda."""

from __future__ import annotations

from datetime import date

from bancointegra.domain.errors import AppError, BankUnavailable, RuleError
from bancointegra.domain.order import Desfecho
from bancointegra.domain.pagamento import (
    Aprovacao,
    Pagamento,
    PagamentoFilter,
    PagamentoSort,
    ResultadoPagamento,
    SituacaoPagamento,
)
from bancointegra.domain.ports import Clock
from bancointegra.domain.ports_pagamento import ContaPagamentoRepository, PagamentoRepository
from bancointegra.domain.regras_pagamento import (
    falta_aprovacao,
    precisa_de_aprovacao,
    require_agendavel,
    require_outra_pessoa,
)
from bancointegra.domain.titulo import HistoryEntry
from bancointegra.services.order_settling import Progress
from bancointegra.services.pagamento import PagamentoService

AVISO_AGENDA = "O pagamento só acontece se o BancoIntegra estiver aberto neste dia: a Celcoin não agenda."
"""What whoever schedules must be told."""


_PASSING = frozenset({BankUnavailable.default_code, "dados_ocupados", "em_andamento", "a_confirmar"})
"""Codes of what may be gone a minute later, or is in another window's hands."""


class AprovacaoService:
    """Payments above the account's limit need somebody who did not prepare them; users are told apart by name."""

    def __init__(
        self, *, contas: ContaPagamentoRepository, pagamentos: PagamentoRepository, clock: Clock, quem: str
    ) -> None:
        self._contas = contas
        self._pagamentos = pagamentos
        self._clock = clock
        self._quem = quem

    def precisa(self, pagamento: Pagamento) -> bool:
        """Whether its amount is above what one person may pay alone."""
        return precisa_de_aprovacao(self._contas.get(pagamento.conta_id), pagamento.valor)

    def falta(self, pagamento: Pagamento) -> bool:
        """Whether a second person must still approve it as it is now."""
        return falta_aprovacao(self._contas.get(pagamento.conta_id), pagamento)

    def aprovar(self, pagamento_id: int) -> Pagamento:
        """The present user lets it go, for the amount it has now; any change voids this.

        Raises ``RuleError``: the user prepared it, nothing is to approve, or it is no longer *Consultado*.
        """
        pagamento = self._pagamentos.get(pagamento_id)
        require_outra_pessoa(pagamento, self._quem)
        if pagamento.valor is None or not self.falta(pagamento):
            raise RuleError("Este pagamento não precisa de aprovação.", code="sem_aprovacao")
        now = self._clock.now()
        entry = HistoryEntry(now, "Aprovado", pagamento.valor.com_simbolo, self._quem)
        return self._pagamentos.set_aprovacao(pagamento_id, Aprovacao(self._quem, now, pagamento.valor), entry)


class AgendaService:
    """Payments for a day to come, paid by the program if it is open then."""

    def __init__(
        self, *, pagamentos: PagamentoRepository, pagamento: PagamentoService, clock: Clock, quem: str
    ) -> None:
        self._pagamentos = pagamentos
        self._pagamento = pagamento
        self._clock = clock
        self._quem = quem

    def agendar(self, pagamento_id: int, dia: date | None) -> Pagamento:
        """Pay a *Consultado* on ``dia`` (None: no day any more), for the amount it has now; an approval falls.

        The screen must say ``AVISO_AGENDA``. Raises ``InputError`` (field Data) for a day that has passed or is after
        the bill's last one, ``RuleError`` when it is not *Consultado* or has no amount yet.
        """
        pagamento = self._pagamentos.get(pagamento_id)
        if dia is not None:
            require_agendavel(pagamento, dia, self._clock.today())
        text = f"Agendado para {dia:%d/%m/%Y}" if dia else "Agendamento retirado"
        entry = HistoryEntry(self._clock.now(), text, AVISO_AGENDA if dia else "", self._quem)
        return self._pagamentos.set_agenda(pagamento_id, dia, entry)

    def de_hoje(self) -> tuple[Pagamento, ...]:
        """What is to be paid today."""
        return tuple(p for p in self._scheduled() if p.agendado_para == self._clock.today())

    def perdidos(self) -> tuple[Pagamento, ...]:
        """Whose day went by with the program closed, or without an approval: a person must decide."""
        hoje = self._clock.today()
        return tuple(p for p in self._scheduled() if p.agendado_para is not None and p.agendado_para < hoje)

    def pagar_de_hoje(self, progress: Progress | None = None) -> tuple[ResultadoPagamento, ...]:
        """Reserve and confirm what is scheduled for today, one by one.

        Not what changed its amount, lacks an approval or was paid before: that loses its day and says why, so that
        nobody tries it again behind the clerk's back. What Celcoin was not reached for stays scheduled.
        """
        due = self.de_hoje()
        resultados = []
        for done, pagamento in enumerate(due, start=1):
            resultados.append(self._pay(pagamento))
            if progress:
                progress(done, len(due))
        return tuple(resultados)

    def _pay(self, pagamento: Pagamento) -> ResultadoPagamento:
        resultado = self._pagamento.pagar(pagamento.id)
        refused = resultado.desfecho is Desfecho.RECUSADA
        if refused or (resultado.desfecho is Desfecho.NAO_ENVIADA and resultado.codigo not in _PASSING):
            self._give_back(pagamento, resultado.mensagem)
        return resultado

    def _give_back(self, pagamento: Pagamento, reason: str) -> None:
        entry = HistoryEntry(self._clock.now(), "Não pago no dia agendado", reason, self._quem)
        try:
            self._pagamentos.set_agenda(pagamento.id, None, entry)
        except AppError:
            return  # somebody took it up meanwhile

    def _scheduled(self) -> tuple[Pagamento, ...]:
        ids = self._pagamentos.ids(PagamentoFilter(somente_agendados=True), PagamentoSort.INCLUSAO, descending=False)
        return tuple(p for p in self._pagamentos.rows(ids) if p.situacao is SituacaoPagamento.CONSULTADO)
