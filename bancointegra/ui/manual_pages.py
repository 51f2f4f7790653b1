"""Which page of the manual F1 opens: the one place that knows. No window is needed to import this module."""

from __future__ import annotations

INDEX = "index"

PAGE_OF = {
    # Screens, and the parts of them that have the focus
    "FirstRunPage": "apresentacao",
    "IntegracaoPage": "consultar-pendentes",
    "IntegracaoPage/protesto": "protestar",
    "DetailPanel": "status",
    "ContaPage": "conta-bancaria",
    "CertificateCard": "certificado",
    "TitulosPage": "titulos",
    "PagadoresPage": "pagadores",
    "TiposPage": "cadastros",
    "EscritoriosPage": "cadastros",
    # Dialogs of Integração Bancária
    "RegistrarDialog": "registrar",
    "AlterarDialog": "enviar-alteracao",
    "ProtestarDialog": "protestar",
    "CancelarProtestoDialog": "cancelar-protesto",
    "ResultsDialog": "a-confirmar",
    "AutoQueryDialog": "consultar-liquidacao",
    "ImportacaoPage": "importar-titulos",
    "ColunasDialog": "importar-titulos",
    # Dialogs of Títulos a Receber
    "TituloDialog": "titulos",
    "ParcelarDialog": "titulos",
    "PagadorDialog": "pagadores",
    "NomeDialog": "cadastros",
    # Dialogs of Conta Bancária
    "ImportarDialog": "certificado",
    "EscolherContaDialog": "certificado",
    "ExportarDialog": "certificado",
    "Assistente": "certificado",
    "TesteDialog": "conta-bancaria",
    "PastaDialog": "pasta-monitorada",
    # Cópia de segurança
    "CopiasDialog": "dados-e-copia",
    "RestaurarDialog": "dados-e-copia",
    # Pagamento de Contas
    "PagamentoPage": "pagar-contas",
    "PagamentosTab": "pagamentos",
    "PagamentoDetailPanel": "pagamentos",
    "OcorrenciasTab": "ocorrencias",
    "ConveniosTab": "convenios",
    "ContaPagamentoDialog": "conta-celcoin",
    "ComprovanteDialog": "comprovantes",
    "LoteDialog": "lote-de-contas",
    "AgendarDialog": "lote-de-contas",
    "ResultadosDialog": "lote-de-contas",
    "EscolherCodigoDialog": "pagar-contas",
    "SenhaDialog": "pagar-contas",
    "DecidirDialog": "pagamentos",
    # Everywhere
    "VerificacaoDialog": "instalacao",
    "AvisoVersaoDialog": "instalacao",
    "ShortcutsDialog": "atalhos",
}
"""By class of the widget; after “/” the key of its section. A widget's own ``manual_page``, or its property
``manualPage``, comes before these."""

PAGE_OF_ACTION = {
    "Registrar": "registrar",
    "Enviar Alteração": "enviar-alteracao",
    "Consultar": "consultar-liquidacao",
    "Baixar": "baixar",
    "Protestar": "protestar",
    "Cancelar Protesto": "cancelar-protesto",
    "Verificar agora": "a-confirmar",
}
"""By label of a button at the bank; for its own dialogs, and for the button that has the focus."""


def page_of(class_name: str, *, own: str = "", section: str = "", action: str = "") -> str:
    """The page of one widget; empty when only what is around it knows."""
    return own or PAGE_OF_ACTION.get(action) or PAGE_OF.get(f"{class_name}/{section}") or PAGE_OF.get(class_name, "")
