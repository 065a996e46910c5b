"""Fiches like those centres write, by the hundred: made of the sentences of the demonstration, the same each time."""

import re
import tomllib
from functools import cache
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from models.content import FicheContent
from models.guide import count_words
from models.taxonomy import labels

DEMO = Path(__file__).parent.parent / "app" / "demo" / "fiches"
STEM = "photo-generee"
PHOTOS = 4
_NAMES = (
    "Denise",
    "Un voisin",
    "Une habitante",
    "Mohamed K.",
    "La présidente du club de pétanque",
    "Lou, 11 ans",
)
_ROLES = ("bénévole", "habitante de la rue des Acacias", "conductrice", "adjointe à la mairie", "")
_CENTRES = (
    "Centre social Les Tilleuls",
    "Maison de quartier de la Fosse-aux-Loups",
    "L’Escale",
    "CSC du Pays de Retz",
)
# How the words of a fiche are shared between its parts, in hundredths; every part but the first may be missing.
_SHARES = {
    "constat": 17,
    "residents": 17,
    "response": 11,
    "how": 9,
    "stages": 14,
    "changes": 16,
    "voices": 8,
    "tips": 8,
}


@cache
def sentences() -> tuple[str, ...]:
    """Return every sentence of the demonstration's fiches."""
    found: list[str] = []
    for path in sorted(DEMO.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))["content"]
        texts = [content.get(part, {}).get("text", "") for part in ("constat", "response", "residents")]
        for text in chain(texts, [stage.get("text", "") for stage in content.get("stages", ())]):
            found += [each for each in re.split(r"(?<=[.!?»])\s+", text.replace("**", "")) if len(each) > 12]
    return tuple(dict.fromkeys(found))


class _Writer:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.pool = list(sentences())
        self.random.shuffle(self.pool)

    def text(self, words: float) -> str:
        """Return sentences of about so many words, in paragraphs."""
        paragraphs: list[list[str]] = [[]]
        left = round(words)
        while left > 4:
            sentence = self.pool.pop()
            paragraphs[-1].append(sentence)
            left -= count_words(sentence)
            if len(paragraphs[-1]) >= self.random.randint(3, 6) and left > 12:
                paragraphs.append([])
        return "\n\n".join(" ".join(each) for each in paragraphs if each)

    def line(self, words: int) -> str:
        """Return a few words without a full stop."""
        return " ".join(self.pool.pop().strip("«»!?. ").split()[:words]).rstrip(",;: ")

    def often(self, chance: float = 0.85) -> bool:
        return self.random.random() < chance


def generated(seed: int, words: int, photos: int) -> FicheContent:
    """Return a fiche of about `words` words with `photos` pictures (0 to 4); parts are missing here and there."""
    writer = _Writer(seed)
    random, often = writer.random, writer.often
    shares = {name: share for name, share in _SHARES.items() if name == "constat" or often()}
    each = {name: (words - 45) * share / sum(shares.values()) for name, share in shares.items()}
    values: dict[str, Any] = {
        "title": writer.line(random.randint(4, 12)),
        "accroche": writer.line(random.randint(8, 20)) if often() else "",
        "commune": random.choice(("16106", "80021", "59350", "75056")),
        "start": "2023-03" if often() else "",
        "status": random.choice(("en-cours", "terminee")),
        "themes": random.sample(list(labels("themes")), random.randint(1, 3)),
        "publics": random.sample(list(labels("publics")), random.randint(1, 3)),
        "constat": {"title": writer.line(5) if often(0.5) else "", "text": writer.text(each["constat"])},
        "needs": [writer.line(random.randint(3, 9)) for _ in range(random.randint(2, 4))] if often() else [],
        "summary": writer.text(30) if often(0.6) else "",
        "photos": [_photo(writer, number) for number in range(photos)],
    }
    if often(0.9):
        values["card"] = {
            "name": random.choice(_CENTRES),
            "founded": 1978,
            "coverage": "Quartier et communes voisines",
            "staff": f"{random.randint(3, 40)} salariés",
            "members": f"{random.randint(80, 900)} familles adhérentes",
            "budget": random.randint(90, 2000) * 1000,
            "mission": writer.line(16) if often() else "",
            "website": "https://lestilleuls.example",
        }
    if "response" in each:
        values["response"] = {
            "title": writer.line(4) if often(0.5) else "",
            "text": writer.text(each["response"]),
        }
    if "residents" in each:
        values["residents"] = {
            "place": "co-decideurs",
            "count": random.choice((None, 7, 37, 240)),
            "text": writer.text(each["residents"]),
        }
    if "how" in each:
        values["implementation"] = _how(writer, each["how"])
    if "stages" in each:
        values["stages"] = [
            {"when": when, "title": writer.line(4), "text": writer.text(each["stages"] / 4)}
            for when in ("Mars 2023", "Juin 2023", "Novembre 2023", "Mai 2024")[: random.randint(2, 4)]
        ]
    if "changes" in each:
        values["changes"] = _changes(writer, each["changes"])
    if "voices" in each:
        values["voices"] = {
            "quotes": [
                {
                    "text": writer.text(each["voices"] / 3),
                    "name": random.choice(_NAMES),
                    "role": random.choice(_ROLES),
                }
                for _ in range(random.randint(1, 4))
            ]
        }
    if "tips" in each:
        values["success_factors"] = [writer.line(12) for _ in range(random.randint(1, 3))]
        values["attention_points"] = [{"title": writer.line(3), "text": writer.text(each["tips"] / 3)}]
        values["advice"] = [writer.line(14) for _ in range(random.randint(0, 2))]
    if often():
        values["further"] = {
            "contact": "Accueil",
            "mailbox": "accueil@lestilleuls.example",
            "phone": "05 45 00 00 00",
        }
    return FicheContent.model_validate(values)


