"""How Celcoin says no: flat ``{message, errorCode}``, or the binder's ``{errors}`` for wrong JSON types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Content = dict[str, Any]

ALREADY_PAID = ("S09", "BOLETO JA PAGO")
DEADLINE_PASSED = ("S30", "PRAZO DE CONFIRMACAO ENCERRADO")
NO_BALANCE = ("S40", "SALDO INSUFICIENTE")
NO_VOID = ("S41", "CANCELAMENTO NAO PERMITIDO")
NO_REVERSE = ("S42", "ESTORNO NAO PERMITIDO")
UNKNOWN_ID = ("S61", "TRANSACAO INFORMADA NAO EXISTE")
NOT_ALLOWED_VALUE = ("44", "Valor nao permitido")
ALREADY_DONE = ("68", "TRANSACAO JA REALIZADA")
NOT_THIS_CHANNEL = ("258", "PAGAMENTO NAO REALIZADO, ESTE RECEBIMENTO NAO PODE SER REALIZADO POR ESTE CANAL")
TOO_LATE = ("260", "MAXIMO DE DIAS DE ATRASO EXCEDIDO")
NOT_IN_THE_MASS = ("999", "BOLETO NAO REGISTRADO PARA TESTES. CONSULTE NOSSA DOCUMENTACAO.")


@dataclass
class Refusal(Exception):
    """Stops the handling of a request. An empty ``code`` gives an answer without a body."""

    status: int
    code: str = ""
    message: str = ""

    @property
    def body(self) -> Content | None:
        return {"message": self.message, "errorCode": self.code} if self.code else None


@dataclass
class BindingError(Exception):
    """A field of the wrong JSON type, in the words of the .NET binder."""

    field: str
    message: str

    @property
    def body(self) -> Content:
        return {"errors": {self.field: [f"{self.message}. Path '{self.field}', line 1, position 1."]}}


def refused(known: tuple[str, str]) -> Refusal:
    """The refusal of one of the situations above: HTTP 400."""
    return Refusal(400, *known)


def malformed_line() -> Refusal:
    return Refusal(400, "822", "Erro na conversao de Linha Digitavel para Codigo de Barras")
