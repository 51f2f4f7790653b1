"""What Itaú's refusals say, in all the shapes they come in, and which of our errors each one is.

Bodies seen: ``{codigo, mensagem, campos[{campo, mensagem, valor}]}``; francesas ``{messages: [...]}``;
``{error: {codigo, mensagem}}``; ``codigo_erro``/``mensagem_erro``; OAuth ``error``/``error_description``; the
misspelt ``mensagen``; text or HTML of the gateway; nothing. ``valor`` echoes what was sent, payer documents
included, so it is never read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus

from bancointegra.banks.http import Effect, Reply, UnreadableAnswer
from bancointegra.banks.node import Node, as_nodes
from bancointegra.domain.errors import AppError, BankRefused, BankUnavailable, CredentialError, Refusal

_MAINFRAME = "COD-RET"
"""The pseudo-field under which the registration mainframe answers; a duplicate comes under it."""

_CERTIFICATE_HEADER = "x-itau-client-cert-error"
_CERTIFICATE_CODE = re.compile(r"\bC[1-8]00[ab]?\b", re.IGNORECASE)
_CODE_KEYS = ("codigo", "codigo_erro", "error", "mensagem", "error_description")
_LONGEST_PLAIN_TEXT = 200
_NEW_CERTIFICATE = "Peça ao banco um novo token temporário e gere outro certificado."
_INFORM_AGAIN = "Informe de novo o certificado e a chave desta conta."
_CERTIFICATE_PROBLEMS = {
    "C100": ("A chamada chegou ao banco sem certificado.", _INFORM_AGAIN),
    "C200": ("O banco considera o certificado inválido ou corrompido.", _INFORM_AGAIN),
    "C300": ("O banco não conseguiu ler os dados do certificado.", _INFORM_AGAIN),
    "C400": ("O certificado não foi emitido pelo Itaú.", "Use o certificado que o banco devolveu para este ClientID."),
    "C500": ("O certificado está vencido.", _NEW_CERTIFICATE),
    "C600": (
        "O certificado é de outro ClientID.",
        "Confira o ClientID da conta e escolha o certificado que foi emitido para ele.",
    ),
    "C700": (
        "Ainda existe um certificado válido para este ClientID.",
        "Use o certificado atual; a renovação abre 30 dias antes do vencimento.",
    ),
    "C800": ("O banco não aceitou o pedido de certificado (CSR).", "Gere o pedido de novo com o ClientID da conta."),
    "C800A": ("O pedido de certificado (CSR) é de outro ClientID.", "Gere o pedido de novo com o ClientID da conta."),
    "C800B": ("O token temporário já foi usado.", "Peça ao banco um novo token temporário."),
}
_LABELS = {
    "codigo_carteira": "carteira",
    "codigo_especie": "espécie",
    "data_desconto": "data do desconto",
    "data_emissao": "emissão",
    "data_limite_pagamento": "data limite de pagamento",
    "data_vencimento": "vencimento",
    "id_beneficiario": "agência e conta",
    "nome_bairro": "bairro",
    "nome_cidade": "cidade",
    "nome_logradouro": "endereço",
    "nome_pessoa": "nome",
    "numero_cadastro_nacional_pessoa_juridica": "CNPJ",
    "numero_cadastro_pessoa_fisica": "CPF",
    "numero_cep": "CEP",
    "numero_nosso_numero": "nosso número",
    "sigla_uf": "UF",
    "texto_seu_numero": "seu número",
    "valor_abatimento": "abatimento",
    "valor_titulo": "valor",
    "valor_total_titulo": "valor",
}


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """The bank's words about a failure. ``message`` may be empty; ``refusals`` name the fields at fault."""

    message: str
    refusals: tuple[Refusal, ...] = ()

    @property
    def is_from_mainframe(self) -> bool:
        return any(refusal.field.upper() == _MAINFRAME for refusal in self.refusals)

    @property
    def sentence(self) -> str:
        """All of it for the clerk: ``Erro na validação de Campos: CEP: deve ter 8 dígitos; UF: …``, without a stop."""
        details = "; ".join(": ".join(filter(None, (_label(r.field), r.message.rstrip(".")))) for r in self.refusals)
        return ": ".join(filter(None, (self.message.rstrip(".: "), details)))


