"""The business rules of an emission: what the bank answers with 422.

Sources: API guide of emission; CNAB 400 manual of July 2021, tables 1-2 (the wording of the mainframe's refusals).
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bancointegra.simulator.answers import Campo, broken_rules, mainframe
from bancointegra.simulator.ceps import is_cep, is_cep_of
from bancointegra.simulator.charges import desconto_date, largest_desconto, percent_of
from bancointegra.simulator.emission_shape import EmissionRequest
from bancointegra.simulator.model import Account
from bancointegra.simulator.numbering import account_dac
from bancointegra.simulator.switches import Switches

OLDEST_DUE_DAYS = 360
LIMIT_YEARS = 10
LARGEST_VALUE = 1_000_000_000
_SMALLEST_CHARGE = 1
_MONTHS = {"90": Decimal(1), "91": Decimal(30), "92": Decimal(1) / 12}
_DADO = "data.dado_boleto"
_ITEM = f"{_DADO}.dados_individuais_boleto[0]"

DESCONTO_TOO_LARGE = "Soma de abatimento e desconto deve ser menor que o valor do título"
NOT_PROTESTABLE = frozenset({"18", "33"})
"""Espécies that are no debt: boleto proposta and boleto depósito-aporte."""


def add_years(day: date, years: int) -> date:
    """The same day ``years`` later; 29 February becomes 28 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def check_emission(request: EmissionRequest, account: Account, today: date, switches: Switches) -> None:
    """Raise the 422 answer with every rule that ``request`` breaks."""
    campos = [
        *_check_account(request, account),
        *_check_dates(request, today, switches),
        *_check_value(request, switches),
        *check_charges(request.multa, request.juros, request.valor, switches, f"{_DADO}."),
        *_check_desconto(request),
        *_check_collection(request, switches),
    ]
    if campos:
        raise broken_rules(campos)


def _check_account(request: EmissionRequest, account: Account) -> list[Campo]:
    campos = []
    if account.dac != account_dac(account.agencia, account.conta):
        campos.append(Campo("data.beneficiario.id_beneficiario", "DAC da conta inválido", request.id_beneficiario))
    if request.carteira not in account.carteiras:
        campos.append(Campo(f"{_DADO}.codigo_carteira", "Carteira não permitida", request.carteira))
    if request.pagamento_parcial and request.carteira == "109":
        campos.append(Campo(f"{_DADO}.pagamento_parcial", "Pagamento parcial não permitido para a carteira", "true"))
    return campos


def _check_dates(request: EmissionRequest, today: date, switches: Switches) -> list[Campo]:
    campos = []
    emissao, vencimento = request.emissao, request.vencimento
    if emissao > today:
        campos.append(Campo(f"{_DADO}.data_emissao", "Data de emissão maior que a data atual", f"{emissao}"))
    if emissao > vencimento:
        campos.append(Campo(f"{_DADO}.data_emissao", "Data de emissão maior que a de vencimento", f"{emissao}"))
    if vencimento < today - timedelta(days=OLDEST_DUE_DAYS):
        text = f"Vencimento menor que prazo mínimo para carteira - (-{OLDEST_DUE_DAYS} dias)"
        campos.append(Campo(f"{_ITEM}.data_vencimento", text, f"{vencimento}"))
    elif vencimento < today and not switches.allow_past_due:
        campos.append(Campo(f"{_ITEM}.data_vencimento", "Data de vencimento menor que a data atual", f"{vencimento}"))
    return campos + check_limit(request.limite, vencimento, f"{_ITEM}.data_limite_pagamento")


def check_limit(limite: date | None, vencimento: date, campo: str) -> list[Campo]:
    """The last day of payment lies between the due date and ten years later."""
    if limite is None:
        return []
    if limite < vencimento:
        return [Campo(campo, "Data limite de pagamento menor que a de vencimento", f"{limite}")]
    if limite > add_years(vencimento, LIMIT_YEARS):
        return [Campo(campo, "Data limite de pagamento maior que 10 anos após o vencimento", f"{limite}")]
    return []


def _check_value(request: EmissionRequest, switches: Switches) -> list[Campo]:
    if request.valor == 0:
        return [Campo(f"{_ITEM}.valor_titulo", "Valor do título deve ser maior que zero", "0")]
    if switches.limit_ten_million and request.valor > LARGEST_VALUE:
        return [mainframe("Valor do título maior que o permitido")]
    return []


def check_charges(
    multa: dict[str, Any] | None, juros: dict[str, Any] | None, valor: int, switches: Switches, path: str
) -> list[Campo]:
    """Multa and juros of more than R$ 0,01, and juros under the ceiling of the contract."""
    campos = []
    for name, block in (("multa", multa), ("juros", juros)):
        if block is None:
            continue
        amount = Decimal(block.get(f"valor_{name}", 0)) or percent_of(valor, block.get(f"percentual_{name}", 0))
        if amount <= _SMALLEST_CHARGE:
            campos.append(Campo(f"{path}{name}", f"Valor de {name} deve ser maior que R$ 0,01"))
    if juros and _monthly(juros, valor) > percent_of(valor, switches.juros_ceiling_percent * 100_000):
        campos.append(mainframe("Juros de mora maior que o permitido"))
    return campos


def _monthly(juros: dict[str, Any], valor: int) -> Decimal:
    """What the juros cost a month, in cents."""
    if "valor_juros" in juros:
        return Decimal(juros["valor_juros"]) * 30
    return percent_of(valor, juros["percentual_juros"]) * _MONTHS[juros["codigo_tipo_juros"]]


def check_desconto(
    desconto: dict[str, Any] | None, *, abatimento: int, valor: int, emissao: date, vencimento: date, path: str
) -> list[Campo]:
    """Abatimento and largest discount below the value; discount dates between emission and due date."""
    campos = []
    for item in desconto["descontos"] if desconto else []:
        day = desconto_date(item, vencimento)
        if not emissao <= day <= vencimento:
            campos.append(
                Campo(f"{path}desconto", "Data de desconto deve estar entre a emissão e o vencimento", f"{day}")
            )
    if abatimento + largest_desconto(desconto, valor, vencimento, emissao) >= valor > 0:
        campos.append(Campo(f"{path}valor_abatimento", DESCONTO_TOO_LARGE))
    return campos


def _check_desconto(request: EmissionRequest) -> list[Campo]:
    return check_desconto(
        request.desconto,
        abatimento=request.abatimento,
        valor=request.valor,
        emissao=request.emissao,
        vencimento=request.vencimento,
        path=f"{_DADO}.",
    )


def _check_collection(request: EmissionRequest, switches: Switches) -> list[Campo]:
    campos = []
    endereco = request.pagador["endereco"]
    if switches.check_cep_uf and not is_cep_of(endereco["numero_CEP"], endereco["sigla_UF"]):
        campos.append(mainframe("CEP incompatível com a sigla da unidade da federação"))
    if request.dias_protesto:
        campos += check_protest(request.especie, request.seu_numero, endereco["numero_CEP"])
    if request.dias_protesto and request.dias_negativacao:
        campos.append(mainframe("Instruções de protesto e de negativação são incompatíveis"))
    return campos


def check_protest(especie: str, seu_numero: str, cep: str) -> list[Campo]:
    """What a title needs to be protested."""
    campos = []
    if especie in NOT_PROTESTABLE:
        campos.append(mainframe("Espécie do título não permite a instrução"))
    if not seu_numero:
        campos.append(mainframe("Seu número obrigatório para protesto"))
    if not is_cep(cep):
        campos.append(mainframe("CEP do pagador inválido para protesto"))
    return campos
