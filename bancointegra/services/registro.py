"""Registrar: one boleto for one título, under a nosso número of its own."""

from __future__ import annotations

import uuid
from dataclasses import replace

from bancointegra.domain.boleto import BoletoRegistrado, PedidoRegistro, SituacaoNoBanco, compare
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
from bancointegra.domain.situacao import Operacao, is_permitida
from bancointegra.domain.titulo import Titulo
from bancointegra.services.conferencia import ConferenciaService
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
        conferencia: ConferenciaService,
        clock: Clock,
    ) -> None:
        self._contas = contas
        self._titulos = titulos
        self._journal = journal
        self._providers = providers
        self._impressao = impressao
        self._sender = sender
        self._conferencia = conferencia
        self._clock = clock

    def registrar(self, titulo_id: int, *, gerar_pdf: bool) -> Resultado:
        """Register one título (PENDENTE or BAIXADO) and, if asked, save its PDF.

        What went wrong is in the ``Resultado``; only a título that is gone raises (``StoreError``). A PDF that fails
        does not undo a registration; the sentence says both. A boleto that the bank has after all, although it had
        refused an earlier registration, is adopted and no other is made; one that it may have without showing it yet
        keeps its nosso número in the new request, so that the bank itself refuses a second one.
        """
        titulo = self._titulos.get(titulo_id)
        claim = uuid.uuid4().hex
        try:
            # Credentials that cannot be used are noticed before a nosso número is spent.
            self._providers.for_conta(self._contas.get(titulo.conta_id))
            resultado, hidden = self._conferencia.adotar(titulo), None
            if resultado is None:
                resultado, hidden = self._after_refusals(titulo)
            if resultado is None:
                order = self._journal.prepare_registro(titulo.id, self._plan, claim, hidden)
        except AppError as error:
            return Resultado(titulo_id, titulo.identificacao, Desfecho.NAO_ENVIADA, str(error), error.code)
        resultado = resultado or self._sender.send(order, claim, self)
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

    def _after_refusals(self, titulo: Titulo) -> tuple[Resultado | None, Order | None]:
        """What is left of earlier registrations that the bank refused: a boleto adopted, else an order to go on with.

        A gateway that repeats a request is told that the number is taken, by itself, while queries do not show the
        boleto yet. Another number would make a second boleto; under the same one the bank has one at the most.
        """
        if titulo.a_confirmar or not is_permitida(Operacao.REGISTRAR, titulo.situacao):
            return None, None
        hidden, first_sent = None, dict[str, Order]()
        for refused in self._journal.refused_registros(titulo.id):
            consulta = self._provider(refused).consultar(refused.carteira, refused.nosso_numero)
            first = first_sent.setdefault(refused.nosso_numero, refused)
            if consulta is None:
                hidden = None if self._sender.would_show_by_now(first) else refused
            elif consulta.situacao is not SituacaoNoBanco.BAIXADO and not compare(refused.registro, consulta):
                adopted = self._confirmed(refused, consulta.registrado, "Encontrado no banco e conferido")
                return _as_it_was(adopted, titulo, consulta.registrado), None
        return None, hidden

    def _plan(self, titulo: Titulo, conta: ContaBancaria, nosso_numero: str) -> PedidoRegistro:
        return plan_registro(titulo, conta, nosso_numero, self._clock.today())

    def _provider(self, order: Order) -> CobrancaProvider:
        """Of the account as it is now: the journal lets no account with a sent order move."""
        return self._providers.for_conta(self._contas.get(order.conta_id))

    def _confirmed(self, order: Order, boleto: BoletoRegistrado, text: str) -> Resultado:
        numero = f"{boleto.carteira}/{boleto.nosso_numero}-{boleto.dac_nosso_numero}"
        another = (
            f"O banco tem também o boleto {numero} deste título, de um registro que tinha sido dado como recusado; "
            "depois dele houve outro pedido, ou o título mudou. Confira no site do banco e baixe lá o boleto que "
            "sobrar, para o sacado não pagar duas vezes."
        )
        entry = self._sender.entry(text, f"Nosso número {numero}")
        late = self._sender.entry("Outro boleto encontrado no banco", another)
        if not self._journal.confirm_registro(order.id, boleto, entry, late):
            return resultado_of(order, Desfecho.RECUSADA, another, "outro_boleto")
        return resultado_of(order, Desfecho.CONFIRMADA, "Registrado.")


def _as_it_was(adopted: Resultado, titulo: Titulo, boleto: BoletoRegistrado) -> Resultado:
    """``adopted``, unless the título changed since: then the clerk must hear that the boleto did not."""
    unchanged = (titulo.valor, titulo.vencimento) == (boleto.valor, boleto.vencimento)
    if unchanged or adopted.desfecho is not Desfecho.CONFIRMADA:
        return adopted
    message = (
        f"O banco já tinha o boleto do registro anterior, de {boleto.valor.com_simbolo} com vencimento em "
        f"{boleto.vencimento:%d/%m/%Y}, e o título voltou a esses dados. Envie a alteração do que precisa mudar."
    )
    return replace(adopted, desfecho=Desfecho.RECUSADA, mensagem=message, codigo="registro_anterior")