def read_error_body(reply: Reply) -> ErrorBody | None:
    """The bank's words in a body of any known shape; None when there is none (empty, HTML, plain text)."""
    bodies = _bodies(reply)
    message = next((text for body in bodies if (text := _message(body))), "")
    refusals = tuple(refusal for body in bodies for refusal in _refusals(body))
    return ErrorBody(message, refusals) if message or refusals else None


def refusal_error(reply: Reply, effect: Effect) -> AppError:
    """The error for an answer with status 4xx (401 after renewal included).

    A 4xx that carries no words of the bank may come from something between us and it, so it proves nothing: lost.
    """
    body = read_error_body(reply)
    certificate = certificate_error(reply)
    if certificate is not None:
        return certificate
    if reply.status == HTTPStatus.UNAUTHORIZED:
        return CredentialError(
            "O banco não aceitou o token de acesso, nem depois de renovado.",
            hint="Confira o ClientID e o certificado da conta; se persistir, fale com o suporte do banco.",
            code="credencial.token",
        )
    if reply.status == HTTPStatus.FORBIDDEN:
        return CredentialError(
            _quote("O banco não permitiu o acesso (HTTP 403)", body),
            hint="Confira os endereços da conta (emissão e consulta são diferentes) e se o banco liberou esta API "
            "para o ClientID e para esta agência e conta.",
            code="credencial.permissao",
        )
    if body is None:
        return effect.lost(f"O endereço do banco respondeu HTTP {reply.status} sem explicação.")
    return BankRefused(
        f"{body.sentence}.",
        refusals=body.refusals,
        possibly_duplicate=body.is_from_mainframe,
    )


def token_error(reply: Reply) -> AppError:
    """The error for a token request that was refused (4xx)."""
    certificate = certificate_error(reply)
    if certificate is not None:
        return certificate
    if reply.status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
        return CredentialError(
            f"O endereço do token não é o do banco (HTTP {reply.status}).",
            hint="Confira o endereço do token na conta.",
            code="credencial.endereco",
        )
    if reply.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return CredentialError(
            _quote("O banco não aceitou o ClientID e o ClientSecret", read_error_body(reply)),
            hint="Informe de novo o ClientSecret e confira se o certificado é deste ClientID.",
            code="credencial.client_secret",
        )
    return BankUnavailable(f"O serviço de token do banco respondeu HTTP {reply.status}.")


def certificate_error(reply: Reply) -> CredentialError | None:
    """The STS's complaint about the certificate (C100…C800b).

    Where it is written is not documented: looked for in the header, in the code and the words of the body, and in
    a body of plain text, but never in ``campos``, which repeat what was sent.
    """
    bodies = _bodies(reply)
    places = [reply.headers.get(_CERTIFICATE_HEADER, ""), *(body.text(key) for body in bodies for key in _CODE_KEYS)]
    if not bodies:
        places.append(reply.text[:_LONGEST_PLAIN_TEXT])
    found = next((match for place in places if (match := _CERTIFICATE_CODE.search(place))), None)
    if found is None:
        return None
    code = found.group().upper()
    message, hint = _CERTIFICATE_PROBLEMS.get(code) or _CERTIFICATE_PROBLEMS[code[:4]]
    return CredentialError(f"{message} (Itaú {found.group()})", hint=hint, code=f"credencial.{code}")


def _bodies(reply: Reply) -> list[Node]:
    """The objects that may hold the words: the body and its known wrappings; none when it is no JSON object."""
    try:
        nodes = as_nodes(reply.json())
    except UnreadableAnswer:
        return []
    keys = ("error", "data", "messages", "erros")
    return [body for node in nodes for body in (node, *(child for key in keys for child in node.nodes(key)))]


def _label(field: str) -> str:
    """The clerk's word for a field, else the bank's name without its path; the mainframe's pseudo-field has none."""
    name = field.rsplit(".", 1)[-1]
    return "" if name.upper() == _MAINFRAME else _LABELS.get(name.lower(), name)


def _message(body: Node) -> str:
    return body.text("mensagem", "mensagen", "mensagem_erro", "error_description", "message", "error")


def _refusals(body: Node) -> list[Refusal]:
    return [
        Refusal(campo.text("campo"), campo.text("mensagem", "mensagen"))
        for campo in body.nodes("campos")
        if campo.text("campo", "mensagem", "mensagen")
    ]


def _quote(sentence: str, body: ErrorBody | None) -> str:
    return f"{sentence}: “{body.sentence}”." if body else f"{sentence}."
