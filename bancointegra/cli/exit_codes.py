"""What the process status says, so that a script need not read Portuguese.

====  ==================================================================================================
0     done
1     done in part: a row was refused, a code is invalid, a file has faults
2     the command or what it was given is wrong
3     at least one título or payment is A CONFIRMAR, or waits: ask again with ``titulos`` or ``pagamento verificar``
4     certificate, ClientID, ClientSecret or permission
5     the bank was not reached; nothing was executed there
6     local data, folder or PDF (a boleto registered without its PDF too)
70    a defect of the program; the log has the incident
130   stopped by the user
====  ==================================================================================================
"""

from __future__ import annotations

from collections.abc import Sequence

from bancointegra.domain.errors import (
    AppError,
    BankRefused,
    BankUnavailable,
    CredentialError,
    InputError,
    OutcomeUnknown,
    PrintError,
    RuleError,
    StoreError,
)
from bancointegra.domain.order import Desfecho, Resultado
from bancointegra.domain.pagamento import ResultadoPagamento
from bancointegra.domain.ponte import LinhaPonte, RespostaPonte

OK = 0
PARTIAL = 1
USAGE = 2
UNKNOWN_OUTCOME = 3
CREDENTIAL = 4
UNAVAILABLE = 5
LOCAL = 6
DEFECT = 70
STOPPED = 130

_BY_ERROR: tuple[tuple[type[AppError], int], ...] = (
    (OutcomeUnknown, UNKNOWN_OUTCOME),
    (CredentialError, CREDENTIAL),
    (BankUnavailable, UNAVAILABLE),
    (StoreError, LOCAL),
    (PrintError, LOCAL),
    (BankRefused, PARTIAL),
    (RuleError, PARTIAL),
    (InputError, USAGE),
)


def for_error(error: AppError) -> int:
    """The status for a command that ended with this error."""
    return next((code for kind, code in _BY_ERROR if isinstance(error, kind)), PARTIAL)


def for_linhas(linhas: Sequence[LinhaPonte]) -> int:
    """The status for the rows of a file: what is in doubt weighs most, then what was not sent, then what is wrong."""
    families = {linha.erro.split(".")[0] for linha in linhas if linha.erro}
    if not families:
        return OK
    if OutcomeUnknown.default_code in families:
        return UNKNOWN_OUTCOME
    by_family: tuple[tuple[type[AppError], int], ...] = (
        (CredentialError, CREDENTIAL),
        (BankUnavailable, UNAVAILABLE),
        (PrintError, LOCAL),
    )
    return next((code for kind, code in by_family if families == {kind.default_code}), PARTIAL)


def for_respostas(respostas: Sequence[RespostaPonte]) -> int:
    """The status for several files; one that could not be read counts as a faulty row."""
    if any(resposta.erro for resposta in respostas):
        return PARTIAL
    return for_linhas([linha for resposta in respostas for linha in resposta.linhas])


def for_results(resultados: Sequence[Resultado | ResultadoPagamento]) -> int:
    """The status for a batch: what is in doubt weighs most."""
    desfechos = {resultado.desfecho for resultado in resultados}
    if desfechos & {Desfecho.A_CONFIRMAR, Desfecho.AGUARDANDO}:
        return UNKNOWN_OUTCOME
    not_done = [r for r in resultados if r.desfecho is not Desfecho.CONFIRMADA]
    if not not_done:
        return LOCAL if any(resultado.codigo for resultado in resultados) else OK
    families = {resultado.codigo.split(".")[0] for resultado in not_done}
    if families == {CredentialError.default_code}:
        return CREDENTIAL
    if families == {BankUnavailable.default_code}:
        return UNAVAILABLE
    return PARTIAL
