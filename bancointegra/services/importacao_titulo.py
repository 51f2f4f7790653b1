"""One record of a file to a título, with what the store already knows of it and of its pagador."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar, cast

from bancointegra.domain.boleto import Sacado
from bancointegra.domain.calculo_encargos import validate_encargos
from bancointegra.domain.conta import ContaBancaria, Endereco
from bancointegra.domain.documentos import Documento
from bancointegra.domain.encargos import Encargos, Juros, Multa, TipoJuros, TipoMulta
from bancointegra.domain.errors import AppError, InputError
from bancointegra.domain.importacao import (
    DO_PAGADOR,
    INDISPENSAVEIS,
    Campo,
    Celula,
    Falha,
    LinhaPrevia,
    Mudanca,
    RegistroLido,
    SituacaoLinha,
    TituloGuardado,
)
from bancointegra.domain.reais import Reais
from bancointegra.domain.texto import fold
from bancointegra.domain.titulo import NovoTitulo
from bancointegra.services.importacao_celulas import LeitorDeCelulas, as_typed

Chave = tuple[str, str]
Value = TypeVar("Value")

_ESPECIE_PADRAO = "01"
_MULTA = (Campo.MULTA_PERCENTUAL, Campo.MULTA_VALOR)
_JUROS = (Campo.JUROS_PERCENTUAL_MES, Campo.JUROS_VALOR_DIA)
_SHOWN = (Campo.NUMERO, Campo.PARCELA, Campo.SACADO, Campo.DOCUMENTO, Campo.VENCIMENTO, Campo.VALOR)
_UNSAID: Mapping[Campo, str] = {}


@dataclass(slots=True)
class Rascunho:
    """A record whose cells were read one by one; what could not be read is in ``falhas``."""

    registro: RegistroLido
    valores: dict[Campo, object] = field(default_factory=dict)
    falhas: list[Falha] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)

    @property
    def chave(self) -> Chave:
        """Numero and parcela, as far as they could be read."""
        return str(self.valores.get(Campo.NUMERO, "")), str(self.valores.get(Campo.PARCELA, ""))

    @property
    def id_externo(self) -> str:
        return str(self.valores.get(Campo.ID_EXTERNO, ""))

    @property
    def documento(self) -> Documento | None:
        return cast("Documento | None", self.valores.get(Campo.DOCUMENTO))


def rascunhar(registro: RegistroLido, leitor: LeitorDeCelulas) -> Rascunho:
    """Read every cell, collecting the faults instead of stopping at the first."""
    rascunho = Rascunho(registro, falhas=list(registro.falhas), avisos=list(registro.avisos))
    if registro.falhas:
        return rascunho
    for campo in Campo:
        celula = registro.campos.get(campo, "")
        if celula == "":
            if campo in INDISPENSAVEIS:
                rascunho.falhas.append(Falha(campo.value, "está vazio."))
            continue
        try:
            rascunho.valores[campo] = leitor.read(campo, celula)
        except InputError as error:
            rascunho.falhas.append(Falha(campo.value, error.message))
    return rascunho


class Montagem:
    """Judges the records of one account; ``today`` and the account fill in what a record does not say."""

    def __init__(self, conta: ContaBancaria, hoje: date) -> None:
        self._conta = conta
        self._hoje = hoje
        self._known: dict[object, object] = {}

    def julgar(self, rascunho: Rascunho, guardado: TituloGuardado | None, pagador: Sacado | None) -> LinhaPrevia:
        """``guardado`` is the stored título of the same key or external id, ``pagador`` who has the document."""
        self._warn_of_emitente(rascunho)
        sacado = _sacado(rascunho, pagador)
        novo = self._novo(rascunho, sacado, guardado) if sacado and not rascunho.falhas else None
        if novo is None:
            return _linha(rascunho, SituacaoLinha.ERRADA, None, guardado)
        if guardado is None:
            return _linha(rascunho, SituacaoLinha.NOVA, novo, None)
        linha = _compared(rascunho, novo, guardado)
        return replace(linha, guardado=self._kept(guardado)) if linha.situacao is SituacaoLinha.MUDOU else linha

    def _novo(self, rascunho: Rascunho, sacado: Sacado, guardado: TituloGuardado | None) -> NovoTitulo | None:
        stored = guardado.titulo if guardado else None
        value = rascunho.valores.get
        emissao = cast(date, value(Campo.EMISSAO, stored.emissao if stored else self._hoje))
        vencimento = cast(date, value(Campo.VENCIMENTO))
        if vencimento < emissao:
            rascunho.falhas.append(Falha(Campo.VENCIMENTO.value, "é anterior à emissão."))
            return None
        valor = cast(Reais, value(Campo.VALOR))
        encargos = _encargos(rascunho.valores, stored.encargos if stored else self._conta.encargos_padrao)
        try:
            validate_encargos(valor, vencimento, encargos)
        except AppError as error:
            rascunho.falhas.append(Falha("", error.message))
            return None
        numero, parcela = rascunho.chave
        return NovoTitulo(
            numero=numero,
            parcela=parcela,
            sacado=sacado,
            emissao=self._one(emissao),
            vencimento=self._one(vencimento),
            valor=valor,
            encargos=self._one(encargos),
            especie=str(value(Campo.ESPECIE, stored.especie if stored else _ESPECIE_PADRAO)),
            aceite=stored.aceite if stored else False,
            observacao=str(value(Campo.OBSERVACAO, stored.observacao if stored else "")),
            id_externo=rascunho.id_externo or (guardado.id_externo if guardado else ""),
        )

    def _kept(self, guardado: TituloGuardado) -> TituloGuardado:
        """The same, its pagador and charges shared with others: of a título they take most of the room."""
        titulo = guardado.titulo
        shared = replace(titulo, sacado=self._one(titulo.sacado), encargos=self._one(titulo.encargos))
        return replace(guardado, titulo=shared)

    def _one(self, value: Value) -> Value:
        """The first of all equal values: the rows of a file repeat a few dates and charges thousands of times."""
        return cast(Value, self._known.setdefault(value, value))

    def _warn_of_emitente(self, rascunho: Rascunho) -> None:
        emitente = rascunho.registro.emitente
        if emitente and emitente != self._conta.beneficiario.documento.numero:
            rascunho.avisos.append(
                f"A nota é de outro emitente ({emitente}), e não de {self._conta.beneficiario.nome}, o beneficiário da "
                "conta."
            )


def _sacado(rascunho: Rascunho, pagador: Sacado | None) -> Sacado | None:
    """Who is to pay: as stored, when the document is known there; the differences are told, never taken over."""
    documento = rascunho.documento
    if pagador is not None:
        differing = _differences(rascunho.valores, pagador)
        if differing:
            rascunho.avisos.append(f"Fica o pagador do cadastro; no arquivo, {', '.join(differing)}.")
        return pagador
    bad = {falha.coluna for falha in rascunho.falhas}
    if documento is None and Campo.DOCUMENTO.value not in bad:
        return None
    missing = [campo for campo in DO_PAGADOR if campo not in rascunho.valores and campo.value not in bad]
    rascunho.falhas += [Falha(campo.value, "está vazio.") for campo in missing] if not rascunho.registro.falhas else []
    if documento is None or missing or any(campo not in rascunho.valores for campo in DO_PAGADOR):
        return None
    nome, _, bairro, cidade, uf, cep = (str(rascunho.valores[campo]) for campo in DO_PAGADOR)
    logradouro = _logradouro(rascunho.valores)
    if len(logradouro) > 120:
        rascunho.falhas.append(Falha(Campo.LOGRADOURO.value, "com número e complemento passa de 120 caracteres."))
        return None
    return Sacado(nome, documento, Endereco(logradouro, bairro, cidade, uf, cep))


def _logradouro(valores: Mapping[Campo, object]) -> str:
    """``Rua das Flores, 120 - Sala 2``."""
    street = str(valores[Campo.LOGRADOURO])
    if numero := valores.get(Campo.ENDERECO_NUMERO):
        street = f"{street}, {numero}"
    return f"{street} - {complemento}" if (complemento := valores.get(Campo.COMPLEMENTO)) else street


def _differences(valores: Mapping[Campo, object], pagador: Sacado) -> list[str]:
    """What the file says otherwise of a stored pagador, as ``nome “MERCADO X”``."""
    endereco = pagador.endereco
    stored = {
        Campo.SACADO: ("nome", pagador.nome),
        Campo.LOGRADOURO: ("logradouro", endereco.logradouro),
        Campo.BAIRRO: ("bairro", endereco.bairro),
        Campo.CIDADE: ("cidade", endereco.cidade),
        Campo.UF: ("UF", endereco.uf),
        Campo.CEP: ("CEP", endereco.cep),
    }
    said = {campo: str(valores[campo]) for campo in stored if campo in valores}
    if Campo.LOGRADOURO in said:
        said[Campo.LOGRADOURO] = _logradouro(valores)
    differing = {campo: text for campo, text in said.items() if text != stored[campo][1]}
    return [f"{stored[campo][0]} “{text}”" for campo, text in differing.items() if fold(text) != fold(stored[campo][1])]


def _encargos(valores: Mapping[Campo, object], padrao: Encargos) -> Encargos:
    """The file's multa and juros over ``padrao``: an amount counts more than a percentage, zero means none."""
    encargos = padrao
    if any(campo in valores for campo in _MULTA):
        percentual, valor = valores.get(Campo.MULTA_PERCENTUAL), valores.get(Campo.MULTA_VALOR)
        encargos = replace(encargos, multa=_multa(cast("Decimal | None", percentual), cast("Reais | None", valor)))
    if any(campo in valores for campo in _JUROS):
        percentual, valor = valores.get(Campo.JUROS_PERCENTUAL_MES), valores.get(Campo.JUROS_VALOR_DIA)
        encargos = replace(encargos, juros=_juros(cast("Decimal | None", percentual), cast("Reais | None", valor)))
    return replace(encargos, abatimento=cast(Reais, valores.get(Campo.ABATIMENTO, encargos.abatimento)))


