"""Enviar Alteração, Baixar, Protestar and Cancelar Protesto: one instruction on one registered boleto."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from bancointegra.domain.acompanhamento import describe_consulta
from bancointegra.domain.boleto import ConsultaBoleto, SituacaoNoBanco
from bancointegra.domain.calculo_encargos import Devido
from bancointegra.domain.calendario import CalendarioBancario
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import AppError, OutcomeUnknown
from bancointegra.domain.instrucao import (
    Aceite,
    Alteracao,
    Baixar,
    Instrucao,
    PedidoInstrucao,
    describe_instrucao,
    encargos_apos,
    is_efetiva,
    valor_apos,
    vencimento_apos,
)
from bancointegra.domain.order import Desfecho, Order, Resultado
from bancointegra.domain.plano_instrucao import plan_instrucao
from bancointegra.domain.ports import (
    Clock,
    CobrancaProvider,
    CobrancaProviders,
    ContaRepository,
    Journal,
    TituloRepository,
)
from bancointegra.domain.situacao import Operacao, Situacao
from bancointegra.domain.titulo import Titulo
from bancointegra.services.consulta import ConsultaService
from bancointegra.services.envio import OrderSender, resultado_of
from bancointegra.services.impressao import ImpressaoService
from bancointegra.services.projecao import devidos_de

_FEITO = {
    Operacao.ALTERAR: "Alterado no banco",
    Operacao.BAIXAR: "Baixado no banco",
    Operacao.PROTESTAR: "Pedido de protesto enviado",
    Operacao.CANCELAR_PROTESTO: "Cancelamento de protesto enviado",
}


@dataclass(frozen=True, slots=True)
class Previa:
    """What the payer owes on the due date, and a month after it, before and after an alteration."""

    antes: tuple[Devido, ...]
    depois: tuple[Devido, ...]


class InstrucaoService:
    """Instructs títulos one by one; any number of threads may call it for different títulos.

    To the ``OrderSender`` it is the conduct of instructions.
    """

    nome = "Instrução"

    def __init__(
        self,
        *,
        contas: ContaRepository,
        titulos: TituloRepository,
        journal: Journal,
        providers: CobrancaProviders,
        consulta: ConsultaService,
        impressao: ImpressaoService,
        sender: OrderSender,
        calendario: CalendarioBancario,
        clock: Clock,
    ) -> None:
        self._contas = contas
        self._titulos = titulos
        self._journal = journal
        self._providers = providers
        self._consulta = consulta
        self._impressao = impressao
        self._sender = sender
        self._calendario = calendario
        self._clock = clock

    def executar(self, titulo_id: int, instrucao: Instrucao, *, gerar_pdf: bool = False) -> Resultado:
        """Send one instruction for one título and, if asked, save the boleto's PDF anew.

        What went wrong is in the ``Resultado``; only a título that is gone raises (``StoreError``).
        """
        titulo = self._titulos.get(titulo_id)
        claim = uuid.uuid4().hex
        try:
            self._providers.for_conta(self._contas.get(titulo.conta_id))
            order = self._journal.prepare_instrucao(titulo.id, self._plan(instrucao), claim)
        except AppError as error:
            return Resultado(titulo_id, titulo.identificacao, Desfecho.NAO_ENVIADA, str(error), error.code)
        resultado = self._sender.send(order, claim, self)
        return self._impressao.with_pdf(resultado, "Alterado") if gerar_pdf else resultado

    def baixar(self, titulo_id: int, *, consultar_antes: bool) -> Resultado:
        """Write one boleto off; with ``consultar_antes`` only if the bank says that it is not paid."""
        if consultar_antes:
            consultado = self._consulta.consultar(titulo_id)
            if consultado.desfecho is not Desfecho.CONFIRMADA:
                return replace(consultado, mensagem=f"Não baixado, porque a consulta falhou: {consultado.mensagem}")
            titulo = self._titulos.get(titulo_id)
            if titulo.situacao is Situacao.LIQUIDADO:
                message = f"O boleto está LIQUIDADO e não pode ser baixado. {consultado.mensagem}"
                return Resultado(titulo_id, titulo.identificacao, Desfecho.RECUSADA, message, "liquidado")
        return self.executar(titulo_id, Baixar())

    def previa(self, titulo_id: int, alteracao: Alteracao) -> Previa:
        """What the payer owes before and after. Raises ``RuleError`` or ``InputError`` when it cannot be sent."""
        titulo = self._titulos.get(titulo_id)
        self._plan(alteracao)(titulo, self._contas.get(titulo.conta_id))
        changed = replace(
            titulo,
            vencimento=vencimento_apos(titulo.vencimento, alteracao),
            valor=valor_apos(titulo.valor, alteracao),
            encargos=encargos_apos(titulo.encargos, alteracao),
        )
        return Previa(self._devidos(titulo), self._devidos(changed))

    def request(self, order: Order) -> Resultado:
        """``Conduct``: instruct the bank, then ask it what the boleto is now."""
        aceite = self._provider(order).instruir(order.instrucao, order.correlation_id)
        if aceite is Aceite.AGUARDANDO_APROVACAO:
            message = (
                "O banco recebeu o pedido e aguarda a aprovação de uma pessoa autorizada na empresa ou no banco. "
                "Se ela for negada, o banco não avisa: use “Verificar agora” e depois “Não foi aprovado”."
            )
            self._journal.await_approval(order.id, message, self._sender.entry("Aguardando aprovação", message))
            return resultado_of(order, Desfecho.AGUARDANDO, message, "aguardando")
        return self._confirmed(order, self._look(order))

    def ask(self, order: Order) -> Resultado | None:
        """``Conduct``: read from a query whether the bank did it; None when it surely did not."""
        consulta = self._provider(order).consultar(order.carteira, order.nosso_numero)
        if consulta is None:
            raise OutcomeUnknown("O banco não encontrou o boleto desta instrução.")
        done = is_efetiva(order.instrucao.instrucao, consulta)
        if done:
            return self._confirmed(order, consulta)
        if consulta.situacao.is_pago:
            return self._sender.refuse(order, f"O boleto foi pago antes. {describe_consulta(consulta)}", "liquidado")
        if consulta.situacao is SituacaoNoBanco.BAIXADO:
            return self._sender.refuse(order, f"O boleto foi baixado antes. {describe_consulta(consulta)}", "baixado")
        if done is None:
            raise OutcomeUnknown("A consulta do banco não mostra se a alteração foi feita.")
        return None

    def _plan(self, instrucao: Instrucao) -> _Plan:
        return _Plan(instrucao, self._clock)

    def _provider(self, order: Order) -> CobrancaProvider:
        return self._providers.for_conta(self._contas.get(order.conta_id))

    def _look(self, order: Order) -> ConsultaBoleto | None:
        """The boleto after a done instruction; None when the bank does not show it right now."""
        try:
            consulta = self._provider(order).consultar(order.carteira, order.nosso_numero)
        except AppError:
            return None  # the instruction is done all the same; Consultar brings the rest later
        return consulta if consulta and is_efetiva(order.instrucao.instrucao, consulta) else None

    def _confirmed(self, order: Order, consulta: ConsultaBoleto | None) -> Resultado:
        text, what = _FEITO[order.operacao], describe_instrucao(order.instrucao.instrucao)
        after_all = (
            f"O banco fez um pedido que tinha sido dado como recusado ({what}), e depois dele houve outro para este "
            "título. Consulte o boleto e confira o que ficou valendo."
        )
        late = self._sender.entry("Pedido anterior feito pelo banco", after_all)
        if not self._journal.confirm_instrucao(order.id, consulta, self._sender.entry(text, what), late):
            return resultado_of(order, Desfecho.RECUSADA, after_all, "pedido_anterior")
        return resultado_of(order, Desfecho.CONFIRMADA, f"{text}.")

    def _devidos(self, titulo: Titulo) -> tuple[Devido, ...]:
        return devidos_de(titulo, self._calendario, self._clock.today())


@dataclass(frozen=True, slots=True)
class _Plan:
    """A ``PlanInstrucao`` for one instruction, with today's date."""

    instrucao: Instrucao
    clock: Clock

    def __call__(self, titulo: Titulo, conta: ContaBancaria) -> PedidoInstrucao:
        return plan_instrucao(titulo, conta, self.instrucao, self.clock.today())
