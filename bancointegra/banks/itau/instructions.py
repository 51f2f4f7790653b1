"""Instructions at Itaú (``PATCH /boletos/{chave}/{instrução}``): what is sent, and what the answer means. Pure.

Fields: the bank's OpenAPI "API Boletos - Emissão e Instrução" 2.75.147 and its Postman snippets. Numbers are dotted
decimals here, unlike in the emission, and nothing is wrapped in ``data``.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from bancointegra.banks.http import Reply, UnreadableAnswer
from bancointegra.banks.itau.errors import read_error_body
from bancointegra.banks.itau.mapping import DECIMAIS, EncargosMapper, Json, dotted_money
from bancointegra.banks.itau.options import ItauOptions
from bancointegra.banks.node import Node
from bancointegra.domain.instrucao import (
    Aceite,
    AlterarAbatimento,
    AlterarDataLimite,
    AlterarDesconto,
    AlterarJuros,
    AlterarMulta,
    AlterarSeuNumero,
    AlterarValor,
    AlterarVencimento,
    Baixar,
    CancelarProtesto,
    PedidoInstrucao,
    Protestar,
)

_ACCEPTED_CODE = "200"


@dataclass(frozen=True, slots=True)
class Comando:
    """One PATCH: the last part of its path, and its body (None: no body)."""

    nome: str
    corpo: Json | None


class InstrucaoMapper:
    """Writes the PATCH of an instruction."""

    def __init__(self, options: ItauOptions) -> None:
        self._options = options
        self._blocks = EncargosMapper(
            DECIMAIS, options.encargos_por_data_na_instrucao, options.desconto_por_data_na_instrucao
        )

    def comando(self, pedido: PedidoInstrucao) -> Comando:
        match pedido.instrucao:
            case AlterarVencimento(vencimento):
                return Comando("data_vencimento", {"data_vencimento": vencimento.isoformat()})
            case AlterarDataLimite(data_limite):
                return Comando("data_limite_pagamento", {"data_limite_pagamento": data_limite.isoformat()})
            case AlterarValor(valor):
                return Comando("valor_nominal", {"valor_titulo": dotted_money(valor)})
            case AlterarAbatimento(abatimento):
                return Comando("abatimento", {"valor_abatimento": dotted_money(abatimento)})
            case AlterarSeuNumero(seu_numero):
                return Comando("seu_numero", {"texto_seu_numero": seu_numero})
            case AlterarMulta(multa):
                return self._encargo("multa", self._blocks.multa(multa, pedido.vencimento))
            case AlterarJuros(juros):
                return self._encargo("juros", self._blocks.juros(juros, pedido.vencimento))
            case AlterarDesconto(tipo, descontos):
                block = self._blocks.desconto(tipo, descontos, pedido.vencimento)
                return Comando("desconto", {"desconto": block})
            case Baixar():
                return Comando("baixa", None)
            case Protestar() as protestar:
                dias = protestar.dias_apos(pedido.vencimento)
                return _protesto(self._options.codigo_protestar, quantidade_dias_protesto=dias)
            case CancelarProtesto():
                return _protesto(self._options.codigo_sustar_protesto)

    def _encargo(self, nome: str, block: Json) -> Comando:
        return Comando(nome, {nome: block} if self._options.encargos_em_bloco else block)


def _protesto(codigo: int, **fields: int) -> Comando:
    return Comando("protesto", {"protesto": {"codigo_tipo_protesto": codigo, **fields}})


def read_aceite(reply: Reply, comando: Comando) -> Aceite:
    """What a 2xx answer to ``comando`` means, told by its shape; no words of the bank are compared.

    204 is done, and so is an answer that repeats what was changed. The code 200 with a word of the mainframe is an
    instruction that waits for the bank's manager. Raises ``UnreadableAnswer`` for anything else, 202 excluded: that
    is the caller's.
    """
    if reply.status == HTTPStatus.NO_CONTENT:
        return Aceite.FEITA
    envelope = Node(reply.json())
    content = envelope.node("data") if "data" in envelope else envelope
    if "codigo" in content or "campos" in content:
        words = read_error_body(reply)
        if content.text("codigo") == _ACCEPTED_CODE and words is not None and words.is_from_mainframe:
            return Aceite.AGUARDANDO_APROVACAO
        raise UnreadableAnswer("a resposta não diz se a instrução foi feita")
    if any(key in content for key in (comando.nome, *(comando.corpo or ()))):
        return Aceite.FEITA
    raise UnreadableAnswer("a resposta não traz o que foi alterado")
