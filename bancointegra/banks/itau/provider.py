"""``CobrancaProvider`` of Itaú: mapping, client and error codes joined."""

from __future__ import annotations

from http import HTTPStatus
from typing import NoReturn

from bancointegra.banks.http import Effect, Reply, UnreadableAnswer
from bancointegra.banks.itau.client import ItauClient
from bancointegra.banks.itau.errors import read_error_body, refusal_error
from bancointegra.banks.itau.instructions import InstrucaoMapper, read_aceite
from bancointegra.banks.itau.mapping import RegistroMapper, id_beneficiario
from bancointegra.banks.itau.options import ItauOptions
from bancointegra.banks.itau.reading import read_consulta, read_registro
from bancointegra.domain.boleto import BoletoRegistrado, ConsultaBoleto, PedidoRegistro
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import OutcomeUnknown
from bancointegra.domain.instrucao import Aceite, PedidoInstrucao
from bancointegra.domain.ports import Clock
from bancointegra.domain.situacao import Operacao


class ItauCobrancaProvider:
    """Boletos of one account at Itaú. Stateless but for its client; any thread may call it."""

    def __init__(self, client: ItauClient, conta: ContaBancaria, clock: Clock, options: ItauOptions) -> None:
        self._client = client
        self._beneficiario = id_beneficiario(conta.agencia, conta.conta, conta.dac)
        self._clock = clock
        self._options = options
        self._registros = RegistroMapper(options)
        self._instrucoes = InstrucaoMapper(options)

    @property
    def capabilities(self) -> frozenset[Operacao]:
        return frozenset(Operacao)

    def registrar(self, pedido: PedidoRegistro, correlation_id: str) -> BoletoRegistrado:
        """Register for good. Errors as ``CobrancaProvider`` says."""
        reply = self._client.post_boleto(self._registros.corpo(pedido), correlation_id)
        _require_executed(reply, "O banco recebeu o boleto e ainda o está processando")
        try:
            return read_registro(reply.json(), pedido)
        except UnreadableAnswer as error:
            _raise_unreadable(reply, Effect.ORDER, error)

    def instruir(self, pedido: PedidoInstrucao, correlation_id: str) -> Aceite:
        """Change, write off or protest. Errors as ``CobrancaProvider`` says."""
        comando = self._instrucoes.comando(pedido)
        reply = self._client.patch_boleto(pedido.chave, comando.nome, comando.corpo, correlation_id)
        _require_executed(reply, "O banco recebeu a instrução e ainda a está processando")
        try:
            return read_aceite(reply, comando)
        except UnreadableAnswer as error:
            _raise_unreadable(reply, Effect.ORDER, error)

    def consultar(self, carteira: str, nosso_numero: str) -> ConsultaBoleto | None:
        """The boleto as the bank has it; None for “not found” in any of its forms (empty list, 204, 404)."""
        reply = self._client.get_boletos(self._beneficiario, carteira, nosso_numero, self._options.view)
        if reply.status == HTTPStatus.NO_CONTENT or _is_not_found(reply):
            return None
        if not reply.is_success:
            raise refusal_error(reply, Effect.READ)
        try:
            return read_consulta(reply.json(), self._beneficiario, carteira, nosso_numero, self._clock.now())
        except UnreadableAnswer as error:
            _raise_unreadable(reply, Effect.READ, error)


def _require_executed(reply: Reply, pending: str) -> None:
    """Raise unless the bank did the order: its refusal, or a doubt with the sentence ``pending`` for a 202."""
    if reply.status == HTTPStatus.ACCEPTED:
        words = read_error_body(reply)
        detail = f": “{words.sentence}”" if words else ""
        raise OutcomeUnknown(f"{pending}{detail}.")
    if not reply.is_success:
        raise refusal_error(reply, Effect.ORDER)


def _is_not_found(reply: Reply) -> bool:
    """A 404 of the bank itself. One of a gateway (HTML) says nothing about the boleto: it may be a wrong address."""
    return reply.status == HTTPStatus.NOT_FOUND and (not reply.text.strip() or read_error_body(reply) is not None)


def _raise_unreadable(reply: Reply, effect: Effect, error: UnreadableAnswer) -> NoReturn:
    message = f"O banco respondeu (HTTP {reply.status}) algo que não pôde ser lido: {error}."
    raise effect.lost(message) from error
