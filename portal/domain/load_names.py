"""Names that belong to nobody, made of syllables."""

import numpy as np

STARTS = (
    "Bal",
    "Dor",
    "Fen",
    "Gal",
    "Har",
    "Jon",
    "Kal",
    "Lor",
    "Mel",
    "Nor",
    "Pel",
    "Ras",
    "Sel",
    "Tor",
    "Vel",
    "Wen",
)
MIDDLES = ("a", "e", "i", "o", "u", "an", "en", "il", "om", "ur")
FIRST_ENDS = ("bin", "dra", "fin", "ka", "lia", "mo", "nea", "ris", "sa", "tis", "wo", "xa")
LAST_ENDS = ("bek", "dorn", "feld", "gast", "heim", "kamp", "lind", "mar", "rath", "stett", "thal", "wick")

INDUSTRIES = ("Metallbau", "Textil", "Software", "Optik", "Anlagen", "Papier", "Sensorik", "Logistik", "Druckguss")
COMPANY_FORMS = ("GmbH", "AG", "KG", "e. V.", "eG")
FUNCTIONS = ("Geschäftsführung", "Produktion", "Entwicklung", "Betriebsrat", "Ausbildung", "Forschung", "Vertrieb")
TAGS = ("Last: Presse", "Last: Beirat", "Last: Messe", "Last: Energie", "Last: Ausbildung", "Last: Export")


def _one(words: tuple[str, ...], chance: np.random.Generator) -> str:
    return words[int(chance.random() * len(words))]


def first_name(chance: np.random.Generator) -> str:
    return _one(STARTS, chance) + _one(MIDDLES, chance) + _one(FIRST_ENDS, chance)


def last_name(chance: np.random.Generator) -> str:
    return _one(STARTS, chance) + _one(MIDDLES, chance) + _one(LAST_ENDS, chance)


def name_stem(chance: np.random.Generator) -> str:
    """Of an organisation."""
    return _one(STARTS, chance) + _one(MIDDLES, chance) + _one(STARTS, chance).lower()
