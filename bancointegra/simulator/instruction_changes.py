"""Instructions that change a boleto: dates, value, charges, people.

Each handler reads its body, checks the rules, changes the boleto in memory and gives back the changed block.
Refusals: API guide; CNAB 400 manual of July 2021, tables of alteration and instruction (its codes in brackets).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bancointegra.simulator.answers import Campo, broken_rules, invalid_fields, mainframe
from bancointegra.simulator.blocks import (
    read_desconto,
    read_juros,
    read_multa,
    read_person,
    read_recebimento_divergente,
)
from bancointegra.simulator.charges import largest_desconto
from bancointegra.simulator.emission import write_bars
from bancointegra.simulator.emission_rules import (
    DESCONTO_TOO_LARGE,
    LARGEST_VALUE,
    check_charges,
    check_desconto,
    check_limit,
)
from bancointegra.simulator.formats import DOTTED
from bancointegra.simulator.history import note
from bancointegra.simulator.model import Account, Boleto
from bancointegra.simulator.reading import FieldReader
from bancointegra.simulator.rendering import OPERADOR
from bancointegra.simulator.switches import Switches

_LARGEST_ABATIMENTO = Decimal("0.9")


@dataclass(frozen=True, slots=True)
class Change:
    """One instruction under way on ``boleto``."""

    boleto: Boleto
    account: Account
    body: FieldReader
    campos: list[Campo]
    today: date
    switches: Switches

    def check_shape(self) -> None:
        """Raise the 400 answer when reading found faults."""
        if self.campos:
            raise invalid_fields(self.campos)

    def read_date(self, key: str) -> date:
        """The one date an instruction consists of. Raises the 400 answer when it is missing or no date."""
        wanted = self.body.date(key, required=True)
        if wanted is None:
            raise invalid_fields(self.campos)
        return wanted

    def refuse_if(self, is_broken: bool, mensagem: str) -> None:
        """Raise the mainframe's refusal when a rule is broken."""
        if is_broken:
            raise broken_rules([mainframe(mensagem)])

    def refuse(self, campos: list[Campo]) -> None:
        """Raise the 422 answer when there are ``campos``."""
        if campos:
            raise broken_rules(campos)

    def check_not_in_collection(self) -> None:
        """[81] some things stand still while protest or negativação runs."""
        running = self.boleto.protesto.is_running or self.boleto.negativacao.is_running
        self.refuse_if(running, "Alteração bloqueada por protesto ou negativação")

    def note(self, operacao: str, before: object = "", after: object = "") -> None:
        note(self.boleto, self.today, operacao, before=str(before), after=str(after), by=OPERADOR, canal="API")

    def largest_desconto(self) -> int:
        return largest_desconto(self.boleto.desconto, self.boleto.valor, self.boleto.vencimento, self.boleto.emissao)


Handler = Callable[[Change], dict[str, Any]]


def change_vencimento(change: Change) -> dict[str, Any]:
    boleto = change.boleto
    wanted = change.read_date("data_vencimento")
    change.check_not_in_collection()
    change.refuse_if(wanted == boleto.vencimento, "Novo vencimento igual ao do título")
    change.refuse_if(wanted < change.today, "Novo vencimento torna o título vencido")
    change.refuse_if(wanted > boleto.limite, "Vencimento maior que a data limite de pagamento")
    change.note("ALTERACAO DATA VENCIMENTO", boleto.vencimento, wanted)
    boleto.vencimento = wanted
    boleto.alteracoes_vencimento += 1
    write_bars(boleto, change.account)
    return {"data_vencimento": wanted.isoformat()}


def change_limite(change: Change) -> dict[str, Any]:
    wanted = change.read_date("data_limite_pagamento")
    change.refuse(check_limit(wanted, change.boleto.vencimento, "data_limite_pagamento"))
    change.refuse_if(wanted < change.today, "Data limite de pagamento menor que a data atual")
    change.note("ALTERACAO DATA LIMITE PAGAMENTO", change.boleto.limite, wanted)
    change.boleto.limite = wanted
    return {"data_limite_pagamento": wanted.isoformat()}


def change_valor(change: Change) -> dict[str, Any]:
    boleto = change.boleto
    wanted = change.body.money("valor_titulo", required=True)
    change.check_shape()
    change.check_not_in_collection()
    change.refuse_if(wanted == 0, "Valor do título inválido")
    change.refuse_if(wanted == boleto.valor, "Conteúdo da alteração igual ao do título")
    change.refuse_if(wanted <= boleto.abatimento + change.largest_desconto(), DESCONTO_TOO_LARGE)
    too_large = change.switches.limit_ten_million and wanted > LARGEST_VALUE
    change.refuse_if(too_large, "Valor do título maior que o permitido")
    change.note("ALTERACAO VALOR TITULO", DOTTED.write_money(boleto.valor), DOTTED.write_money(wanted))
    boleto.valor = wanted
    write_bars(boleto, change.account)
    return {"valor_titulo": wanted}