def _multa(percentual: Decimal | None, valor: Reais | None) -> Multa:
    if valor:
        return Multa(TipoMulta.VALOR, valor=valor)
    return Multa(TipoMulta.PERCENTUAL, percentual=percentual) if percentual else Multa()


def _juros(percentual: Decimal | None, valor: Reais | None) -> Juros:
    if valor:
        return Juros(TipoJuros.VALOR_POR_DIA, valor=valor)
    return Juros(TipoJuros.PERCENTUAL_AO_MES, percentual=percentual) if percentual else Juros()


def _compared(rascunho: Rascunho, novo: NovoTitulo, guardado: TituloGuardado) -> LinhaPrevia:
    changes = _mudancas(novo, guardado)
    if not guardado.alteravel:  # the note is the office's own, and no matter of the bank
        changes = tuple(mudanca for mudanca in changes if mudanca.campo is not Campo.OBSERVACAO)
    if not changes:
        return _linha(rascunho, SituacaoLinha.JA_EXISTE, novo, guardado)
    if guardado.alteravel:
        return replace(_linha(rascunho, SituacaoLinha.MUDOU, novo, guardado), mudancas=changes)
    titulo = guardado.titulo
    state = "a confirmar no banco" if titulo.a_confirmar else titulo.situacao.value
    rascunho.falhas.append(
        Falha(
            changes[0].campo.value,
            f"o título {titulo.identificacao} está {state} com outros dados; mude-o pelo banco, em Enviar Alteração.",
        )
    )
    return replace(_linha(rascunho, SituacaoLinha.ERRADA, novo, guardado), mudancas=changes)


