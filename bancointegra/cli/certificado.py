"""``bancointegra certificado``: gerar, solicitar, importar, renovar, mostrar, exportar, descartar."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bancointegra.cli import exit_codes
from bancointegra.cli.conta import add_json, certificado_json, conta_de, show_passos
from bancointegra.cli.lote import opened_program
from bancointegra.cli.output import write_json, write_line, write_note
from bancointegra.cli.segredo import STDIN, add_secret, read_file, read_secret
from bancointegra.domain.certificado import DIAS_RENOVACAO, DadosCertificado, Passo, dados_da_conta
from bancointegra.domain.conta import ContaBancaria
from bancointegra.domain.errors import RuleError
from bancointegra.services.certificado import FORMATOS

if TYPE_CHECKING:
    from bancointegra.bootstrap.program import Program


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command ``certificado`` and its own commands."""
    certificado = subparsers.add_parser("certificado", help="o certificado de uma conta bancária")
    commands = certificado.add_subparsers(metavar="COMANDO", required=True)

    gerar = _command(commands, "gerar", "gera a chave privada e o pedido (CSR)", _gerar)
    gerar.add_argument("--client-id", metavar="ID", help="em vez do ClientID da conta")
    for option, example in (("--empresa", "NOME"), ("--cidade", "CIDADE"), ("--uf", "UF")):
        gerar.add_argument(option, metavar=example, help="em vez do que está na conta")

    solicitar = _command(
        commands, "solicitar", "envia o pedido com o token temporário e instala a resposta", _solicitar
    )
    add_secret(solicitar, "--token-de", "o token temporário (sem a opção: a entrada padrão)")

    importar = _command(commands, "importar", "importa certificado e chave, ou um .pfx/.p12", _importar)
    importar.add_argument("--certificado", type=Path, metavar="ARQ.crt", help="a chave pública")
    importar.add_argument("--chave", type=Path, metavar="ARQ.key", help="a chave privada")
    importar.add_argument("--pfx", type=Path, metavar="ARQ.pfx", help="um arquivo com as duas")
    add_secret(importar, "--senha-de", "a senha da chave ou do .pfx")
    add_secret(importar, "--segredo-de", "o ClientSecret (sem a opção: o da linha “Secret:”, se houver)")

    renovar = _command(commands, "renovar", "renova o certificado; o atual vale até o novo funcionar", _renovar)
    renovar.add_argument(
        "--antecedencia", type=int, default=DIAS_RENOVACAO, metavar="DIAS", help="quando a renovação abre: 30 (ou 60)"
    )

    _command(commands, "mostrar", "mostra a validade e o pedido em andamento", _mostrar)

    exportar = _command(commands, "exportar", "grava cópias do certificado e da chave", _exportar)
    exportar.add_argument("--pasta", type=Path, required=True, metavar="DIR")
    exportar.add_argument(
        "--formatos", default=",".join(FORMATOS), metavar="F[,F]", help=f"entre {', '.join(FORMATOS)}"
    )
    add_secret(exportar, "--senha-de", "a senha que protegerá .key e .pfx")

    _command(commands, "descartar", "esquece o pedido em andamento e a chave dele", _descartar)


def _command(commands: Any, name: str, text: str, func: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text)
    parser.add_argument("--conta", required=True, metavar="MNEMONICO", help="a Conta Bancária")
    add_json(parser)
    parser.set_defaults(func=func)
    return parser


def _gerar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        conta = conta_de(program, args.conta)
        known = dados_da_conta(replace(conta, client_id=args.client_id or conta.client_id))
        dados = DadosCertificado(
            known.client_id, args.empresa or known.empresa, args.cidade or known.cidade, args.uf or known.uf
        )
        flow = program.services.assistente()
        flow.iniciar(conta, dados)
        csr = flow.gerar_chave().csr_pem.decode()
        if args.json:
            write_json({"conta": conta.mnemonico, "client_id": dados.client_id, "csr": csr})
        else:
            write_line(csr.rstrip())
            write_note("Chave gerada e guardada cifrada. Agora: bancointegra certificado solicitar")
    return exit_codes.OK