def change_abatimento(change: Change) -> dict[str, Any]:
    """Grant an abatimento; zero cancels the one there is."""
    boleto = change.boleto
    wanted = change.body.money("valor_abatimento", required=True)
    change.check_shape()
    change.check_not_in_collection()
    change.refuse_if(not wanted and not boleto.abatimento, "Cancelamento de instrução inexistente")
    change.refuse_if(wanted + change.largest_desconto() >= boleto.valor, DESCONTO_TOO_LARGE)
    change.refuse_if(wanted > boleto.valor * _LARGEST_ABATIMENTO, "Abatimento maior que 90% do valor do título")
    operacao = "CONCESSAO ABATIMENTO" if wanted else "CANCELAMENTO ABATIMENTO"
    change.note(operacao, DOTTED.write_money(boleto.abatimento), DOTTED.write_money(wanted))
    boleto.abatimento = wanted
    return {"valor_abatimento": wanted}


def change_seu_numero(change: Change) -> dict[str, Any]:
    boleto = change.boleto
    wanted = change.body.alphanumeric("texto_seu_numero", 10, required=True)
    change.check_shape()
    change.check_not_in_collection()
    change.refuse_if(wanted == boleto.seu_numero, "Seu número igual ao do título")
    change.note("ALTERACAO SEU NUMERO", boleto.seu_numero, wanted)
    boleto.seu_numero = wanted
    return {"texto_seu_numero": wanted}


def change_juros(change: Change) -> dict[str, Any]:
    block = change.body.block("juros", required=True)
    wanted = read_juros(block) if block else None
    change.check_shape()
    change.refuse(check_charges(None, wanted, change.boleto.valor, change.switches, ""))
    change.note("ALTERACAO JUROS")
    change.boleto.juros = wanted
    return {"juros": wanted or {"codigo_tipo_juros": "05"}}


def change_multa(change: Change) -> dict[str, Any]:
    block = change.body.block("multa", required=True)
    wanted = read_multa(block) if block else None
    change.check_shape()
    change.refuse(check_charges(wanted, None, change.boleto.valor, change.switches, ""))
    change.note("ALTERACAO MULTA")
    change.boleto.multa = wanted
    return {"multa": wanted or {"codigo_tipo_multa": "03"}}


def change_desconto(change: Change) -> dict[str, Any]:
    boleto = change.boleto
    block = change.body.block("desconto", required=True)
    wanted = read_desconto(block) if block else None
    change.check_shape()
    change.refuse(
        check_desconto(
            wanted,
            abatimento=boleto.abatimento,
            valor=boleto.valor,
            emissao=boleto.emissao,
            vencimento=boleto.vencimento,
            path="",
        )
    )
    change.note("ALTERACAO DATA DESCONTO")
    boleto.desconto = wanted
    return {"desconto": wanted or {"codigo_tipo_desconto": "00"}}


def change_recebimento(change: Change) -> dict[str, Any]:
    block = change.body.block("recebimento_divergente", required=True)
    wanted = read_recebimento_divergente(block)
    change.check_shape()
    change.note("ALTERACAO RECEBIMENTO DIVERGENTE")
    change.boleto.recebimento = wanted
    return {"recebimento_divergente": wanted}


def change_pagador(change: Change) -> dict[str, Any]:
    """Change the person, the address or the e-mail of the payer; what is absent stays."""
    block = change.body.block("pagador", required=True)
    wanted = read_person(block, label="pagador", partial=True) if block else {}
    if block and block.has("texto_endereco_email"):
        wanted["texto_endereco_email"] = block.email("texto_endereco_email", required=True)
    if block and not wanted:
        block.fail("pessoa", "Nenhum dado do pagador informado")
    change.check_shape()
    change.note("ALTERACAO DADOS PAGADOR")
    change.boleto.pagador |= wanted
    return {"pagador": change.boleto.pagador}


def change_sacador(change: Change) -> dict[str, Any]:
    """Set or remove the sacador avalista."""
    is_removal = change.body.boolean("exclusao_sacador_avalista")
    block = change.body.block("sacador_avalista", required=not is_removal)
    wanted = read_person(block, label="sacador avalista") if block and not is_removal else None
    change.check_shape()
    change.note("ALTERACAO DADOS BENEFICIARIO FINAL")
    change.boleto.sacador = wanted
    return {"sacador_avalista": wanted or {}}


CHANGES: Mapping[str, Handler] = {
    "data_vencimento": change_vencimento,
    "data_limite_pagamento": change_limite,
    "valor_nominal": change_valor,
    "abatimento": change_abatimento,
    "seu_numero": change_seu_numero,
    "juros": change_juros,
    "multa": change_multa,
    "desconto": change_desconto,
    "recebimento_divergente": change_recebimento,
    "pagador": change_pagador,
    "sacador_avalista": change_sacador,
}
