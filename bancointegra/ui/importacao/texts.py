"""The sentences of the screen Importar títulos."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bancointegra.domain.importacao import Campo, Gravacao, LinhaPrevia, Previa, SituacaoLinha

NOMES_DOS_CAMPOS = {
    Campo.NUMERO: "Número do título",
    Campo.PARCELA: "Parcela",
    Campo.EMISSAO: "Emissão",
    Campo.VENCIMENTO: "Vencimento",
    Campo.VALOR: "Valor",
    Campo.SACADO: "Sacado",
    Campo.DOCUMENTO: "CPF/CNPJ",
    Campo.LOGRADOURO: "Logradouro",
    Campo.ENDERECO_NUMERO: "Número do endereço",
    Campo.COMPLEMENTO: "Complemento",
    Campo.BAIRRO: "Bairro",
    Campo.CIDADE: "Cidade",
    Campo.UF: "UF",
    Campo.CEP: "CEP",
    Campo.EMAIL: "E-mail",
    Campo.ESPECIE: "Espécie",
    Campo.OBSERVACAO: "Observação",
    Campo.MULTA_PERCENTUAL: "Multa (%)",
    Campo.MULTA_VALOR: "Multa (R$)",
    Campo.JUROS_PERCENTUAL_MES: "Juros ao mês (%)",
    Campo.JUROS_VALOR_DIA: "Juros por dia (R$)",
    Campo.ABATIMENTO: "Abatimento",
    Campo.ID_EXTERNO: "Código no outro programa",
}
_MOST_NAMED = 12
"""Ignored columns that are named one by one."""
SEPARADORES = {";": "ponto e vírgula  ;", ",": "vírgula  ,", "\t": "tabulação", "|": "barra  |"}


def nome_do_campo(coluna: str) -> str:
    """What the clerk calls a column; empty for the whole row."""
    return NOMES_DOS_CAMPOS[Campo(coluna)] if coluna else ""


def explicacao(linha: LinhaPrevia) -> str:
    """All there is to say of a row, in one line: what is wrong, what would change, what is worth knowing."""
    faults = [f"{nome_do_campo(f.coluna)}: {f.mensagem}" if f.coluna else f.mensagem for f in linha.falhas]
    changes = [f"{NOMES_DOS_CAMPOS[m.campo]}: {m.de} → {m.para}" for m in linha.mudancas]
    return " ".join([*faults, "; ".join(changes), *linha.avisos]).strip()


def thousands(number: int) -> str:
    """``4.812``."""
    return f"{number:,}".replace(",", ".")


def contagem(counts: Mapping[SituacaoLinha, int]) -> str:
    """``5.000 linhas: 4.812 novas, 180 já existem, 3 mudaram e 5 com erro.``"""
    parts = [
        text
        for situacao, one, many in (
            (SituacaoLinha.NOVA, "1 nova", "{} novas"),
            (SituacaoLinha.JA_EXISTE, "1 já existe", "{} já existem"),
            (SituacaoLinha.MUDOU, "1 mudou", "{} mudaram"),
            (SituacaoLinha.ERRADA, "1 com erro", "{} com erro"),
        )
        if (text := _counted(counts.get(situacao, 0), one, many))
    ]
    total = sum(counts.values())
    lines = "1 linha" if total == 1 else f"{thousands(total)} linhas"
    return f"{lines}: {_listed(parts)}." if parts else "Nenhuma linha no arquivo."


def botao(novos: int, alterados: int) -> str:
    """What the button says it will do: ``Importar 4.812 títulos e atualizar 3``."""
    parts = [
        _counted(novos, "importar 1 título", "importar {} títulos"),
        _counted(alterados, "atualizar 1", "atualizar {}")
        if novos
        else _counted(alterados, "atualizar 1 título", "atualizar {} títulos"),
    ]
    text = " e ".join(part for part in parts if part)
    return f"{text[0].upper()}{text[1:]}" if text else "Importar"


def resultado(previa: Previa, gravacao: Gravacao) -> str:
    """What was stored, in a sentence or two."""
    done = [
        _counted(len(gravacao.novos), "1 título importado", "{} títulos importados"),
        _counted(len(gravacao.alterados), "1 atualizado", "{} atualizados"),
    ]
    sentences = [f"{_listed([text for text in done if text]) or 'Nada foi gravado'}."]
    if gravacao.ja_existiam:
        known = _counted(len(gravacao.ja_existiam), "1 já existia", "{} já existiam")
        sentences.append(f"{known}: outra janela importou antes.")
    if gravacao.recusadas:
        sentences.append(
            _counted(
                len(gravacao.recusadas),
                "1 mudou enquanto você conferia e ficou como está.",
                "{} mudaram enquanto você conferia e ficaram como estão.",
            )
        )
    return " ".join(sentences)


def erros_de_fora(previa: Previa) -> str:
    """What to do about the wrong rows; empty when there is none."""
    wrong = previa.contagem.get(SituacaoLinha.ERRADA, 0)
    if not wrong:
        return ""
    rows = "1 linha com erro ficou" if wrong == 1 else f"{thousands(wrong)} linhas com erro ficaram"
    return f"{rows} de fora. Corrija o arquivo e importe-o de novo: o que já entrou não se repete."


def colunas(previa: Previa) -> str:
    """``10 colunas reconhecidas. Ignoradas: Vendedor, Região.``"""
    used = len(previa.leitura.colunas or {})
    text = "1 coluna reconhecida." if used == 1 else f"{used} colunas reconhecidas."
    ignored = previa.ignoradas
    more = f" e mais {len(ignored) - _MOST_NAMED}" if len(ignored) > _MOST_NAMED else ""
    return f"{text} Ignoradas: {', '.join(ignored[:_MOST_NAMED])}{more}." if ignored else text


def faltando(previa: Previa) -> str:
    """Which columns are missing, and what that means; empty when none is."""
    names = [NOMES_DOS_CAMPOS[campo] for campo in previa.faltando]
    if not names:
        return ""
    if previa.impedida:
        return f"Diga em que coluna está: {', '.join(names)}."
    return f"Sem {', '.join(names)}: só entram títulos de sacados já cadastrados."


def _counted(number: int, one: str, many: str) -> str:
    return "" if not number else one if number == 1 else many.format(thousands(number))


def _listed(parts: Collection[str]) -> str:
    """``a, b e c``."""
    *first, last = parts or [""]
    return f"{', '.join(first)} e {last}" if first else last
