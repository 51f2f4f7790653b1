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


_TIPO_POR_TAMANHO = {_CPF_LENGTH: TipoDocumento.CPF, _CNPJ_LENGTH: TipoDocumento.CNPJ}
_VALIDATE = {TipoDocumento.CPF: cpf.validate, TipoDocumento.CNPJ: cnpj.validate}


def apparent_tipo(text: str) -> TipoDocumento | None:
    """What ``text`` would be by its length alone, punctuation aside; it need not be valid."""
    return _TIPO_POR_TAMANHO.get(len(_without_punctuation(text)))


@dataclass(frozen=True, slots=True)
class Documento:
    """A valid CPF (11 digits) or CNPJ (14 characters, the last two digits), without punctuation."""

    numero: str

    @classmethod
    def parse(cls, text: str) -> Documento:
        """Read a document with or without punctuation, letters in either case.

        Raises ``InputError`` naming what is wrong.
        """
        compact = _without_punctuation(text)
        if not (compact.isascii() and compact.isalnum()):
            sentence = "O documento tem caracteres que não são letras nem números." if compact else "Falta o documento."
            raise InputError(sentence, field="CPF/CNPJ")
        compact = compact.upper()  # only now: upper() turns some foreign letters into ASCII ones
        tipo = _TIPO_POR_TAMANHO.get(len(compact))
        if tipo is None:
            raise InputError(
                "CPF tem 11 dígitos e CNPJ tem 14 caracteres.", field="CPF/CNPJ", hint="Confira o documento."
            )
        try:
            _VALIDATE[tipo](compact)
        except ValidationError:
            raise InputError(f"Os dígitos do {tipo.name} não conferem.", field="CPF/CNPJ") from None
        if len(set(compact)) == 1:  # stdnum lets 111.111.111-11 pass
            raise InputError(f"{tipo.name} com todos os dígitos iguais não existe.", field="CPF/CNPJ")
        return cls(compact)

    @property
    def tipo(self) -> TipoDocumento:
        return _TIPO_POR_TAMANHO[len(self.numero)]

    @property
    def formatado(self) -> str:
        """``123.456.789-09`` or ``12.ABC.345/01DE-35``."""
        module = cpf if self.tipo is TipoDocumento.CPF else cnpj
        return str(module.format(self.numero))


def _without_punctuation(text: str) -> str:
    compact = "".join(text.split())  # no-break spaces of a copied document included
    for mark in ".-/":
        compact = compact.replace(mark, "")
    return compact
