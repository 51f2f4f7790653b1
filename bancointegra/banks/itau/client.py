"""Itaú's HTTP: paths, headers, one token renewal on 401. What the answers mean is for ``provider.py``."""

from __future__ import annotations

import uuid
from dataclasses import replace
from http import HTTPStatus

from bancointegra.banks.http import BankHttp, Effect, Reply, Request
from bancointegra.banks.itau.auth import TokenSource
from bancointegra.banks.token import Token


class ItauClient:
    """``emissao`` and ``consulta`` are base addresses; the query lives on another host than the emission."""

    def __init__(self, http: BankHttp, tokens: TokenSource, client_id: str, emissao: str, consulta: str) -> None:
        self._http = http
        self._tokens = tokens
        self._client_id = client_id
        self._emissao = emissao
        self._consulta = consulta

    def post_boleto(self, corpo: object, correlation_id: str) -> Reply:
        """``POST /boletos``: emission."""
        return self._call(Request("POST", f"{self._emissao}/boletos", Effect.ORDER, correlation_id, json=corpo))

    def patch_boleto(self, chave: str, instrucao: str, corpo: object, correlation_id: str) -> Reply:
        """``PATCH /boletos/{chave}/{instrução}``: an instruction; without a body when ``corpo`` is None."""
        url = f"{self._emissao}/boletos/{chave}/{instrucao}"
        return self._call(Request("PATCH", url, Effect.ORDER, correlation_id, json=corpo))

    def get_boletos(self, id_beneficiario: str, carteira: str, nosso_numero: str, view: str) -> Reply:
        """``GET /boletos``: query of one number."""
        params = {
            "id_beneficiario": id_beneficiario,
            "codigo_carteira": carteira,
            "nosso_numero": nosso_numero,
            "view": view,
        }
        url = f"{self._consulta}/boletos"
        return self._call(Request("GET", url, Effect.READ, str(uuid.uuid4()), params=params))

    def _call(self, request: Request) -> Reply:
        """Send with a token; after a 401, which executed nothing, once more with a new one."""
        token = self._tokens.current()
        reply = self._http.send(self._authorized(request, token))
        if reply.status == HTTPStatus.UNAUTHORIZED:
            token = self._tokens.replacement(token)
            reply = self._http.send(self._authorized(request, token))
        return reply

    def _authorized(self, request: Request, token: Token) -> Request:
        headers = {
            "Authorization": f"Bearer {token.value}",
            "x-itau-apikey": self._client_id,
            "x-itau-correlationID": request.correlation_id,
            "x-itau-flowID": str(uuid.uuid4()),
            "Accept": "application/json",
        }
        return replace(request, headers=headers)
