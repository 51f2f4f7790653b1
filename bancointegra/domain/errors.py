"""What can go wrong, said to the clerk.

::

    AppError(title, message, hint, code)
    ├── InputError(field)        what was typed or read cannot be used
    ├── RuleError                the operation is not allowed now
    ├── BankRefused(refusals)    the bank received it and said no
    ├── CredentialError          certificate, ClientID, ClientSecret or permission
    ├── BankUnavailable          the bank was not reached, or nothing was executed there
    ├── OutcomeUnknown           sent, and no readable answer came back
    ├── StoreError               the local data file
    └── PrintError               the PDF
    JobCancelled                 the clerk stopped; silence

Anything that is not an ``AppError`` is a bug: logged, and shown with an incident number.
``message`` says what happened, ``hint`` what to do next; both are Portuguese and hold no secret.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_UNSEEN = ("Cc", "Cf", "Cs")
_ENDLESS = re.compile(r"\S{160,}")


class AppError(Exception):
    """A situation with a sentence for the clerk. ``code`` is stable and meant for scripts."""

    title = "Não foi possível concluir"
    default_code = "erro"
    default_hint = ""

    def __init__(self, message: str, *, hint: str = "", code: str = "", title: str = "") -> None:
        self.message = _readable(message)  # it may repeat what was typed
        super().__init__(self.message)
        self.hint = hint or self.default_hint
        self.code = code or self.default_code
        if title:
            self.title = title

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


def _readable(text: str) -> str:
    """Without what would hide or turn round the rest of a sentence, and without words that nobody reads to the end."""
    text = _ENDLESS.sub(lambda found: f"{found[0][:60]}…{found[0][-40:]}", text)
    return "".join("�" if unicodedata.category(char) in _UNSEEN and char != "\n" else char for char in text)


class InputError(AppError):
    """What was typed or read cannot be used. ``field`` names it, as the screen labels it."""

    title = "Confira o que foi informado"
    default_code = "entrada"

    def __init__(self, message: str, *, field: str = "", hint: str = "", code: str = "") -> None:
        super().__init__(message, hint=hint, code=code)
        self.field = field


class RuleError(AppError):
    """The operation is not allowed in the present situation."""

    title = "Operação não permitida"
    default_code = "regra"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason of the bank: the field as the bank names it (may be empty) and its words."""

    field: str
    message: str


class BankRefused(AppError):
    """The bank received the request and refused it; nothing was changed there.

    ``possibly_duplicate`` is true when the refusal came from the registration mainframe and may therefore
    mean "this nosso número already exists": the caller must ask the bank before believing the refusal.
    """

    title = "O banco recusou"
    default_code = "recusado"
    default_hint = "Corrija o que o banco apontou e tente de novo."

    def __init__(
        self,
        message: str,
        *,
        refusals: tuple[Refusal, ...] = (),
        possibly_duplicate: bool = False,
        hint: str = "",
        code: str = "",
    ) -> None:
        super().__init__(message, hint=hint, code=code)
        self.refusals = refusals
        self.possibly_duplicate = possibly_duplicate


class CredentialError(AppError):
    """Certificate, ClientID, ClientSecret or permission; nothing was executed at the bank."""

    title = "O banco não aceitou a identificação"
    default_code = "credencial"


class BankUnavailable(AppError):
    """The bank was not reached, or certainly executed nothing. Safe to repeat.

    ``retry_after`` is in seconds, when the bank said so.
    """

    title = "Banco indisponível"
    default_code = "indisponivel"
    default_hint = "Confira a internet e tente de novo em alguns minutos."

    def __init__(self, message: str, *, retry_after: float | None = None, hint: str = "", code: str = "") -> None:
        super().__init__(message, hint=hint, code=code)
        self.retry_after = retry_after


class OutcomeUnknown(AppError):
    """The request left and no readable answer came back: nobody knows what the bank did."""

    title = "A confirmar"
    default_code = "a_confirmar"
    default_hint = "Não repita: use “Verificar agora” para perguntar ao banco."


class StoreError(AppError):
    """The local data file: locked, full, damaged, or of a newer version."""

    title = "Dados locais"
    default_code = "dados"


class PrintError(AppError):
    """The PDF could not be made, did not read back as it should, or could not be saved."""

    title = "PDF não gerado"
    default_code = "pdf"


class JobCancelled(Exception):
    """The clerk pressed Parar; what was already sent stays sent."""
