"""Cells to values. Every fault is an ``InputError`` whose message can stand behind the column's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import InputError
from bancointegra.domain.importacao import Campo, Celula, FormatoData, SeparadorDecimal
from bancointegra.domain.reais import ZERO, Reais
from bancointegra.services.pagador import require_email

_UFS = re.compile("A[CLMP]|BA|CE|DF|ES|GO|M[AGST]|P[ABEIR]|R[JNORS]|S[CEP]|TO")
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?(Z|[+-]\d{2}:\d{2})?")
_WITH_POINT = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?")
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_EXCEL_DAYS = range(36_526, 73_051)  # the years 2000 to 2099
_CPF, _CNPJ, _CEP = 11, 14, 8


class LeitorDeCelulas:
    """Understands cells as one table writes them."""

    def __init__(self, formato_data: FormatoData, decimal: SeparadorDecimal) -> None:
        self._formato_data = formato_data
        self._decimal = decimal
        self._readers: Mapping[Campo, Callable[[Celula], object]] = {
            Campo.NUMERO: _texto(20),
            Campo.PARCELA: _texto(5),
            Campo.EMISSAO: self._data,
            Campo.VENCIMENTO: self._data,
            Campo.VALOR: self._valor,
            Campo.SACADO: _texto(120),
            Campo.DOCUMENTO: _documento,
            Campo.LOGRADOURO: _texto(120),
            Campo.ENDERECO_NUMERO: _texto(20),
            Campo.COMPLEMENTO: _texto(60),
            Campo.BAIRRO: _texto(60),
            Campo.CIDADE: _texto(60),
            Campo.UF: _uf,
            Campo.CEP: _cep,
            Campo.EMAIL: _email,
            Campo.ESPECIE: _especie,
            Campo.OBSERVACAO: _texto(200),
            Campo.MULTA_PERCENTUAL: _percentual,
            Campo.MULTA_VALOR: self._nao_negativo,
            Campo.JUROS_PERCENTUAL_MES: _percentual,
            Campo.JUROS_VALOR_DIA: self._nao_negativo,
            Campo.ABATIMENTO: self._nao_negativo,
            Campo.ID_EXTERNO: _texto(80),
        }

    def read(self, campo: Campo, celula: Celula) -> object:
        """The value of a cell that is not empty. Raises ``InputError``."""
        return self._readers[campo](celula)

    def _data(self, celula: Celula) -> date:
        if isinstance(celula, date):
            return celula
        if isinstance(celula, Decimal):
            return _excel_day(celula)
        text = _TIME.sub("", celula)
        try:
            if _ISO.fullmatch(text):
                return date.fromisoformat(text)
            if found := _DATE.fullmatch(text):
                first, second, year = (int(part) for part in found.groups())
                day, month = (first, second) if self._formato_data is FormatoData.DIA_MES_ANO else (second, first)
                return date(year if year > 99 else 2000 + year, month, day)
        except ValueError:
            pass
        raise InputError(f"“{celula[:20]}” não é uma data como 23/11/2026.")

    def _valor(self, celula: Celula) -> Reais:
        amount = self._reais(celula)
        if amount <= ZERO:
            raise InputError("o valor deve ser maior que zero.")
        return amount

    def _nao_negativo(self, celula: Celula) -> Reais:
        amount = self._reais(celula)
        if amount < ZERO:
            raise InputError("o valor não pode ser negativo.")
        return amount

    def _reais(self, celula: Celula) -> Reais:
        if isinstance(celula, date):
            raise InputError(f"“{as_typed(celula)}” é uma data, e não um valor em reais.")
        if isinstance(celula, Decimal):
            return Reais.from_decimal(celula)
        if self._decimal is SeparadorDecimal.VIRGULA:
            return Reais.parse(celula)
        text = celula.removeprefix("R$").strip()
        if not _WITH_POINT.fullmatch(text) or not text.isascii():
            raise InputError(f"“{celula[:40]}” não é um valor em reais como 1,250.00.")
        return Reais.from_decimal(Decimal(text.replace(",", "")))


def as_typed(celula: Celula) -> str:
    """The cell as a clerk would read it in the file."""
    if isinstance(celula, date):
        return f"{celula:%d/%m/%Y}"
    if isinstance(celula, Decimal):
        return f"{celula:f}".replace(".", ",")
    return celula


def _texto(limit: int) -> Callable[[Celula], str]:
    def read(celula: Celula) -> str:
        text = _as_text(celula)
        if len(text) > limit:
            raise InputError(f"passa de {limit} caracteres.")
        if any(ord(char) < 32 for char in text):
            raise InputError("tem caracteres de controle.")
        return " ".join(text.split())

    return read


def _as_text(celula: Celula) -> str:
    """A number without decimals as its digits: spreadsheets make numbers of what only looks like one."""
    if isinstance(celula, Decimal) and celula == celula.to_integral_value() and celula.adjusted() < 30:
        return f"{celula.to_integral_value():f}"
    return as_typed(celula)


def _excel_day(celula: Decimal) -> date:
    if celula.is_finite() and int(celula) in _EXCEL_DAYS:
        return _EXCEL_DAY_ZERO + timedelta(days=int(celula))
    raise InputError(f"“{as_typed(celula)[:20]}” não é uma data como 23/11/2026.")


def _documento(celula: Celula) -> Documento:
    if not isinstance(celula, Decimal):
        return Documento.parse(_as_text(celula))
    digits = _as_text(celula)
    if len(digits) in (_CPF, _CNPJ):
        return Documento.parse(digits)
    found = [document for size in (_CPF, _CNPJ) if (document := _padded(digits, size))]
    if len(found) == 1:
        return found[0]
    raise InputError("a planilha guardou o documento como número e perdeu zeros; formate a coluna como texto.")


def _padded(digits: str, size: int) -> Documento | None:
    """With the zeros a spreadsheet takes away at the left, if that makes a valid document."""
    try:
        return Documento.parse(digits.zfill(size)) if len(digits) < size else None
    except InputError:
        return None


def _percentual(celula: Celula) -> Decimal:
    text = as_typed(celula).removesuffix("%").strip()
    if not re.fullmatch(r"\d{1,3}([.,]\d{1,5})?", text, re.ASCII):
        raise InputError(f"“{text[:20]}” não é um percentual como 2,00.")
    return Decimal(text.replace(",", "."))


def _uf(celula: Celula) -> str:
    uf = as_typed(celula).upper()
    if not _UFS.fullmatch(uf):
        raise InputError(f"“{uf[:10]}” não é uma UF.")
    return uf


def _cep(celula: Celula) -> str:
    text = _as_text(celula).zfill(_CEP) if isinstance(celula, Decimal) else _as_text(celula)
    compact = text.replace(".", "").replace("-", "").replace(" ", "")
    if not re.fullmatch(r"\d{8}", compact, re.ASCII):
        raise InputError("o CEP deve ter 8 dígitos.")
    return compact


def _email(celula: Celula) -> str:
    first, *_ = _as_text(celula).replace(",", ";").split(";")  # several addresses: the first one
    return require_email(first)


def _especie(celula: Celula) -> str:
    text = _as_text(celula)
    if not re.fullmatch(r"\d{1,2}", text, re.ASCII):
        raise InputError("a espécie é um código de 2 dígitos, como 01.")
    return text.zfill(2)
