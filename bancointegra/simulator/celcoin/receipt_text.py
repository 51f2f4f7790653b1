"""The receipt of 40 columns, as it would come out of a till."""

from __future__ import annotations

import hashlib
from datetime import date
from textwrap import wrap

from bancointegra.simulator.celcoin.lines import FICHA, printed_in_rows
from bancointegra.simulator.celcoin.model import Payment

_WIDTH = 40
_RULE = "-" * _WIDTH


def receipt_text(payment: Payment, line_end: str) -> str:
    """Ready to print, marked SIMULACAO."""
    first, second = authentication_blocks(payment)
    kind = "RECEBIMENTO CONTA" if payment.kind == FICHA else "PAGAMENTO"
    auto = f"AUTO {payment.authentication}"
    rows = [
        "SIMULACAO - SEM VALOR".center(_WIDTH).rstrip(),
        f"PROTOCOLO {payment.id:010d}",
        f"1 {payment.created:%d/%m/%Y %H:%M}",
        f"TERM {payment.nsu} AGENTE 1 AUTE {payment.authentication}",
        _RULE,
        auto + kind.rjust(_WIDTH - len(auto)),
        payment.issuer.center(_WIDTH).rstrip(),
        *printed_in_rows(payment.line),
        *_people(payment),
        _RULE,
        *_amounts(payment),
        *_convenant(payment.convenant),
        _RULE,
        "AUTENTICACAO",
        first,
        second,
        _RULE,
    ]
    return line_end.join(rows)


def authentication_blocks(payment: Payment) -> tuple[str, str]:
    """Two blocks of eight hexadecimal pairs, always the same for the same payment."""
    pairs = hashlib.sha256(f"{payment.id}{payment.line}".encode()).hexdigest().upper()
    joined = [pairs[i : i + 2] for i in range(0, 32, 2)]
    return ".".join(joined[:8]), ".".join(joined[8:])


def _people(payment: Payment) -> list[str]:
    rows = []
    for label, person in (("BENEF", payment.payee), ("PAGADOR", payment.payer)):
        if person is not None:
            rows += [f"{label}: {person[0][:30]}", f"CPF/CNPJ: {person[1]}"]
    return rows


def _amounts(payment: Payment) -> list[str]:
    rows = [_row("DATA DE LIQUIDACAO", _day(payment.settle_day))]
    if payment.kind == FICHA:
        rows.insert(0, _row("DATA DE VENCIMENTO", _day(payment.due)))
        rows.insert(1, _row("DATA DO PAGAMENTO", _day(payment.created.date())))
        rows.append(_row("VALOR TITULO", _money(payment.face)))
    return [*rows, _row("VALOR COBRADO", _money(payment.cents))]


def _convenant(text: str) -> list[str]:
    """Between its marks, which no printer counts, and with the next row behind the second one."""
    rows = wrap(f"CONVENIO: {text}", _WIDTH)
    return [f"<VIA1>{rows[0]}", *rows[1:], "</VIA1> VALIDO COMO RECIBO DE PAGAMENTO"]


def _row(label: str, value: str) -> str:
    return label + value.rjust(_WIDTH - len(label))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _money(cents: int) -> str:
    return f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02d}"
