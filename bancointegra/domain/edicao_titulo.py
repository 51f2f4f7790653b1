"""Changing a título in the office: what is allowed when, what a título may hold, and what a change was.

What the bank knows is changed through the bank (Enviar Alteração), never here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from bancointegra.domain.boleto import Sacado
from bancointegra.domain.calculo_encargos import validate_encargos
from bancointegra.domain.encargos import Encargos, TipoDesconto
from bancointegra.domain.errors import InputError, RuleError
from bancointegra.domain.reais import ZERO, Reais
from bancointegra.domain.situacao import Situacao
from bancointegra.domain.titulo import NovoTitulo, Titulo

MAX_NUMERO, MAX_PARCELA, MAX_OBSERVACAO = 20, 5, 200

_EDITAVEIS = frozenset({Situacao.PENDENTE, Situacao.BAIXADO})

_POR_QUE_NAO = {
    Situacao.REGISTRADO: "O boleto está registrado: o que o banco conhece só muda por Enviar Alteração, em Integração "
    "Bancária.",
    Situacao.PROTESTADO: "O título está em protesto: nada muda até o banco responder a Cancelar Protesto.",
    Situacao.CANCELAMENTO_ENVIADO: "O cancelamento do protesto foi pedido: Consultar traz a resposta do banco.",
    Situacao.LIQUIDADO: "O título foi pago: os dados ficam como estão.",
}
_A_CONFIRMAR = "O último pedido ao banco está A CONFIRMAR: use Verificar agora antes de mudar os dados."


@dataclass(frozen=True, slots=True)
class DadosTitulo:
    """What the form of a título holds, and nothing the bank said."""

    conta_id: int
    tipo_cobranca_id: int
    numero: str
    parcela: str
    sacado: Sacado
    emissao: date
    vencimento: date
    valor: Reais
    encargos: Encargos
    especie: str = "01"
    aceite: bool = False
    observacao: str = ""

    @property
    def identificacao(self) -> str:
        """``1001/1``, or the number alone when there is no parcela."""
        return f"{self.numero}/{self.parcela}" if self.parcela else self.numero

    @property
    def novo(self) -> NovoTitulo:
        """The same without its account, as it is stored for the first time."""
        common = {name: getattr(self, name) for name in _NOVO}
        return NovoTitulo(**common)


_NOVO = tuple(field.name for field in fields(NovoTitulo) if field.name != "id_externo")  # no form shows that


def dados_de(titulo: Titulo) -> DadosTitulo:
    """What the form shows of a stored título."""
    return DadosTitulo(**{field.name: getattr(titulo, field.name) for field in fields(DadosTitulo)})


@dataclass(frozen=True, slots=True)
class PermissaoEdicao:
    """What may be changed of a título here. Observação always may.

    ``motivo`` says why the rest may not; ``motivo_exclusao`` why it cannot be deleted; both empty when they may.
    """

    dados: bool
    conta: bool
    motivo: str = ""
    motivo_exclusao: str = ""


def permissao_edicao(titulo: Titulo, *, tem_ordens: bool) -> PermissaoEdicao:
    """``tem_ordens``: whether anything was ever prepared for the bank about this título.

    A BAIXADO título may be changed for its next registration. Its account stays once there was an order, for the
    number given to it belongs to that account.
    """
    motivo = _A_CONFIRMAR if titulo.a_confirmar else _POR_QUE_NAO.get(titulo.situacao, "")
    dados = titulo.situacao in _EDITAVEIS and not titulo.a_confirmar
    return PermissaoEdicao(dados, dados and not tem_ordens, motivo, _motivo_exclusao(titulo, tem_ordens))


def require_excluivel(titulo: Titulo, *, tem_ordens: bool) -> None:
    """Raise ``RuleError`` unless the título never had anything to do with the bank."""
    if motivo := permissao_edicao(titulo, tem_ordens=tem_ordens).motivo_exclusao:
        raise RuleError(motivo, code="titulo_guardado")


def plan_edicao(visto: DadosTitulo, quer: DadosTitulo, agora: Titulo, *, tem_ordens: bool) -> DadosTitulo:
    """What to store: ``quer``, checked, for a título that the clerk saw as ``visto`` and that is ``agora``.

    Raises ``RuleError`` when it changed in between, or when what the bank knows would change here; ``InputError``
    naming the field when the data cannot be used.
    """
    present = dados_de(agora)
    if not _is_same(present, visto):
        raise RuleError(
            f"O título {present.identificacao} mudou desde que você o abriu.",
            hint="Abra-o de novo e repita a alteração.",
            code="mudou",
        )
    if is_so_observacao(present, quer):
        return _with_note(quer)
    permissao = permissao_edicao(agora, tem_ordens=tem_ordens)
    if not permissao.dados:
        raise RuleError(permissao.motivo, code="mude_no_banco")
    checked = conferir_titulo(quer)
    if not permissao.conta and checked.conta_id != present.conta_id:
        raise RuleError(
            f"O título {present.identificacao} já teve um pedido ao banco pela conta dele e fica nela.",
            code="conta_do_titulo",
        )
    return checked


def is_so_observacao(antes: DadosTitulo, depois: DadosTitulo) -> bool:
    """Whether nothing changed but the note, which the bank never sees."""
    return _is_same(replace(antes, observacao=depois.observacao), depois)


def conferir_titulo(dados: DadosTitulo) -> DadosTitulo:
    """``dados`` as they are to be stored, blanks trimmed. Raises ``InputError`` or ``RuleError`` naming what is wrong.

    What depends on the day of registration (a due date that has passed) is asked then.
    """
    checked = replace(
        _with_note(dados),
        numero=_line(dados.numero, "Número", MAX_NUMERO),
        parcela=_line(dados.parcela, "Parcela", MAX_PARCELA, empty=True),
    )
    if checked.vencimento < checked.emissao:
        raise InputError(
            f"O vencimento {checked.vencimento:%d/%m/%Y} é anterior à emissão {checked.emissao:%d/%m/%Y}.",
            field="Vencimento",
        )
    if checked.valor <= ZERO:
        raise InputError("O valor deve ser maior que zero.", field="Valor")
    validate_encargos(checked.valor, checked.vencimento, checked.encargos)
    return checked


def com_vencimento(dados: DadosTitulo, vencimento: date) -> DadosTitulo:
    """The same título due on another day; its discounts end as many days before it as they did."""
    moved = tuple(
        replace(desconto, ate=vencimento - (dados.vencimento - desconto.ate)) for desconto in dados.encargos.descontos
    )
    return replace(dados, vencimento=vencimento, encargos=replace(dados.encargos, descontos=moved))


def describe_mudancas(
    antes: DadosTitulo, depois: DadosTitulo, contas: Mapping[int, str], tipos: Mapping[int, str]
) -> str:
    """``Vencimento: 10/12/2026 → 15/12/2026; Valor: 100,00 → 120,00``; empty when nothing changed.

    ``contas`` and ``tipos`` are the names of accounts and tipos de cobrança by id.
    """
    before, after = (_words(dados, contas, tipos) for dados in (antes, depois))
    return "; ".join(
        f"{campo}: {before[campo] or '—'} → {after[campo] or '—'}" for campo in before if before[campo] != after[campo]
    )


def describe_encargos(encargos: Encargos) -> str:
    """``multa 2%, juros 1% ao mês, desconto de 5% até 10/12/2026``."""
    parts = [
        f"multa {encargos.multa.descricao}".replace("multa sem multa", "sem multa"),
        f"juros {encargos.juros.descricao}".replace("juros sem juros", "sem juros"),
    ]
    for desconto in encargos.descontos:
        em_valor = encargos.tipo_desconto in (TipoDesconto.VALOR_ATE_DATA, TipoDesconto.VALOR_POR_DIA_ANTECIPADO)
        amount = desconto.valor.com_simbolo if em_valor else f"{desconto.percentual.normalize():f}%".replace(".", ",")
        parts.append(f"desconto de {amount} até {desconto.ate:%d/%m/%Y}")
    if encargos.abatimento:
        parts.append(f"abatimento de {encargos.abatimento.com_simbolo}")
    return ", ".join(parts)


def _words(dados: DadosTitulo, contas: Mapping[int, str], tipos: Mapping[int, str]) -> dict[str, str]:
    return {
        "Conta Bancária": contas.get(dados.conta_id, str(dados.conta_id)),
        "Tipo de Cobrança": tipos.get(dados.tipo_cobranca_id, str(dados.tipo_cobranca_id)),
        "Título": dados.identificacao,
        "Pagador": f"{dados.sacado.nome} ({dados.sacado.documento.formatado})",
        "Emissão": f"{dados.emissao:%d/%m/%Y}",
        "Vencimento": f"{dados.vencimento:%d/%m/%Y}",
        "Valor": str(dados.valor),
        "Encargos": describe_encargos(dados.encargos),
        "Espécie": dados.especie,
        "Aceite": "Sim" if dados.aceite else "Não",
        "Observação": dados.observacao,
    }


def _motivo_exclusao(titulo: Titulo, tem_ordens: bool) -> str:
    nome = titulo.identificacao
    if titulo.situacao is not Situacao.PENDENTE:
        return f"O título {nome} está {titulo.situacao.value}; só um PENDENTE que nunca foi ao banco pode ser excluído."
    if tem_ordens:
        return f"O título {nome} já teve um pedido de registro ao banco; o histórico dele é guardado."
    return ""


def _is_same(one: DadosTitulo, other: DadosTitulo) -> bool:
    """Of the payer only who he is counts: his address may have been corrected in the register meanwhile."""
    return one.sacado.documento == other.sacado.documento and replace(one, sacado=other.sacado) == other


def _with_note(dados: DadosTitulo) -> DadosTitulo:
    return replace(dados, observacao=_line(dados.observacao, "Observação", MAX_OBSERVACAO, empty=True))


def _line(text: str, campo: str, longest: int, *, empty: bool = False) -> str:
    line = " ".join(text.split())
    if not line and not empty:
        raise InputError(f"Falta preencher {campo}.", field=campo)
    if len(line) > longest:
        raise InputError(f"{campo} tem até {longest} caracteres.", field=campo)
    if not line.isprintable():
        raise InputError(f"{campo} tem caracteres que não se imprimem.", field=campo, hint="Digite-o de novo.")
    return line
