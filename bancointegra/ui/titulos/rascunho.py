"""What stands in the form of a título, as typed, and the título it becomes. No window is needed for this module."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bancointegra.domain.boleto import Sacado
from bancointegra.domain.conta import ContaBancaria, TipoCobranca
from bancointegra.domain.edicao_titulo import DadosTitulo, com_vencimento, conferir_titulo
from bancointegra.domain.encargos import Encargos
from bancointegra.domain.errors import InputError
from bancointegra.domain.reais import Reais
from bancointegra.ui.integracao.alteracao import ATE
from bancointegra.ui.titulos.encargos import (
    ABATIMENTO,
    DESCONTO,
    JUROS,
    MULTA,
    EncargosEscritos,
    escritos_de,
    ler_encargos,
)

CONTA, TIPO = "Conta Bancária", "Tipo de Cobrança"
NUMERO, PARCELA, PAGADOR = "Número", "Parcela", "Pagador"
EMISSAO, VENCIMENTO, VALOR, OBSERVACAO = "Emissão", "Vencimento", "Valor", "Observação"
ESPECIE = "Espécie"
"""The names of the fields: what the screen labels them, and what errors call them."""

CAMPOS = (NUMERO, PARCELA, PAGADOR, EMISSAO, VENCIMENTO, VALOR, MULTA, JUROS, DESCONTO, ATE, ABATIMENTO, OBSERVACAO)
_WEEKDAYS = ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo")
_SEM_ENCARGOS = Encargos()

ContaComTipos = tuple[ContaBancaria, tuple[TipoCobranca, ...]]


@dataclass(frozen=True, slots=True)
class RascunhoTitulo:
    """The form as typed. ``emissao_texto`` and ``vencimento_texto`` are kept to name what is no date."""

    conta: ContaBancaria | None
    tipo_id: int | None
    numero: str
    parcela: str
    sacado: Sacado | None
    sacado_texto: str
    emissao: date | None
    emissao_texto: str
    vencimento: date | None
    vencimento_texto: str
    valor: str
    encargos: EncargosEscritos
    especie: str
    aceite: bool
    observacao: str


def rascunho_novo(conta: ContaBancaria | None, tipo_id: int | None, hoje: date) -> RascunhoTitulo:
    """An empty form, issued today with the charges of the account."""
    padrao = conta.encargos_padrao if conta else _SEM_ENCARGOS
    return RascunhoTitulo(
        conta=conta,
        tipo_id=tipo_id,
        numero="",
        parcela="",
        sacado=None,
        sacado_texto="",
        emissao=hoje,
        emissao_texto=_day(hoje),
        vencimento=None,
        vencimento_texto="",
        valor="",
        encargos=escritos_de(padrao, padrao),
        especie="01",
        aceite=False,
        observacao="",
    )


def rascunho_de(dados: DadosTitulo, conta: ContaBancaria) -> RascunhoTitulo:
    """The form that shows ``dados``."""
    return RascunhoTitulo(
        conta=conta,
        tipo_id=dados.tipo_cobranca_id,
        numero=dados.numero,
        parcela=dados.parcela,
        sacado=dados.sacado,
        sacado_texto=dados.sacado.nome,
        emissao=dados.emissao,
        emissao_texto=_day(dados.emissao),
        vencimento=dados.vencimento,
        vencimento_texto=_day(dados.vencimento),
        valor=str(dados.valor),
        encargos=escritos_de(dados.encargos, conta.encargos_padrao),
        especie=dados.especie,
        aceite=dados.aceite,
        observacao=dados.observacao,
    )


def copia(dados: DadosTitulo, hoje: date) -> DadosTitulo:
    """``dados`` for another título: without its number, issued today, due as many days later as the first was."""
    vencimento = max(dados.vencimento, hoje + (dados.vencimento - dados.emissao))
    return replace(com_vencimento(dados, vencimento), numero="", parcela="", emissao=hoje)


def ler_titulo(rascunho: RascunhoTitulo, base: DadosTitulo | None) -> DadosTitulo:
    """The título as typed, checked; what the form does not show is as in ``base``.

    Raises ``RuleError``, and ``InputError`` with a field of this form, or none.
    """
    conta, tipo_id, sacado = rascunho.conta, rascunho.tipo_id, rascunho.sacado
    if conta is None or tipo_id is None:
        raise InputError("Escolha a Conta Bancária e o Tipo de Cobrança.", field=CONTA if conta is None else TIPO)
    if not rascunho.numero.strip():
        raise InputError("Falta preencher Número.", field=NUMERO)
    if sacado is None:
        typed = rascunho.sacado_texto.strip()
        found = f"“{typed[:40]}” não foi escolhido na lista." if typed else "Falta o pagador."
        raise InputError(found, field=PAGADOR, hint="Escolha-o na lista ou cadastre-o com “+”.")
    emissao = _required(rascunho.emissao, rascunho.emissao_texto, EMISSAO)
    vencimento = _required(rascunho.vencimento, rascunho.vencimento_texto, VENCIMENTO)
    encargos = ler_encargos(rascunho.encargos, base.encargos if base else conta.encargos_padrao, conta.encargos_padrao)
    return conferir_titulo(
        DadosTitulo(
            conta_id=conta.id,
            tipo_cobranca_id=tipo_id,
            numero=rascunho.numero,
            parcela=rascunho.parcela,
            sacado=sacado,
            emissao=emissao,
            vencimento=vencimento,
            valor=_valor(rascunho.valor),
            encargos=encargos,
            especie=rascunho.especie,
            aceite=rascunho.aceite,
            observacao=rascunho.observacao,
        )
    )


def so_com_observacao(dados: DadosTitulo, rascunho: RascunhoTitulo) -> DadosTitulo:
    """What is asked of a título the bank knows: the same, with the note as typed."""
    return replace(dados, observacao=" ".join(rascunho.observacao.split()))


def field_of(error: InputError) -> str:
    """The field of this form that an error of any layer is about; empty when it names none of them."""
    return next((name for name in CAMPOS if name.casefold() == error.field.casefold()), "")


def nota_do_vencimento(vencimento: date, dia_util: date) -> str:
    """``domingo: pode ser pago até segunda, 01/02/2027``; the weekday alone on a banking day."""
    weekday = _WEEKDAYS[vencimento.weekday()]
    if dia_util == vencimento:
        return weekday
    return f"{weekday}, sem banco: pago até {_WEEKDAYS[dia_util.weekday()]}, {dia_util:%d/%m}"


def dia_com_semana(dia: date) -> str:
    """``20/12/2026, domingo``."""
    return f"{_day(dia)}, {_WEEKDAYS[dia.weekday()]}"


def nota_do_sacado(sacado: Sacado | None) -> str:
    """``12.ABC.345/01DE-35 · Curitiba/PR``."""
    return f"{sacado.documento.formatado} · {sacado.endereco.cidade}/{sacado.endereco.uf}" if sacado else ""


def nota_da_emissao(emissao: date | None, hoje: date) -> str:
    """What to know of an issue date to come: the bank takes it on that day at the earliest."""
    return "no futuro: só poderá ser registrado nesse dia" if emissao and emissao > hoje else ""


def _required(value: date | None, texto: str, campo: str) -> date:
    if value is not None:
        return value
    typed = texto.strip()
    message = f"“{typed[:40]}” não é uma data." if typed else f"Falta preencher {campo}."
    raise InputError(message, field=campo, hint="Escreva como 23/11/2026.")


def _valor(texto: str) -> Reais:
    if not texto.strip():
        raise InputError("Falta preencher Valor.", field=VALOR)
    try:
        return Reais.parse(texto)
    except InputError as error:
        raise InputError(error.message, field=VALOR, hint=error.hint) from error


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"