def _solicitar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        conta = conta_de(program, args.conta)
        flow = program.services.assistente()
        estado = flow.pendente(conta)
        if estado is None or estado.passo is Passo.CHAVE:
            raise RuleError(
                f"A conta {conta.mnemonico} não tem pedido de certificado pronto.",
                hint="Comece por: bancointegra certificado gerar",
                code="certificado_passo",
            )
        if estado.passo is Passo.ENVIO:
            estado = flow.enviar(read_secret(args.token_de or STDIN))
        if estado.passo is Passo.RECEBIDO:
            flow.concluir()
        return show_passos(flow.testar(), as_json=args.json)


def _importar(args: argparse.Namespace) -> int:
    senha = read_secret(args.senha_de)
    with opened_program(args) as program:
        conta = conta_de(program, args.conta)
        services = program.services.certificado
        par = services.ler(
            certificado=read_file(args.certificado) if args.certificado else None,
            chave=read_file(args.chave) if args.chave else None,
            pfx=read_file(args.pfx) if args.pfx else None,
            senha=senha,
        )
        secret = read_secret(args.segredo_de) if args.segredo_de else par.client_secret
        for warning in services.conferir(par, conta.client_id, program.clock.now()):
            write_note(warning)
        stored = services.importar(conta, par, secret)
        _show(program, stored, as_json=args.json)
    return exit_codes.OK


def _renovar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        renewed = program.services.certificado.renovar(conta_de(program, args.conta), antecedencia=args.antecedencia)
        _show(program, renewed, as_json=args.json)
    return exit_codes.OK


def _mostrar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        conta = conta_de(program, args.conta)
        _show(program, conta, as_json=args.json)
    return exit_codes.OK


def _exportar(args: argparse.Namespace) -> int:
    senha = read_secret(args.senha_de)
    with opened_program(args) as program:
        formatos = frozenset(part.strip().lstrip(".") for part in args.formatos.split(","))
        written = program.services.certificado.exportar(conta_de(program, args.conta), args.pasta, formatos, senha)
        for path in written:
            if args.json:
                write_json({"arquivo": str(path)})
            else:
                write_line(str(path))
        if not senha and formatos & {"key", "pfx"}:
            write_note("A chave privada foi gravada sem senha: guarde-a como se guarda dinheiro.")
    return exit_codes.OK


def _descartar(args: argparse.Namespace) -> int:
    with opened_program(args) as program:
        flow = program.services.assistente()
        had = flow.pendente(conta_de(program, args.conta)) is not None
        flow.descartar()
        if args.json:
            write_json({"descartado": had})
        else:
            write_line("Pedido descartado." if had else "Não havia pedido em andamento.")
    return exit_codes.OK


def _show(program: Program, conta: ContaBancaria, *, as_json: bool) -> None:
    """How the certificate stands, and what is under way."""
    situacao = program.services.certificado.situacao(conta, program.clock.now())
    estado = program.services.assistente().pendente(conta)
    if as_json:
        pedido = None
        if estado is not None:
            pedido = {"passo": estado.passo.name.lower(), "em_duvida": estado.em_duvida, "renovacao": estado.renovacao}
        write_json({"conta": conta.mnemonico, "certificado": certificado_json(situacao), "pedido": pedido})
        return
    if situacao is None:
        write_line("A conta não tem certificado que se possa ler.")
    else:
        ends = situacao.valid_until.astimezone(program.clock.now().tzinfo)
        write_line(f"Certificado de {situacao.cn}, válido até {ends:%d/%m/%Y} ({situacao.dias} dias).")
        write_line(f"Impressão digital (SHA-256): {situacao.fingerprint}")
        if situacao.aviso:
            write_note(situacao.aviso)
    if estado is not None:
        doubt = " (a resposta do banco se perdeu)" if estado.em_duvida else ""
        write_line(f"Pedido em andamento, no passo “{estado.passo.value}”{doubt}.")
