"""``bancointegra conta``: listar, mostrar, salvar, testar."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bancointegra.cli import exit_codes
from bancointegra.cli.lote import opened_program
from bancointegra.cli.output import write_json, write_line, write_note
from bancointegra.cli.segredo import add_secret, read_secret
from bancointegra.domain.certificado import SituacaoCertificado
from bancointegra.domain.conta import Ambiente, Beneficiario, ContaBancaria, Endereco, TipoCobranca
from bancointegra.domain.documentos import Documento
from bancointegra.domain.errors import CredentialError, InputError
from bancointegra.services.teste_conexao import PassoTeste

if TYPE_CHECKING:
    from bancointegra.bootstrap.program import Program

_AMBIENTES = {"simulacao": Ambiente.SIMULACAO, "producao": Ambiente.PRODUCAO}
_CONTA = ("agencia", "conta", "dac", "carteira", "client_id")
_ENDERECO = ("logradouro", "bairro", "cidade", "uf", "cep")
_HOSTS = ("token", "emissao", "consulta")


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command ``conta`` and its own commands."""
    conta = subparsers.add_parser("conta", help="contas bancárias")
    commands = conta.add_subparsers(metavar="COMANDO", required=True)

    listar = commands.add_parser("listar", help="lista as contas, também as sem API Bancária")
    listar.add_argument("texto", nargs="?", default="", help="só as que contêm este texto")
    add_json(listar)
    listar.set_defaults(func=_listar)

    mostrar = commands.add_parser("mostrar", help="mostra uma conta; segredos nunca são mostrados")
    add_mnemonico(mostrar)
    mostrar.set_defaults(func=_mostrar)

    salvar = commands.add_parser("salvar", help="cria uma conta, ou muda o que for informado")
    _add_fields(salvar)
    salvar.set_defaults(func=_salvar)

    testar = commands.add_parser("testar", help="testa certificado, token e consulta; nada muda no banco")
    add_mnemonico(testar)
    testar.set_defaults(func=_testar)


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="um objeto JSON por linha")