def _photo(writer: _Writer, number: int) -> dict[str, Any]:
    return {
        "media": f"{STEM}-{number}",
        "cover": number == 0,
        "width": 1654,
        "height": 1103,
        "alt": "Des voisins réunis dans la salle.",
        "caption": writer.line(7) if writer.often(0.6) else "",
        "credit": "Une bénévole" if writer.often(0.4) else "",
    }


def _how(writer: _Writer, words: float) -> dict[str, Any]:
    return {
        "text": writer.text(words),
        "means": writer.line(12) if writer.often() else "",
        "steering": writer.line(9) if writer.often(0.5) else "",
        "cost": writer.random.choice((None, 800, 4200, 61_500)),
        "partners": ["Mairie", "Bailleur social", "Collège Jean-Moulin"][: writer.random.randint(0, 3)],
        "funders": ["Caf", "Département"][: writer.random.randint(0, 2)],
    }


def _changes(writer: _Writer, words: float) -> dict[str, Any]:
    figures = (
        ("23", "voisins chaque mardi"),
        ("1 200", "trajets en un an"),
        ("37", "clés prêtées"),
        ("−40 %", "de factures"),
    )
    return {
        "people": writer.text(words / 3),
        "centre": writer.text(words / 3) if writer.often() else "",
        "territory": writer.text(words / 3) if writer.often() else "",
        "figures": [
            {"value": value, "label": label} for value, label in figures[: writer.random.randint(0, 4)]
        ],
    }


def a_hundred(start: int = 0, count: int = 100) -> list[FicheContent]:
    """Return fiches of 250 to 800 words with none to four photos, evenly spread."""
    return [_within(seed) for seed in range(start, start + count)]


def _within(seed: int) -> FicheContent:
    asked = 250 + seed * 137 % 551
    content = generated(seed, asked, seed % (PHOTOS + 1))
    while not 250 <= words_of(content) <= 800:  # sentences are whole: it comes out a little longer or shorter
        asked += 15 if words_of(content) < 250 else -15
        content = generated(seed, asked, seed % (PHOTOS + 1))
    return content


def words_of(content: FicheContent) -> int:
    """Return how many words were written, in every part."""

    def inside(value: Any) -> int:
        if isinstance(value, dict):
            return sum(inside(each) for key, each in value.items() if key not in _CODES)
        if isinstance(value, list):
            return sum(inside(each) for each in value)
        return count_words(value) if isinstance(value, str) else 0

    return inside(content.model_dump(mode="json", exclude={"card"}))


_CODES = frozenset(
    {
        "media",
        "alt",
        "kind",
        "commune",
        "start",
        "end",
        "status",
        "themes",
        "publics",
        "initiative",
        "licence",
        "place",
    }
)


def store(folder: Path) -> Path:
    """Draw the pictures of generated fiches; return the folder."""
    for number in range(PHOTOS):
        for width in (400, 827, 1654):
            image = Image.new("RGB", (width, width * 2 // 3), (40 * number + 60, 120, 160 - 30 * number))
            image.save(folder / f"{STEM}-{number}-{width}.jpg")
    return folder
