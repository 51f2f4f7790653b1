"""What stands in the form of a pagador, as typed, and the pagador it becomes. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping

from bancointegra.domain.boleto import Sacado
from bancointegra.domain.conta import Endereco
from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import InputError
from bancointegra.domain.pagador import Pagador, uf_do_cep
from bancointegra.domain.situacao import Situacao
from bancointegra.services.pagador import conferir_pagador
from bancointegra.ui.conta.rascunho import LETRAS_NO_BANCO
from bancointegra.ui.integracao.texts import contar

DOCUMENTO, NOME = "CPF/CNPJ", "Nome"
ENDERECO, BAIRRO, CIDADE, UF, CEP = "Endereço", "Bairro", "Cidade", "UF", "CEP"
EMAIL = "E-mail"
CAMPOS = (DOCUMENTO, NOME, ENDERECO, BAIRRO, CIDADE, UF, CEP, EMAIL)
"""The names of the fields: what the screen labels them, and what errors call them."""


def textos_de(pagador: Pagador) -> dict[str, str]:
    """The form that shows ``pagador``."""
    sacado, endereco = pagador.sacado, pagador.sacado.endereco
    return {
        DOCUMENTO: sacado.documento.formatado,
        NOME: sacado.nome,
        ENDERECO: endereco.logradouro,
        BAIRRO: endereco.bairro,
        CIDADE: endereco.cidade,
        UF: endereco.uf,
        CEP: f"{endereco.cep[:5]}-{endereco.cep[5:]}",
        EMAIL: pagador.email,
    }


def textos_novos(typed: str) -> dict[str, str]:
    """An empty form with what was typed to search: a documento when it has digits, else a name."""
    field = DOCUMENTO if any(char.isdigit() for char in typed) else NOME
    return dict.fromkeys(CAMPOS, "") | {field: typed.strip()}


def ler_pagador(textos: Mapping[str, str], pagador_id: int) -> Pagador:
    """The pagador as typed. Raises ``InputError`` naming the field."""
    endereco = Endereco(*(textos[name] for name in (ENDERECO, BAIRRO, CIDADE, UF, CEP)))
    sacado = Sacado(textos[NOME], Documento.parse(textos[DOCUMENTO]), endereco)
    return conferir_pagador(Pagador(pagador_id, sacado, textos[EMAIL]))


def field_of(error: InputError) -> str:
    """The field of this form that an error is about; empty when it names none."""
    return next((name for name in CAMPOS if name.casefold() == error.field.casefold()), "")


def nota_de(name: str, textos: Mapping[str, str]) -> tuple[str, str]:
    """What to say below a field while it is typed, and the role it is said in; empty for nothing.

    How much of the text the bank keeps; and whether the CEP lies in the UF.
    """
    text = textos[name].strip()
    if name in LETRAS_NO_BANCO:
        length, limit = len(text), LETRAS_NO_BANCO[name]
        if length > limit:
            return f"{length} letras; o banco guarda {limit}", "warning"
        return (f"{length} de {limit} letras" if text else ""), "small"
    if name == CEP:
        return nota_do_cep(text, textos[UF].strip().upper()), "warning"
    return "", "small"


def nota_do_cep(cep: str, uf: str) -> str:
    """``este CEP é de RJ, não de SP``; empty while one of them is missing, or when they agree."""
    digits = cep.replace("-", "").replace(".", "")
    if len(digits) != 8 or not uf:
        return ""
    found = uf_do_cep(digits)
    if found == uf:
        return ""
    return f"este CEP é de {found}, não de {uf}" if found else "este CEP não existe"


def nota_dos_titulos(titulos: Mapping[Situacao, int]) -> str:
    """What a change of somebody with títulos reaches, and what it does not."""
    total = sum(titulos.values())
    if not total:
        return ""
    abertos = titulos.get(Situacao.PENDENTE, 0) + titulos.get(Situacao.BAIXADO, 0)
    text = f"{contar(total, 'título', 'títulos')} deste pagador. "
    if abertos == total:
        return text + "O que você mudar aqui vale para os próximos boletos."
    return text + "Os boletos já registrados continuam com os dados do registro; os próximos usam estes."