def add_mnemonico(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("mnemonico", metavar="MNEMONICO", help="a Conta Bancária")
    add_json(parser)


def conta_de(program: Program, mnemonico: str) -> ContaBancaria:
    """The account of that mnemonic. Raises ``InputError``."""
    conta = _known(program, mnemonico)
    if conta is None:
        raise InputError(f"Não há conta com o mnemônico {mnemonico}.", hint="Veja as que há: bancointegra conta listar")
    return conta


def certificado_json(situacao: SituacaoCertificado | None) -> dict[str, object] | None:
    if situacao is None:
        return None
    return {
        "cn": situacao.cn,
        "valido_desde": situacao.valid_from.isoformat(),
        "valido_ate": situacao.valid_until.isoformat(),
        "dias": situacao.dias,
        "impressao_digital": situacao.fingerprint,
        "aviso": situacao.aviso,
    }


def show_passos(passos: tuple[PassoTeste, ...], *, as_json: bool) -> int:
    """The result of a test; the status."""
    for passo in passos:
        if as_json:
            write_json({"passo": passo.nome, "ok": passo.ok, "mensagem": passo.mensagem, "erro": passo.codigo})
        else:
            write_line(f"{'ok   ' if passo.ok else 'FALHA'} {passo.nome}: {passo.mensagem}")
            if passo.remedio:
                write_note(passo.remedio)
    failed = next((passo for passo in passos if not passo.ok), None)
    if failed is None:
        return exit_codes.OK
    family = failed.codigo.split(".")[0]
    return exit_codes.CREDENTIAL if family == CredentialError.default_code else exit_codes.UNAVAILABLE


def _add_fields(parser: argparse.ArgumentParser) -> None:
    add_mnemonico(parser)
    for option, example in (
        ("--agencia", "NNNN"), ("--conta", "NNNNN"), ("--dac", "N"), ("--carteira", "NNN"), ("--client-id", "ID"),
        ("--nome", "NOME"), ("--documento", "CPF|CNPJ"), ("--logradouro", "RUA"), ("--bairro", "BAIRRO"),
        ("--cidade", "CIDADE"), ("--uf", "UF"), ("--cep", "CEP"),
    ):  # fmt: skip
        parser.add_argument(option, metavar=example)
    parser.add_argument("--ambiente", choices=sorted(_AMBIENTES))
    parser.add_argument("--api-bancaria", choices=("sim", "nao"))
    parser.add_argument("--faixa", nargs=2, type=int, metavar=("DE", "ATE"), help="a faixa de nosso número")
    parser.add_argument("--ultimo", type=int, metavar="N", help="último nosso número usado; só avança")
    for host in _HOSTS:
        parser.add_argument(f"--servidor-{host}", metavar="URL", help="https; vazio vale o do banco")
    parser.add_argument("--raiz", type=Path, metavar="ARQ.pem", help="raiz de confiança da SIMULAÇÃO")
    parser.add_argument("--cobranca", metavar="NOME", help="acrescenta este Tipo de Cobrança")
    add_secret(parser, "--segredo-de", "o ClientSecret")


def _listar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        for conta in program.services.conta.todas(args.texto):
            if args.json:
                write_json(_conta_json(program, conta))
            else:
                api = conta.ambiente.value if conta.api_bancaria else "sem API Bancária"
                write_line(f"{conta.mnemonico:20} {conta.resumo} · {api}")
    return exit_codes.OK


def _mostrar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        conta = conta_de(program, args.mnemonico)
        known = _conta_json(program, conta)
        known["tem_client_secret"] = program.services.conta.tem_segredo(conta)
        if args.json:
            write_json(known)
        else:
            for name, value in known.items():
                write_line(f"{name}: {_plain(value)}")
    return exit_codes.OK


def _salvar(args: argparse.Namespace) -> int:
    secret = read_secret(args.segredo_de) if args.segredo_de else None
    with opened_program(args) as program:
        services = program.services.conta
        known = _known(program, args.mnemonico)
        stored = services.salvar(_changed(known or _blank(args), args), secret)
        if args.cobranca or known is None:
            services.salvar_tipo_cobranca(TipoCobranca(0, args.cobranca or "BOLETO ITAÚ", stored.id))
        if args.json:
            write_json(_conta_json(program, stored))
        else:
            write_line(f"Conta {stored.mnemonico} salva ({stored.resumo}, {stored.ambiente.value}).")
    return exit_codes.OK


def _testar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        passos = program.services.teste_conexao.testar(conta_de(program, args.mnemonico))
    return show_passos(passos, as_json=args.json)


def _known(program: Program, mnemonico: str) -> ContaBancaria | None:
    wanted = mnemonico.strip().upper()
    return next((conta for conta in program.services.conta.todas() if conta.mnemonico == wanted), None)


def _blank(args: argparse.Namespace) -> ContaBancaria:
    """A new account, to be filled from ``args``."""
    beneficiario = Beneficiario("", Documento.parse(args.documento or ""), Endereco("", "", "", "", ""))
    return ContaBancaria(0, args.mnemonico, "341", "", "", "", "109", beneficiario)


def _changed(conta: ContaBancaria, args: argparse.Namespace) -> ContaBancaria:
    """``conta`` with the options that were given."""
    given = {name: value for name, value in vars(args).items() if value is not None}
    endereco = replace(conta.beneficiario.endereco, **{name: given[name] for name in _ENDERECO if name in given})
    documento = Documento.parse(args.documento) if args.documento is not None else conta.beneficiario.documento
    changes: dict[str, Any] = {name: given[name] for name in _CONTA if name in given}
    changes["beneficiario"] = Beneficiario(given.get("nome", conta.beneficiario.nome), documento, endereco)
    hosts = {host: given[f"servidor_{host}"] for host in _HOSTS if f"servidor_{host}" in given}
    changes["hosts"] = replace(conta.hosts, **hosts)
    if args.ambiente:
        changes["ambiente"] = _AMBIENTES[args.ambiente]
    if args.api_bancaria:
        changes["api_bancaria"] = args.api_bancaria == "sim"
    if args.faixa:
        changes["faixa_inicio"], changes["faixa_fim"] = args.faixa
    if args.ultimo is not None:
        changes["ultimo_nosso_numero"] = args.ultimo
    if args.raiz:
        changes["ca_path"] = str(args.raiz.absolute())
    return replace(conta, **changes)


def _conta_json(program: Program, conta: ContaBancaria) -> dict[str, object]:
    beneficiario = conta.beneficiario
    situacao = program.services.certificado.situacao(conta, program.clock.now())
    return {
        "mnemonico": conta.mnemonico,
        "banco": conta.banco,
        "agencia": conta.agencia,
        "conta": conta.conta,
        "dac": conta.dac,
        "carteira": conta.carteira,
        "nome": beneficiario.nome,
        "documento": beneficiario.documento.numero,
        "endereco": beneficiario.endereco.uma_linha,
        "api_bancaria": conta.api_bancaria,
        "ambiente": conta.ambiente.name.lower(),
        "client_id": conta.client_id,
        "servidores": {host: getattr(conta.hosts, host) for host in _HOSTS},
        "certificado": certificado_json(situacao),
        "faixa": [conta.faixa_inicio, conta.faixa_fim],
        "ultimo_nosso_numero": conta.ultimo_nosso_numero,
        "cobranca": [tipo.nome for tipo in program.services.conta.tipos_cobranca(conta)],
    }


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name} {inner}" for name, inner in value.items() if inner != "")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "sim" if value else "não"
    return "—" if value is None else str(value)
