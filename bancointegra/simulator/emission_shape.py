"""The shape of an emission: what the bank answers with 400, all faulty fields at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bancointegra.simulator.answers import Campo, invalid_fields
from bancointegra.simulator.blocks import (
    read_desconto,
    read_juros,
    read_multa,
    read_person,
    read_recebimento_divergente,
)
from bancointegra.simulator.formats import EMISSION, EMISSION_OR_DOTTED
from bancointegra.simulator.numbering import NUMBERED_BY_BANK
from bancointegra.simulator.reading import MISSING, FieldReader
from bancointegra.simulator.switches import Switches

ESPECIES = frozenset(
    {
        "01", "02", "03", "04", "05", "06", "07", "08", "09", "13", "15", "16", "17", "18",
        "33", "88", "89", "90", "91", "92", "93", "94", "95", "96", "97", "98", "99",
    }
)  # fmt: skip
PROTESTAR, NEGATIVAR, NAO_RECEBER, BAIXAR = 1, 2, 7, 8
_INSTRUCOES = frozenset(map(str, (1, 2, 3, 4, 5, 7, 8, 25, *range(500, 999))))
_WITH_DAYS = (PROTESTAR, NEGATIVAR, NAO_RECEBER, BAIXAR)
_MAX_MENSAGENS = 9


@dataclass(slots=True)
class EmissionRequest:
    """An emission of sound shape. ``nosso_numero`` is empty when the bank is to choose it."""

    is_efetivacao: bool = False
    id_beneficiario: str = ""
    carteira: str = ""
    especie: str = ""
    nosso_numero: str = ""
    emissao: date = date.min
    vencimento: date = date.min
    limite: date | None = None
    valor: int = 0
    abatimento: int = 0
    seu_numero: str = ""
    uso_beneficiario: str = ""
    pagamento_parcial: bool = False
    pagador: dict[str, Any] = field(default_factory=dict)
    sacador: dict[str, Any] | None = None
    multa: dict[str, Any] | None = None
    juros: dict[str, Any] | None = None
    desconto: dict[str, Any] | None = None
    recebimento: dict[str, Any] = field(default_factory=dict)
    dias_protesto: int = 0
    dias_negativacao: int = 0
    instrucoes: list[dict[str, Any]] = field(default_factory=list)
    mensagens: list[str] = field(default_factory=list)
    extras: dict[str, Any] = field(default_factory=dict)


def read_emission(body: Any, switches: Switches) -> EmissionRequest:
    """Read the JSON body of a POST. Raises the 400 answer with every fault found."""
    campos: list[Campo] = []
    if not isinstance(body, Mapping) or not isinstance(body.get("data"), Mapping):
        raise invalid_fields([Campo("data", MISSING)])
    numbers = EMISSION_OR_DOTTED if switches.accept_decimals else EMISSION
    request = EmissionRequest()
    data = FieldReader(body["data"], "data", campos, numbers)
    _read_head(data, request)
    dado = data.block("dado_boleto", required=True)
    if dado:
        _read_boleto(dado, request)
        _read_charges(dado, request)
        _read_collection(dado, request, switches)
        _read_individual(dado, request)
    if campos:
        raise invalid_fields(campos)
    return request


def _read_head(data: FieldReader, request: EmissionRequest) -> None:
    etapa = data.code("etapa_processo_boleto", ("validacao", "efetivacao"), required=True)
    request.is_efetivacao = etapa == "efetivacao"
    data.code("codigo_canal_operacao", ("API",), required=True)
    beneficiario = data.block("beneficiario", required=True)
    if beneficiario:
        request.id_beneficiario = beneficiario.digits("id_beneficiario", 12, required=True)


def _read_boleto(dado: FieldReader, request: EmissionRequest) -> None:
    dado.code("descricao_instrumento_cobranca", ("boleto",), required=True)
    envio = dado.code("forma_envio", ("impressao", "email"))
    request.carteira = dado.digits("codigo_carteira", 3, required=True)
    request.especie = dado.code("codigo_especie", ESPECIES, required=True)
    request.emissao = dado.date("data_emissao", required=True) or date.min
    request.abatimento = dado.money("valor_abatimento")
    request.uso_beneficiario = dado.alphanumeric("texto_uso_beneficiario", 25)
    dado.money("valor_total_titulo")
    parcial = "pagamento_parcial" if dado.has("pagamento_parcial") else "indicador_pagamento_parcial"
    request.pagamento_parcial = dado.boolean(parcial)
    request.extras = {
        "tipo_boleto": dado.code("tipo_boleto", ("a vista", "proposta"), required=True),
        "forma_envio": envio or "impressao",
        "codigo_aceite": dado.code("codigo_aceite", ("S", "N"), default="N"),
        "codigo_tipo_vencimento": int(dado.code("codigo_tipo_vencimento", ("1", "3"), default="3")),
        "pagamento_parcial": request.pagamento_parcial,
        "quantidade_maximo_parcial": str(
            dado.integer("quantidade_maximo_parcial", 1, 99, required=True) if request.pagamento_parcial else 0
        ),
        "desconto_expresso": dado.boolean("desconto_expresso"),
    }
    pagador = dado.block("pagador", required=True)
    if pagador:
        request.pagador = read_person(pagador, label="pagador")
        by_email = envio == "email" and not dado.has("texto_endereco_email")
        email = pagador.email("texto_endereco_email", required=by_email)
        if email:
            request.pagador["texto_endereco_email"] = email
    sacador = dado.block("sacador_avalista")
    if sacador:
        request.sacador = read_person(sacador, label="sacador avalista")
    request.mensagens = _read_mensagens(dado)


def _read_mensagens(dado: FieldReader) -> list[str]:
    """Printed messages; guides name the list in two ways."""
    key = "mensagens_cobranca" if dado.has("mensagens_cobranca") else "lista_mensagem_cobranca"
    items = dado.blocks(key)
    if len(items) > _MAX_MENSAGENS:
        dado.fail(key, f"Máximo de {_MAX_MENSAGENS} mensagens")
    return [item.text("mensagem", 100, required=True) for item in items]


def _read_charges(dado: FieldReader, request: EmissionRequest) -> None:
    if multa := dado.block("multa"):
        request.multa = read_multa(multa)
    if juros := dado.block("juros"):
        request.juros = read_juros(juros)
    if desconto := dado.block("desconto"):
        request.desconto = read_desconto(desconto)
    request.recebimento = read_recebimento_divergente(dado.block("recebimento_divergente"))


def _read_collection(dado: FieldReader, request: EmissionRequest, switches: Switches) -> None:
    request.dias_protesto = _read_days(dado, "protesto", order=1, low=1)
    request.dias_negativacao = _read_days(dado, "negativacao", order=2, low=2)
    for item in dado.blocks("instrucao_cobranca"):
        instrucao = _read_instrucao(item)
        # The bank keeps the first ones and drops the rest without a word.
        if len(request.instrucoes) < switches.instruction_limit:
            request.instrucoes.append(instrucao)
    for instrucao in request.instrucoes:
        dias = instrucao["quantidade_dias_apos_vencimento"]
        if instrucao["codigo_instrucao_cobranca"] == PROTESTAR:
            request.dias_protesto = request.dias_protesto or dias
        if instrucao["codigo_instrucao_cobranca"] == NEGATIVAR:
            request.dias_negativacao = request.dias_negativacao or dias


def _read_days(dado: FieldReader, name: str, *, order: int, low: int) -> int:
    """Days of the block ``protesto`` or ``negativacao``, in either of its two shapes; 0 when it asks for nothing."""
    block = dado.block(name)
    if block is None:
        return 0
    if block.has(f"codigo_tipo_{name}"):
        wanted = block.code(f"codigo_tipo_{name}", (str(order), str(order + 3))) == str(order)
    else:
        wanted = block.boolean(name)
    return block.integer(f"quantidade_dias_{name}", low, 99, required=True) if wanted else 0


def _read_instrucao(item: FieldReader) -> dict[str, Any]:
    codigo = int(item.code("codigo_instrucao_cobranca", _INSTRUCOES, required=True) or 0)
    key = "quantidade_dias_apos_vencimento"
    if not item.has(key) and item.has("quantidade_dias_instrucao_cobranca"):
        key = "quantidade_dias_instrucao_cobranca"
    if codigo in _WITH_DAYS:
        limit = 365 if codigo == BAIXAR else 99
        dias = item.integer(key, 1, limit, required=True)
        if 99 < dias < 365:
            item.fail(key, "Deve ser um número de 1 a 99, ou 365")
    else:
        dias = item.integer(key, 0, 99)
    return {
        "codigo_instrucao_cobranca": codigo,
        "quantidade_dias_apos_vencimento": dias,
        "dia_util": item.boolean("dia_util"),
    }


def _read_individual(dado: FieldReader, request: EmissionRequest) -> None:
    items = dado.blocks("dados_individuais_boleto", required=True)
    if len(items) > 1:
        dado.fail("dados_individuais_boleto", "Envie um boleto por requisição")
    for item in items[:1]:
        request.nosso_numero = _read_nosso_numero(item, request.carteira)
        is_a_vista = request.extras["codigo_tipo_vencimento"] == 1
        # A boleto payable on sight without a date falls due on the day it was issued.
        request.vencimento = item.date("data_vencimento", required=not is_a_vista) or request.emissao
        request.limite = item.date("data_limite_pagamento") or dado.date("data_limite_pagamento")
        request.valor = item.money("valor_titulo", required=True)
        request.seu_numero = item.alphanumeric("texto_seu_numero", 10)
        request.uso_beneficiario = item.alphanumeric("texto_uso_beneficiario", 25) or request.uso_beneficiario


def _read_nosso_numero(item: FieldReader, carteira: str) -> str:
    by_bank = carteira in NUMBERED_BY_BANK
    number = item.digits("numero_nosso_numero", 8, required=not by_bank)
    if number.strip("0"):
        return number
    if number and not by_bank:
        item.fail("numero_nosso_numero", "Nosso número inválido")
    return ""
