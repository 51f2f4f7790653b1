"""Refusals of the bank: HTTP status and the body ``{codigo, mensagem, campos}``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

COD_RET = "COD-RET"
"""The pseudo-field under which answers of the registration mainframe come."""


@dataclass(frozen=True, slots=True)
class Campo:
    """One faulty field, by its full path, and what the bank says of it."""

    campo: str
    mensagem: str
    valor: str = ""


def mainframe(mensagem: str) -> Campo:
    """A refusal of the registration mainframe (wording: CNAB 400 manual, tables 1-4)."""
    return Campo(COD_RET, mensagem)


@dataclass
class BankAnswer(Exception):
    """Stops the handling of a request with this answer. ``certificate_code`` is one of the STS's C-codes."""

    status: int
    mensagem: str
    campos: Sequence[Campo] = field(default=())
    certificate_code: str = ""

    @property
    def body(self) -> dict[str, Any]:
        content: dict[str, Any] = {"codigo": self.certificate_code or str(self.status), "mensagem": self.mensagem}
        if self.campos:
            content["campos"] = [
                {"campo": campo.campo, "mensagem": campo.mensagem, "valor": campo.valor} for campo in self.campos
            ]
        return content


def invalid_fields(campos: Sequence[Campo]) -> BankAnswer:
    return BankAnswer(400, "Erro na validação de Campos", campos)


def broken_rules(campos: Sequence[Campo]) -> BankAnswer:
    return BankAnswer(422, "Regra de negócio não atendida", campos)


def unauthorized() -> BankAnswer:
    return BankAnswer(401, "Unauthorized")


def forbidden(mensagem: str = "Acesso Proibido") -> BankAnswer:
    return BankAnswer(403, mensagem)


def not_found() -> BankAnswer:
    return BankAnswer(404, "Recurso não encontrado")
