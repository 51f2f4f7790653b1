"""Take out of a text what must not stay in a log: documents, secrets, account and title numbers."""

from __future__ import annotations

import re

HIDDEN = "***"
_CONFIDENTIAL = "secret|token|authorization|senha|password|passphrase|api_?key"
_WHOLE = (
    re.compile(r"-----BEGIN ([A-Z ]*PRIVATE KEY)-----.*?(?:-----END \1-----|\Z)", re.DOTALL),
    re.compile(r"\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)*"),  # JWT: the header's {" in base64
)
_SCHEME = re.compile(r"\b(Bearer|Basic)\s+[\w.~+/=-]+", re.IGNORECASE)
_NAMED = re.compile(
    rf"""(?P<name>\b[\w-]*(?:{_CONFIDENTIAL})[\w-]*["']?\s*[:=]\s*)(?P<value>"[^"]*"?|'[^']*'?|[^\s&,;)}}\]]+)""",
    re.IGNORECASE,
)
# CPF and CNPJ (with letters since 2026), punctuated or not, are caught by their shape; so are agência and conta
# together (12 digits), the 44 to 48 digits of a boleto and whatever else is that long.
_DOCUMENT = re.compile(
    r"(?<![0-9A-Za-z])(?:\d{3}\.\d{3}\.\d{3}-\d{2}|[0-9A-Z]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}/[0-9A-Z]{4}-\d{2}"
    r"|(?=[A-Z]*\d)[0-9A-Z]{12}\d{2})(?![0-9A-Za-z])"
)
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d(?:[ .]?\d){9,}(?![0-9A-Za-z])")


def mask(text: str) -> str:
    """``text`` with secrets as ``***``, and of documents and long numbers only the last four characters."""
    for pattern in _WHOLE:
        text = pattern.sub(HIDDEN, text)
    text = _SCHEME.sub(rf"\1 {HIDDEN}", text)
    text = _NAMED.sub(_hide_value, text)
    text = _LONG_NUMBER.sub(_keep_last_four, text)  # first: the end of a linha digitável has a CNPJ's 14 digits
    return _DOCUMENT.sub(_keep_last_four, text)


def _hide_value(match: re.Match[str]) -> str:
    value = match["value"]
    if value.lower() in {"bearer", "basic"}:  # the scheme's own pattern hid what follows
        return match[0]
    quote = value[0] if value[0] in "\"'" else ""
    return f"{match['name']}{quote}{HIDDEN}{quote}"


def _keep_last_four(match: re.Match[str]) -> str:
    characters = [character for character in match[0] if character.isalnum()]
    return HIDDEN + "".join(characters[-4:])
