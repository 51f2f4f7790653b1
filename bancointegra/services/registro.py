"""Registrar: one boleto for one título, under a nosso número of its own."""

from __future__ import annotations

import uuid

from bancointegra.domain.boleto import BoletoRegistrado, PedidoRegistro, compare
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import AppError
from bancointegra.domain.order import Desfecho, Order, Resultado
from bancointegra.domain.ports import (
    Clock,
    CobrancaProvider,
    CobrancaProviders,
    ContaRepository,
    Journal,
    TituloRepository,
)
from bancointegra.domain.registro import plan_registro
from bancointegra.domain.titulo import Titulo
from bancointegra.services.envio import OrderSender, resultado_of
from bancointegra.services.impressao import ImpressaoService


class RegistroService:
    """Registers títulos one by one; any number of threads may call it for different títulos.

    To the ``OrderSender`` it is the conduct of registrations.
    """

    nome = "Registro"

    def __init__(
        self,
        *,
        contas: ContaRepository,
        titulos: TituloRepository,
        journal: Journal,
        providers: CobrancaProviders,
        impressao: ImpressaoService,
        sender: OrderSender,
        clock: Clock,
    ) -> None:
        self._contas = contas
        self._titulos = titulos
        self._journal = journal
        self._providers = providers
        self._impressao = impressao
        self._sender = sender
        self._clock = clock

    def registrar(self, titulo_id: int, *, gerar_pdf: bool) -> Resultado:
        """Register one título (PENDENTE or BAIXADO) and, if asked, save its PDF.

        What went wrong is in the ``Resultado``; only a título that is gone raises (``StoreError``). A PDF that fails
        does not undo a registration; the sentence says both.
        """
        titulo = self._titulos.get(titulo_id)
        claim = uuid.uuid4().hex
        try:
            # Credentials that cannot be used are noticed before a nosso número is spent.
            self._providers.for_conta(self._contas.get(titulo.conta_id))
            order = self._journal.prepare_registro(titulo.id, self._plan, claim)
        except AppError as error:
            return Resultado(titulo_id, titulo.identificacao, Desfecho.NAO_ENVIADA, str(error), error.code)
        resultado = self._sender.send(order, claim, self)
        return self._impressao.with_pdf(resultado, "Registrado") if gerar_pdf else resultado

    def request(self, order: Order) -> Resultado:
        """``Conduct``: register at the bank, and store what it returned."""
        boleto = self._provider(order).registrar(order.registro, order.correlation_id)
        return self._confirmed(order, boleto, "Registrado no banco")

    def ask(self, order: Order) -> Resultado | None:
        """``Conduct``: adopt our boleto, refuse somebody else's, None when the bank knows none under the number."""
        consulta = self._provider(order).consultar(order.carteira, order.nosso_numero)
        if consulta is None:
            return None
        differences = compare(order.registro, consulta)
        if not differences:
            return self._confirmed(order, consulta.registrado, "Encontrado no banco e conferido")
        listed = "; ".join(f"{d.campo}: {d.esperado} aqui, {d.no_banco} no banco" for d in differences)
        message = (
            f"O nosso número {order.nosso_numero} já é de outro boleto no banco ({listed}). "
            "Registre de novo: o título receberá outro número."
        )
        return self._sender.refuse(order, message, "numero_ocupado")

    def _plan(self, titulo: Titulo, conta: ContaBancaria, nosso_numero: str) -> PedidoRegistro:
        return plan_registro(titulo, conta, nosso_numero, self._clock.today())

    def _provider(self, order: Order) -> CobrancaProvider:
        """Of the account as it is now: the journal lets no account with a sent order move."""
        return self._providers.for_conta(self._contas.get(order.conta_id))

    def _confirmed(self, order: Order, boleto: BoletoRegistrado, text: str) -> Resultado:
        detail = f"Nosso número {boleto.carteira}/{boleto.nosso_numero}-{boleto.dac_nosso_numero}"
        self._journal.confirm_registro(order.id, boleto, self._sender.entry(text, detail))
        return resultado_of(order, Desfecho.CONFIRMADA, "Registrado.")
