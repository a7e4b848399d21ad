"""What the explanations of a starter workspace say around its tables, in each language."""

from __future__ import annotations

from typing import Final

WORKBOOK: Final = "cooperation.xlsx"

WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "sheet": "read me",
        "table": "table",
        "column": "column",
        "what": "what to write",
        "xlsx": f"the workbook `{WORKBOOK}`",
        "csv": "the CSV files in `tables/`",
        "order": "Fill in the sheets from left to right. The rows in them are invented: delete them first.",
        "empty": "Leave a cell empty when you do not know: empty never means no, and never zero.",
        "fill in": "Fill in {place}. The rows that are there are invented examples: delete them.",
        "check": "says everything that is wrong, with the file and the line.",
        "build": "publishes a release when nothing is wrong.",
        "use": "use it.",
        "dates": "Dates are as precise as you know them: `2017`, `2017-05` or `2017-05-31`.",
    },
    "es": {
        "sheet": "léame",
        "table": "tabla",
        "column": "columna",
        "what": "qué escribir",
        "xlsx": f"el libro `{WORKBOOK}`",
        "csv": "los archivos CSV de `tables/`",
        "order": "Rellene las hojas de izquierda a derecha. Sus filas son inventadas: bórrelas antes.",
        "empty": "Deje una celda vacía cuando no lo sepa: vacía nunca significa no, y nunca cero.",
        "fill in": "Rellene {place}. Las filas que hay son ejemplos inventados: bórrelas.",
        "check": "dice todo lo que está mal, con el archivo y la línea.",
        "build": "publica una versión cuando nada está mal.",
        "use": "la usan.",
        "dates": "Las fechas son tan precisas como usted las conozca: `2017`, `2017-05` o `2017-05-31`.",
    },
    "pt": {
        "sheet": "leia-me",
        "table": "tabela",
        "column": "coluna",
        "what": "o que escrever",
        "xlsx": f"o livro `{WORKBOOK}`",
        "csv": "os ficheiros CSV de `tables/`",
        "order": "Preencha as folhas da esquerda para a direita. As linhas são inventadas: apague-as antes.",
        "empty": "Deixe uma célula vazia quando não souber: vazia nunca significa não, e nunca zero.",
        "fill in": "Preencha {place}. As linhas que lá estão são exemplos inventados: apague-as.",
        "check": "diz tudo o que está errado, com o ficheiro e a linha.",
        "build": "publica uma versão quando nada está errado.",
        "use": "usam-na.",
        "dates": "As datas são tão precisas quanto as conhecer: `2017`, `2017-05` ou `2017-05-31`.",
    },
}
