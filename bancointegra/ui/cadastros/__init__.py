"""The registers: Pagadores, Tipos de Cobrança, Escritórios de Cobrança."""
