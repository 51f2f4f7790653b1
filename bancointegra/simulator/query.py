"""The query of a boleto, on its own host: list and page, dotted decimals, the production vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bancointegra.simulator.answers import BankAnswer, Campo, forbidden, not_found
from bancointegra.simulator.formats import DOTTED
from bancointegra.simulator.gateway import Gateway
from bancointegra.simulator.model import Account, Boleto, Cobranca, Etapa, Situacao
from bancointegra.simulator.rendering import OPERADOR, beneficiario, dado_boleto, dados_individuais
from bancointegra.simulator.state import Bank

_PARAMETERS = {"id_beneficiario": 12, "codigo_carteira": 3, "nosso_numero": 8}
_VIEWS = ("basico", "basic", "completo", "full", "specific")
_DETAILED_VIEWS = ("completo", "full", "specific")
_PAGE_SIZE = 10
_VOCABULARIES = {
    "production": {
        Situacao.ABERTO: "Em Aberto",
        Situacao.DEVOLVIDO: "Pagamento Devolvido",
        Situacao.PAGO: "Paga",
        Situacao.LIQUIDADO: "Baixada",
        Situacao.BAIXADO: "Baixada",
    },
    "openapi": {
        Situacao.ABERTO: "Em Aberto",
        Situacao.DEVOLVIDO: "Pagamento Rejeitado",
        Situacao.PAGO: "Pago",
        Situacao.LIQUIDADO: "Liquidado",
        Situacao.BAIXADO: "Baixado",
    },
}
_CODES = {
    Situacao.ABERTO: "01",
    Situacao.DEVOLVIDO: "08",
    Situacao.PAGO: "06",
    Situacao.LIQUIDADO: "10",
    Situacao.BAIXADO: "09",
}


class Query:
    def __init__(self, bank: Bank, gateway: Gateway) -> None:
        self._bank = bank
        self._gateway = gateway

    def find(self, client_id: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        """Handle a ``GET /boletos``; status and JSON of the answer (None: no body). Raises the bank's refusals."""
        _check_parameters(parameters)
        id_beneficiario, carteira, nosso_numero = (parameters[name] for name in _PARAMETERS)
        account = self._gateway.check_account(client_id, id_beneficiario)
        found = self._bank.register.find(id_beneficiario, carteira, nosso_numero)
        visible = [boleto for boleto in found if self._is_visible(boleto)]
        if not visible:
            if found and self._bank.switches.lag_answer == "403":
                raise forbidden()
            return self._nothing()
        is_detailed = parameters.get("view") in _DETAILED_VIEWS
        items = [DOTTED.render(self._item(boleto, account, is_detailed=is_detailed)) for boleto in visible]
        return 200, self._paged(items)

    def _is_visible(self, boleto: Boleto) -> bool:
        lag = timedelta(seconds=self._bank.switches.visibility_lag)
        return not lag or self._bank.clock.now() >= datetime.fromisoformat(boleto.registrado_em) + lag

    def _nothing(self) -> tuple[int, Any]:
        mode = self._bank.switches.not_found
        if mode == "404":
            raise not_found()
        return (204, None) if mode == "204" else (200, self._paged([]))

    def _paged(self, items: list[Any]) -> dict[str, Any]:
        page = {
            "page": 0,
            "total_pages": 1 if items else 0,
            "total_elements": len(items),
            "page_size": _PAGE_SIZE,
            "links": {"first": "", "last": "", "previous": "", "next": ""},
        }
        return {"data": items, self._bank.switches.pagination_key: page}

    def _item(self, boleto: Boleto, account: Account, *, is_detailed: bool) -> dict[str, Any]:
        switches = self._bank.switches
        dado = dado_boleto(boleto, switches)
        dado |= {
            "codigo_situacao_geral_boleto_cobranca": _CODES[boleto.situacao],
            "quantidade_alteracao_vencimento": boleto.alteracoes_vencimento,
            "indicador_bloqueio": "N",
            "indicador_envio_camara_interbancaria_pagamentos": "S",
            "data_hora_inclusao_boleto_cobranca": boleto.registrado_em,
            "protesto": _collection(boleto.protesto, "protesto"),
            "negativacao": _collection(boleto.negativacao, "negativacao"),
        }
        if is_detailed:
            dado |= {"pagamentos_cobranca": boleto.pagamentos, "historico": boleto.historico}
            if boleto.baixa:
                dado["baixa"] = boleto.baixa
        individual = self._individual(boleto)
        dado["dados_individuais_boleto"] = individual if switches.individual_as_object else [individual]
        if not switches.uppercase_address_keys:
            for name in ("pagador", "sacador_avalista"):
                if name in dado:
                    dado[name] = _lowercase_address(dado[name])
        is_open = boleto.situacao.is_payable
        return {
            "id_boleto": boleto.id_boleto,
            "etapa_processo_boleto": "efetivacao",
            "codigo_operador": OPERADOR,
            "codigo_canal_operacao": "API",
            "beneficiario": beneficiario(account),
            "dado_boleto": dado,
            "acoes_permitidas": {
                "emitir_segunda_via": is_open,
                "comandar_instrucao_alterar_dados_cobranca": is_open,
            },
        }

    def _individual(self, boleto: Boleto) -> dict[str, Any]:
        switches = self._bank.switches
        is_overdue = boleto.vencimento < self._bank.clock.today()
        content = dados_individuais(boleto)
        content |= {
            "situacao_geral_boleto": _VOCABULARIES[switches.vocabulary][boleto.situacao],
            "status_vencimento": "Vencido" if is_overdue else "A vencer",
            "mensagens_cobranca": content.pop("lista_mensagens_cobranca"),
        }
        if switches.unpadded_nosso_numero:
            content["numero_nosso_numero"] = boleto.nosso_numero.lstrip("0")
        return content


def _check_parameters(parameters: Mapping[str, str]) -> None:
    campos = []
    for name, length in _PARAMETERS.items():
        value = parameters.get(name, "")
        if not value:
            campos.append(Campo(name, "não pode ser nulo ou vazio", "null"))
        elif len(value) != length or not (value.isascii() and value.isdigit()):
            campos.append(Campo(name, f"deve conter {length} dígitos", value))
    view = parameters.get("view", _VIEWS[0])
    if view not in _VIEWS:
        campos.append(Campo("view", f"deve ser um de: {', '.join(_VIEWS)}", view))
    if campos:
        raise BankAnswer(400, "Erros de validação", campos)


def _collection(cobranca: Cobranca, name: str) -> dict[str, Any]:
    """Protest or negativação in the numbering of answers."""
    if not cobranca.tipo:
        return {}
    content: dict[str, Any] = {
        f"codigo_tipo_{name}": cobranca.tipo,
        f"quantidade_dias_{name}": cobranca.dias,
        "descricao": cobranca.etapa.name.replace("_", " ").capitalize(),
    }
    if cobranca.etapa in (Etapa.EM_ANDAMENTO, Etapa.CONCLUIDA):
        content[f"codigo_situacao_{name}"] = cobranca.etapa.value
    return content


def _lowercase_address(person: dict[str, Any]) -> dict[str, Any]:
    return {**person, "endereco": {key.lower(): value for key, value in person["endereco"].items()}}
