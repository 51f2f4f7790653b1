"""The instructions of protest (1 order, 4 do not send, 9 stay) and negativação (2 include, 5 do not, 10 exclude).

Numbering and refusals: API guide §5.4 as production clients use it; CNAB 400 manual of July 2021 (codes in brackets).
"""

from __future__ import annotations

from typing import Any

from bancointegra.simulator.emission_rules import check_protest
from bancointegra.simulator.instruction_changes import Change
from bancointegra.simulator.model import Cobranca, Etapa

_ORDER_PROTEST, _NO_PROTEST, _STAY_PROTEST = 1, 4, 9
_ORDER_NEGATIVACAO, _NO_NEGATIVACAO, _EXCLUDE_NEGATIVACAO = 2, 5, 10
_DO_NOT, _CANCELLED = 2, 3
"""The numbering of answers for what was called off before it began, and after."""


def order_protest(change: Change) -> dict[str, Any]:
    code, days = _read(change, "protesto")
    boleto = change.boleto
    change.refuse_if(code not in (_ORDER_PROTEST, _NO_PROTEST, _STAY_PROTEST), "Código de protesto inválido")
    if code == _ORDER_PROTEST:
        change.refuse_if(not 1 <= days <= 99, "Quantidade de dias para protesto inválida")
        change.refuse_if(boleto.protesto.etapa is not Etapa.NENHUMA, "Mesma instrução já registrada para o título")
        _check_free(change, boleto.negativacao, "Título já negativado")
        change.refuse(check_protest(boleto.especie, boleto.seu_numero, boleto.pagador["endereco"]["numero_CEP"]))
        boleto.protesto.order(days, change.today)
        change.note("INSTRUCAO DE PROTESTO", after=days)
        return _block("protesto", boleto.protesto)
    _check_something_to_cancel(change, boleto.protesto, "Não existe instrução de protesto para o título")
    if boleto.protesto.etapa is not Etapa.INSTRUIDA:
        is_recorded = boleto.protesto.etapa is Etapa.CONCLUIDA and not change.switches.cancel_recorded_protest
        change.refuse_if(code == _NO_PROTEST or is_recorded, "Ordem de protesto já enviada ao cartório")
    was_running = boleto.protesto.is_running
    boleto.protesto.cancel(_CANCELLED if was_running else _DO_NOT, change.today)
    change.note("SUSTACAO DE PROTESTO" if was_running else "CANCELAMENTO INSTRUCAO DE PROTESTO")
    return _block("protesto", boleto.protesto)


def order_negativacao(change: Change) -> dict[str, Any]:
    code, days = _read(change, "negativacao")
    boleto = change.boleto
    known = (_ORDER_NEGATIVACAO, _NO_NEGATIVACAO, _EXCLUDE_NEGATIVACAO)
    change.refuse_if(code not in known, "Código de negativação inválido")
    if code == _ORDER_NEGATIVACAO:
        change.refuse_if(not 2 <= days <= 99, "Quantidade de dias para negativação inválida")
        change.refuse_if(boleto.negativacao.etapa is not Etapa.NENHUMA, "Mesma instrução já registrada para o título")
        _check_free(change, boleto.protesto, "Título em protesto")
        boleto.negativacao.order(days, change.today)
        change.note("INSTRUCAO DE NEGATIVACAO", after=days)
        return _block("negativacao", boleto.negativacao)
    _check_something_to_cancel(change, boleto.negativacao, "Não existe instrução de negativação para o título")
    was_running = boleto.negativacao.is_running
    change.refuse_if(was_running and code == _NO_NEGATIVACAO, "Título já entrou em negativação")
    boleto.negativacao.cancel(_CANCELLED if was_running else _DO_NOT, change.today)
    change.note("EXCLUSAO DE NEGATIVACAO" if was_running else "CANCELAMENTO INSTRUCAO DE NEGATIVACAO")
    return _block("negativacao", boleto.negativacao)


def _read(change: Change, name: str) -> tuple[int, int]:
    """Code and days of the block; which values are allowed is a rule, not a matter of shape."""
    block = change.body.block(name, required=True)
    code = block.integer(f"codigo_tipo_{name}", 0, 99, required=True) if block else 0
    days = block.integer(f"quantidade_dias_{name}", 0, 999) if block else 0
    change.check_shape()
    return code, days


def _check_free(change: Change, other: Cobranca, running_text: str) -> None:
    """Protest and negativação exclude each other [42, 45]."""
    change.refuse_if(other.is_running, running_text)
    change.refuse_if(other.etapa is Etapa.INSTRUIDA, "Instrução incompatível com outra existente para o título")


def _check_something_to_cancel(change: Change, cobranca: Cobranca, mensagem: str) -> None:
    change.refuse_if(cobranca.etapa is Etapa.NENHUMA, mensagem)


def _block(name: str, cobranca: Cobranca) -> dict[str, Any]:
    return {name: {f"codigo_tipo_{name}": cobranca.tipo, f"quantidade_dias_{name}": cobranca.dias}}