def _mudancas(novo: NovoTitulo, guardado: TituloGuardado) -> tuple[Mudanca, ...]:
    titulo = guardado.titulo
    pairs: tuple[tuple[Campo, object, object, Callable[[object], str]], ...] = (
        (Campo.NUMERO, titulo.numero, novo.numero, str),
        (Campo.PARCELA, titulo.parcela, novo.parcela, str),
        (Campo.EMISSAO, titulo.emissao, novo.emissao, _day),
        (Campo.VENCIMENTO, titulo.vencimento, novo.vencimento, _day),
        (Campo.VALOR, titulo.valor, novo.valor, str),
        (Campo.DOCUMENTO, titulo.sacado.documento.formatado, novo.sacado.documento.formatado, str),
        (Campo.ESPECIE, titulo.especie, novo.especie, str),
        (Campo.OBSERVACAO, titulo.observacao, novo.observacao, str),
        (Campo.MULTA_PERCENTUAL, titulo.encargos.multa.descricao, novo.encargos.multa.descricao, str),
        (Campo.JUROS_PERCENTUAL_MES, titulo.encargos.juros.descricao, novo.encargos.juros.descricao, str),
        (Campo.ABATIMENTO, titulo.encargos.abatimento, novo.encargos.abatimento, str),
    )
    return tuple(
        Mudanca(campo, text(before) or "vazio", text(after) or "vazio")
        for campo, before, after, text in pairs
        if before != after
    )


def _day(value: object) -> str:
    return f"{cast(date, value):%d/%m/%Y}"


def _linha(
    rascunho: Rascunho, situacao: SituacaoLinha, novo: NovoTitulo | None, guardado: TituloGuardado | None
) -> LinhaPrevia:
    return LinhaPrevia(
        onde=rascunho.registro.onde,
        situacao=situacao,
        textos=_UNSAID if novo else _said(rascunho.registro.campos),
        novo=novo,
        titulo_id=guardado.titulo.id if guardado else None,
        falhas=tuple(rascunho.falhas),
        avisos=tuple(rascunho.avisos),
        email=str(rascunho.valores.get(Campo.EMAIL, "")),
    )


def _said(campos: Mapping[Campo, Celula]) -> Mapping[Campo, str]:
    """The beginning of each cell that is shown when no título could be made of the row."""
    return {campo: as_typed(campos[campo])[:60] for campo in _SHOWN if campos.get(campo, "") != ""}
