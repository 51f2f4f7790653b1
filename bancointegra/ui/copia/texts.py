"""What the screen says of copies."""

from __future__ import annotations

from collections.abc import Mapping

from bancointegra.domain.copia import ConteudoCopia, Copia, TabelasCopia
from bancointegra.domain.situacao import Situacao
from bancointegra.services.copia import CopiaFeita

HOLDS = "Cada cópia tem as contas, os títulos, os pedidos ao banco e o histórico."
HOLDS_NOT = (
    "Não tem o ClientSecret e as senhas (ficam no cofre do computador), os certificados e as chaves, "
    "os boletos em PDF nem as preferências."
)
UNDERSTOOD = "Entendi: o que foi feito aqui depois da cópia deixa de aparecer."
SAME_DISK = (
    "A pasta está no mesmo disco dos dados: se o disco falhar, as cópias vão junto. "
    "Escolha um pendrive, outro disco ou uma pasta do OneDrive."
)


def size_text(size: int) -> str:
    """``1,2 MB``."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1_000))} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def count_titulos(titulos: Mapping[Situacao, int]) -> str:
    """``120 títulos: 80 PENDENTE, 40 REGISTRADO``."""
    total = sum(titulos.values())
    if not total:
        return "nenhum título"
    each = ", ".join(f"{titulos[situacao]} {situacao.value}" for situacao in Situacao if titulos.get(situacao))
    return f"{total} {'título' if total == 1 else 'títulos'}: {each}"


def describe(conteudo: ConteudoCopia) -> tuple[tuple[str, str], ...]:
    """What a copy holds, as (label, text)."""
    changed = f"{conteudo.ultima_mudanca:%d/%m/%Y %H:%M}" if conteudo.ultima_mudanca else "nenhuma"
    lines = [
        ("Contas", ", ".join(conteudo.contas) or "nenhuma"),
        ("Títulos", count_titulos(conteudo.titulos)),
        ("Última mudança", changed),
        ("Dados", conteudo.tabelas.value),
    ]
    if conteudo.a_confirmar:
        lines.insert(2, ("A CONFIRMAR", str(conteudo.a_confirmar)))
    return tuple(lines)


def moment(copia: Copia) -> str:
    return f"{copia.nome.em:%d/%m/%Y %H:%M}"


def made(feita: CopiaFeita) -> str:
    """The sentence after “Fazer cópia agora”."""
    return feita.aviso or f"Cópia feita e conferida: {feita.path.name}"


def is_restorable(conteudo: ConteudoCopia) -> bool:
    return conteudo.tabelas is not TabelasCopia.MAIS_NOVAS


def consequences(conteudo: ConteudoCopia) -> tuple[str, ...]:
    """What restoring does, to be read before agreeing."""
    since = f"depois de {conteudo.ultima_mudanca:%d/%m/%Y %H:%M}" if conteudo.ultima_mudanca else "depois dela"
    return (
        f"Títulos, alterações e histórico que vieram {since} deixam de aparecer neste programa. "
        "Antes, os dados de agora são guardados em outra cópia, para você poder voltar.",
        "No banco nada muda: boletos registrados depois da cópia continuam valendo. Duas horas depois do último "
        "envio, o programa pergunta ao banco por eles, e só então volta a registrar. "
        "Nenhum boleto é registrado duas vezes.",
        "O certificado, a faixa e o último nosso número de cada conta, e os pagamentos de contas, ficam como estão "
        "agora. Num computador novo, ou com os dados danificados, confira no extrato o que já foi pago.",
    )


def restored(contas: int) -> str:
    """The sentence after a restore; ``contas`` is how many accounts wait for the bank's answer."""
    if not contas:
        return "Cópia restaurada."
    waiting = "1 conta não registra" if contas == 1 else f"{contas} contas não registram"
    return f"Cópia restaurada. {waiting} até o programa conferir com o banco o que veio depois da cópia."
