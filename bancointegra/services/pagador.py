"""The register Pagadores: who is to pay, once for each CPF or CNPJ."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bancointegra.domain.boleto import Sacado
from bancointegra.domain.certificado import require_uf
from bancointegra.domain.conta import Endereco
from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import InputError
from bancointegra.domain.pagador import Pagador, PagadorSort
from bancointegra.domain.ports_cadastros import PagadorRepository
from bancointegra.domain.situacao import Situacao
from bancointegra.services.conta_regras import require_texto

_MAX_EMAIL = 120
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class PagadorService:
    """Searches, stores and deletes payers. Any thread may call it."""

    def __init__(self, pagadores: PagadorRepository) -> None:
        self._pagadores = pagadores

    def buscar(self, texto: str, limite: int) -> tuple[Pagador, ...]:
        """The first whose name or document contains every word of ``texto``, by name."""
        return self._pagadores.search(texto, limite)

    def page(self, texto: str, sort: PagadorSort, descending: bool, offset: int, limit: int) -> tuple[Pagador, ...]:
        """One page of the register."""
        return self._pagadores.page(texto, sort, descending, offset, limit)

    def ids(self, texto: str, sort: PagadorSort, descending: bool) -> tuple[int, ...]:
        """Every pagador found, in the list's order."""
        return self._pagadores.ids(texto, sort, descending)

    def quantidade(self, texto: str) -> int:
        """How many are found."""
        return self._pagadores.count(texto)

    def rows(self, pagador_ids: Sequence[int]) -> tuple[Pagador, ...]:
        """These, as they are now; who is gone is left out."""
        return self._pagadores.rows(pagador_ids)

    def por_documento(self, documento: str) -> Pagador | None:
        """Who has this CPF or CNPJ, punctuation or not; None when nobody, or when it is none."""
        try:
            return self._pagadores.by_documento(Documento.parse(documento).numero)
        except InputError:
            return None

    def titulos_de(self, pagador: Pagador) -> Mapping[Situacao, int]:
        """How many títulos of each situação he has."""
        return self._pagadores.titulos_by_situacao(pagador.id)

    def salvar(self, pagador: Pagador, visto: Pagador | None = None) -> Pagador:
        """Store a new pagador (id 0), or a change of ``visto``; returns him as stored.

        Boletos already registered keep what they were registered with. Raises ``InputError`` naming the field,
        ``RuleError`` when he changed meanwhile or his CPF/CNPJ is already known to the bank.
        """
        checked = conferir_pagador(pagador)
        return visto if checked == visto else self._pagadores.save(checked, visto)

    def excluir(self, pagador: Pagador) -> None:
        """Raises ``RuleError`` when he has títulos."""
        self._pagadores.delete(pagador.id)


def conferir_pagador(pagador: Pagador) -> Pagador:
    """``pagador`` as he is to be stored, blanks trimmed. Raises ``InputError`` naming the field."""
    sacado, endereco = pagador.sacado, pagador.sacado.endereco
    return replace(
        pagador,
        sacado=Sacado(
            require_texto(sacado.nome, "Nome", 120),
            Documento.parse(sacado.documento.numero),
            Endereco(
                logradouro=require_texto(endereco.logradouro, "Endereço", 120),
                bairro=require_texto(endereco.bairro, "Bairro", 60),
                cidade=require_texto(endereco.cidade, "Cidade", 60),
                uf=require_uf(endereco.uf),
                cep=_require_cep(endereco.cep),
            ),
        ),
        email=require_email(pagador.email),
    )


def _require_cep(text: str) -> str:
    cep = "".join(text.split()).replace("-", "").replace(".", "")
    if not re.fullmatch(r"\d{8}", cep, re.ASCII):
        raise InputError("O CEP tem 8 dígitos.", field="CEP", hint="Escreva como 01310-100.")
    return cep


def require_email(text: str) -> str:
    """An address as it is kept; empty stays empty. Raises ``InputError``."""
    email = text.strip()
    if email and not (len(email) <= _MAX_EMAIL and email.isprintable() and _EMAIL.fullmatch(email)):
        raise InputError("Isto não é um endereço de e-mail.", field="E-mail", hint="Escreva como nome@empresa.com.br.")
    return email
