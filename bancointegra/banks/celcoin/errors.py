"""What Celcoin's refusals say, and which of our errors each one is.

Success is HTTP 200 with an ``errorCode`` of zero; any other code is a refusal even under 200. Codes come in any width
(``061``, ``44``), so they are compared without zeros at the left. Messages drift (accents come and go) and are shown,
never interpreted. Most codes are not published: an unknown one is shown with its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus

from bancointegra.banks.http import Effect, Reply, UnreadableAnswer
from bancointegra.banks.node import Node
from bancointegra.domain.errors import AppError, BankRefused, BankUnavailable, CredentialError, Refusal

SUCCESS = "0"
NOT_FOUND = "61"
ALREADY_DONE = "68"
_UNEXPECTED = "999"
_FORMAT = "formato"
_ODD_IN_A_CODE = re.compile(r"[^0-9A-Za-z_-]")
_LONGEST_CODE = 20

_CONSULT_AGAIN = "Consulte a conta de novo e use o total, ou um valor dentro dos limites."
_SENTENCES = {
    "44": ("A Celcoin não aceitou o valor: esta conta não permite pagar essa quantia.", _CONSULT_AGAIN),
    NOT_FOUND: ("A Celcoin não conhece este pagamento.", "Confira o protocolo com o suporte da Celcoin."),
    ALREADY_DONE: (
        "A Celcoin informa que esta transação já foi realizada.",
        "Não pague de novo: use “Verificar agora” para ver a situação do pagamento.",
    ),
    "258": (
        "O recebedor só aceita esta conta nos canais dele.",
        "Pague no lugar que o emissor indica na própria conta.",
    ),
    "260": ("A conta está vencida há dias demais para ser paga.", "Peça ao beneficiário uma conta nova."),
    "822": (
        "A Celcoin não reconheceu a linha digitável: algum dígito não confere.",
        "Confira os números com a conta e digite-os de novo.",
    ),
    _UNEXPECTED: (
        "A Celcoin respondeu com um erro inesperado (999).",
        "Tente de novo em alguns minutos. No ambiente de testes, o código diz que a conta não está na massa de testes.",
    ),
}


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """Celcoin's own words about a failure. ``code`` has no zeros at the left."""

    code: str
    message: str

    @property
    def sentence(self) -> str:
        known = _SENTENCES.get(self.code)
        if known is not None:
            return known[0]
        if self.code == _FORMAT:
            return f"A Celcoin não entendeu o pedido: “{self.message}”."
        words = f": “{self.message}”" if self.message else ""
        return f"A Celcoin recusou com o código {self.code}{words}."

    @property
    def hint(self) -> str:
        known = _SENTENCES.get(self.code)
        return known[1] if known else "Anote o código e fale com o suporte da Celcoin."


def code_of(body: Node) -> str:
    """The code of an answer under either spelling, zeros at the left removed; empty when there is none."""
    text = body.text("errorcode", "errocode")
    return text.lstrip("0") or SUCCESS if text.isascii() and text.isdigit() else text


def read_error_body(reply: Reply) -> ErrorBody | None:
    """Celcoin's words in a body; None when it is no JSON object with a code or with the binder's ``errors``."""
    try:
        body = Node(reply.json())
    except UnreadableAnswer:
        return None
    code = code_of(body)
    if code:
        return ErrorBody(code, body.text("message"))
    fields = body.raw("errors")
    if isinstance(fields, dict) and fields:
        return ErrorBody(_FORMAT, "; ".join(f"{field}: {_first(words)}" for field, words in fields.items()))
    return None


def require_success(reply: Reply, effect: Effect, *, ask_first: bool = False) -> Node:
    """The body of a successful answer, which for an order has to say so. Raises the error for any other.

    ``ask_first`` marks a refusal as one to be believed only after a look at the state. An order that fails with the
    generic code, or without Celcoin's words, may have been done.
    """
    if reply.is_success:
        body = _read_object(reply, effect)
        code = code_of(body)
        if code == SUCCESS or (not code and effect is Effect.READ):
            return body
    if reply.status == HTTPStatus.UNAUTHORIZED:
        raise CredentialError(
            "A Celcoin não aceitou o token de acesso, nem depois de renovado.",
            hint="Confira o ClientID da conta; se persistir, fale com o suporte da Celcoin.",
            code="credencial.token",
        )
    if reply.status == HTTPStatus.FORBIDDEN:
        raise CredentialError(
            "A Celcoin não permitiu o acesso (HTTP 403).",
            hint="Confira com a Celcoin se o produto, o endereço IP deste escritório e o certificado estão liberados.",
            code="credencial.permissao",
        )
    raise refusal_error(reply, effect, ask_first=ask_first)


def refusal_error(reply: Reply, effect: Effect, *, ask_first: bool) -> AppError:
    """The error for Celcoin's no, in words if it has any."""
    words = read_error_body(reply)
    if words is None:
        return effect.lost(f"O endereço da Celcoin respondeu HTTP {reply.status} sem dizer o resultado.")
    if words.code == _UNEXPECTED and effect is Effect.ORDER:
        return effect.lost("A Celcoin respondeu com um erro inesperado (999), que não diz se o pedido foi feito.")
    return BankRefused(
        words.sentence,
        refusals=(Refusal(words.code, words.message),),
        possibly_duplicate=ask_first or words.code == ALREADY_DONE,
        hint=words.hint,
        code=f"recusado.{_ODD_IN_A_CODE.sub('', words.code)[:_LONGEST_CODE]}",
    )


def token_error(reply: Reply) -> AppError:
    """The error for a token request that was refused (4xx). Their bodies are not documented."""
    if reply.status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
        return CredentialError(
            f"O endereço não é o da Celcoin (HTTP {reply.status} ao pedir o token).",
            hint="Confira o servidor na Conta de Pagamento.",
            code="credencial.endereco",
        )
    if reply.status == HTTPStatus.FORBIDDEN:
        return CredentialError(
            "A Celcoin não permitiu o acesso (HTTP 403 ao pedir o token).",
            hint="Confira com a Celcoin se o endereço IP deste escritório e o certificado estão liberados.",
            code="credencial.permissao",
        )
    if reply.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
        return CredentialError(
            "A Celcoin não aceitou o ClientID e o ClientSecret.",
            hint="Informe de novo o ClientSecret na Conta de Pagamento e confira o ClientID.",
            code="credencial.client_secret",
        )
    return BankUnavailable(f"O serviço de token da Celcoin respondeu HTTP {reply.status}.")


def unreadable(reply: Reply, effect: Effect, error: UnreadableAnswer) -> AppError:
    """The error for a success that does not say what it should."""
    return effect.lost(f"A Celcoin respondeu (HTTP {reply.status}) algo que não pôde ser lido: {error}.")


def _read_object(reply: Reply, effect: Effect) -> Node:
    try:
        content = reply.json()
    except UnreadableAnswer as error:
        raise unreadable(reply, effect, error) from error
    if not isinstance(content, dict):
        raise unreadable(reply, effect, UnreadableAnswer("não é um objeto"))
    return Node(content)


def _first(words: object) -> str:
    return str(words[0]) if isinstance(words, list) and words else str(words)
