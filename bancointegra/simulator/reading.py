"""Reading a JSON request field by field, keeping every fault under its full path before answering 400."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from bancointegra.simulator.answers import Campo
from bancointegra.simulator.formats import NumberFormat

_FORBIDDEN = re.compile(r"""[\[\]:<>&;'"\\`()#*/|]|[^\x20-\x7e]|http|javascript|alert""", re.IGNORECASE)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ALPHANUMERIC = re.compile(r"[A-Za-z0-9]*")
_BOOLEANS = {True: True, False: False, "True": True, "False": False, "true": True, "false": False}

MISSING = "Campo obrigatório não informado"


class FieldReader:
    """One JSON object of a request.

    As the bank does, keys are taken without surrounding blanks, unknown keys are ignored, numbers pass for string
    codes and the words True and False for booleans. A method that finds a fault notes it in ``campos`` and gives a
    harmless value, so that all faults are answered at once.
    """

    def __init__(self, content: Mapping[str, Any], path: str, campos: list[Campo], numbers: NumberFormat) -> None:
        self._content = {key.strip(): value for key, value in content.items()}
        self._path = path
        self._campos = campos
        self._numbers = numbers

    def fail(self, key: str, mensagem: str) -> None:
        value = self._content.get(key)
        shown = "" if value is None or isinstance(value, (dict, list)) else str(value)
        self._campos.append(Campo(f"{self._path}.{key}" if self._path else key, mensagem, shown))

    def has(self, key: str) -> bool:
        return self._content.get(key) not in (None, "")

    def text(self, key: str, limit: int, *, required: bool = False, label: str = "") -> str:
        """A text of at most ``limit`` characters without the characters and words the bank refuses."""
        value = self._present(key, required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fail(key, "Formato inválido")
            return ""
        if len(value) > limit:
            self.fail(key, f"Tamanho máximo de {limit} caracteres excedido")
        elif _FORBIDDEN.search(value):
            self.fail(key, f"O campo {label or key} possui caracteres especiais não aceitos")
        return value.strip()

    def alphanumeric(self, key: str, limit: int, *, required: bool = False) -> str:
        """A text of letters and digits only; blanks around it do not count."""
        value = self._present(key, required)
        text = str(value).strip() if isinstance(value, (str, int)) else ""
        if len(text) > limit:
            self.fail(key, f"Tamanho máximo de {limit} caracteres excedido")
        elif not _ALPHANUMERIC.fullmatch(text):
            self.fail(key, "Aceita apenas letras e números")
        return text

    def email(self, key: str, *, required: bool) -> str:
        value = self._present(key, required)
        if value is not None and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", str(value)):
            self.fail(key, "E-mail inválido")
        return str(value or "")

    def digits(self, key: str, length: int, *, required: bool = False) -> str:
        value = self._present(key, required)
        if value is None:
            return ""
        if not re.fullmatch(rf"[0-9]{{{length}}}", str(value)):
            self.fail(key, f"Deve conter {length} dígitos")
            return ""
        return str(value)

    def code(self, key: str, allowed: Collection[str], *, required: bool = False, default: str = "") -> str:
        """One of ``allowed``; a number passes for the code of two digits."""
        value = self._present(key, required)
        if value is None:
            return default
        text = str(value) if isinstance(value, (str, int)) else ""
        if isinstance(value, int) and text not in allowed:
            text = text.zfill(2)
        if text not in allowed:
            self.fail(key, f"Valor inválido; aceitos: {', '.join(sorted(allowed))}")
            return default
        return text

    def date(self, key: str, *, required: bool = False) -> date | None:
        value = self._present(key, required)
        if value is None:
            return None
        try:
            if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            self.fail(key, "Data inválida; formato AAAA-MM-DD")
            return None

    def money(self, key: str, *, required: bool = False) -> int:
        """Cents; 0 when absent."""
        value = self._present(key, required)
        return 0 if value is None else self._number(key, self._numbers.read_money(value), "Valor em formato inválido")

    def percent(self, key: str, *, required: bool = False) -> int:
        """Hundred-thousandths of one per cent; 0 when absent."""
        value = self._present(key, required)
        if value is None:
            return 0
        return self._number(key, self._numbers.read_percent(value), "Percentual em formato inválido")

    def integer(self, key: str, low: int, high: int, *, required: bool = False) -> int:
        """A whole number between ``low`` and ``high``, as number or digits; 0 when absent."""
        value = self._present(key, required)
        if value is None:
            return 0
        text = "" if isinstance(value, bool) else str(value)
        if not re.fullmatch(r"[0-9]{1,6}", text) or not low <= int(text) <= high:
            self.fail(key, f"Deve ser um número de {low} a {high}")
            return 0
        return int(text)

    def boolean(self, key: str) -> bool:
        value = self._content.get(key)
        if value in (None, ""):
            return False
        if not isinstance(value, (bool, str)) or value not in _BOOLEANS:
            self.fail(key, "Deve ser verdadeiro ou falso")
            return False
        return _BOOLEANS[value]

    def block(self, key: str, *, required: bool = False) -> FieldReader | None:
        """The object under ``key``; None when absent or not an object."""
        value = self._present(key, required)
        if isinstance(value, Mapping):
            return self._child(key, value)
        if value is not None:
            self.fail(key, "Deve ser um objeto")
        return None

    def blocks(self, key: str, *, required: bool = False) -> list[FieldReader]:
        """The objects of the list under ``key``."""
        value = self._present(key, required)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            self.fail(key, "Deve ser uma lista de objetos")
            return []
        if required and not value:
            self.fail(key, MISSING)
        return [self._child(f"{key}[{index}]", item) for index, item in enumerate(value)]

    def _child(self, key: str, content: Mapping[str, Any]) -> FieldReader:
        path = f"{self._path}.{key}" if self._path else key
        return FieldReader(content, path, self._campos, self._numbers)

    def _number(self, key: str, value: int | None, mensagem: str) -> int:
        if value is None:
            self.fail(key, mensagem)
        return value or 0

    def _present(self, key: str, required: bool) -> Any:
        value = self._content.get(key)
        if value in (None, ""):
            if required:
                self.fail(key, MISSING)
            return None
        return value
