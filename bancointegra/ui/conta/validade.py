"""The validity of a certificate in words, and how urgent it is. No Qt here."""

from __future__ import annotations

from datetime import datetime

from bancointegra.domain.certificado import LIMIARES_AVISO

_URGENT, _SOON = 7, max(LIMIARES_AVISO)


def prazo(dias: int) -> str:
    """``vence em 212 dias``, ``vence hoje``, ``vencido há 3 dias``."""
    if dias == 0:
        return "vence hoje"
    count = f"{abs(dias)} dia" + ("s" if abs(dias) > 1 else "")
    return f"vence em {count}" if dias > 0 else f"vencido há {count}"


def palavra(dias: int) -> str:
    """The state in a word, for the chip beside the days."""
    if dias < 0:
        return "VENCIDO"
    return "VENCE LOGO" if dias <= _SOON else "EM DIA"


def papel(dias: int) -> str:
    """The role of the style sheet that gives the days their colour."""
    if dias <= _URGENT:
        return "danger"
    return "warning" if dias <= _SOON else "success"


def data(moment: datetime) -> str:
    """``23/11/2026``, in local time."""
    return f"{moment.astimezone():%d/%m/%Y}"


def impressao_digital(fingerprint: str) -> str:
    """A fingerprint in groups that can be compared by eye."""
    plain = fingerprint.replace(":", "").upper()
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))
