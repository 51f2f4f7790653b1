"""CPF and CNPJ, the alphanumeric CNPJ of July 2026 included (IN RFB 2.229/2024). Always text, never a number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from stdnum.br import cnpj, cpf
from stdnum.exceptions import ValidationError

from bancointegra.domain.errors import InputError

_CPF_LENGTH = 11
_CNPJ_LENGTH = 14


class TipoDocumento(Enum):
    CPF = "cpf"
    CNPJ = "cnpj"


@dataclass(frozen=True, slots=True)
class Documento:
    """A valid CPF (11 digits) or CNPJ (14 characters, the last two digits), without punctuation."""

    numero: str

    @classmethod
    def parse(cls, text: str) -> Documento:
        """Read a document with or without punctuation. Raises ``InputError`` naming what is wrong."""
        compact = text.strip().upper()
        if not compact.isascii():
            raise InputError("O documento tem caracteres que não são letras nem números.", field="CPF/CNPJ")
        for mark in " .-/":
            compact = compact.replace(mark, "")
        module = {_CPF_LENGTH: cpf, _CNPJ_LENGTH: cnpj}.get(len(compact))
        if module is None:
            raise InputError(
                "CPF tem 11 dígitos e CNPJ tem 14 caracteres.", field="CPF/CNPJ", hint="Confira o documento."
            )
        try:
            module.validate(compact)
        except ValidationError:
            raise InputError("Os dígitos do documento não conferem.", field="CPF/CNPJ") from None
        if len(set(compact)) == 1:  # stdnum lets 111.111.111-11 pass
            raise InputError("Documento com todos os dígitos iguais não existe.", field="CPF/CNPJ")
        return cls(compact)

    @property
    def tipo(self) -> TipoDocumento:
        return TipoDocumento.CPF if len(self.numero) == _CPF_LENGTH else TipoDocumento.CNPJ

    @property
    def formatado(self) -> str:
        """``123.456.789-09`` or ``12.ABC.345/01DE-35``."""
        module = cpf if self.tipo is TipoDocumento.CPF else cnpj
        return str(module.format(self.numero))
