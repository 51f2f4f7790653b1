"""The screen Importar títulos: what a file holds is seen before it is stored."""
