"""The hardest fiches for a gabarit: empty, shortest, longest, without photo, with a title and a word without end.

Texts are made of the same few sentences, so that the same trial is laid out the same way every time.
"""

from itertools import cycle, islice
from pathlib import Path

from PIL import Image

from models.content import FicheContent, IdentityCard
from models.taxonomy import ActionStatus, InitiativeKey, PublicKey, ResidentsPlace, ThemeKey

_SENTENCES = (
    "Le mardi, la salle du fond sent le café et le linge propre.",
    "Une voisine a posé la question que tout le monde gardait pour soi : « Et si on s’y mettait ? »",
    "Ils étaient sept au premier rendez-vous, vingt-trois au deuxième.",
    "On a compté les marches, dessiné les plans, et vendu des crêpes pour acheter les planches.",
    "La mairie a d’abord dit non.",
    "Trois semaines plus tard, l’adjointe est venue voir, elle est restée jusqu’au soir, et elle a signé.",
    "Les enfants ont choisi les couleurs ; les anciens, la hauteur des bancs.",
    "Rien n’était prévu pour l’hiver : il a fallu recommencer, autrement, avec moins d’argent et plus de monde.",
    "Depuis, chacun prend son tour de clé.",
    "Personne ne dit plus « le centre devrait » ; on entend « nous pourrions ».",
)
_STEM = "essai-photo"
LONG_WORD = "anticonstitutionnellement" * 2 + "intergalactiques"  # 66 letters
LONG_TITLE = "Douze voisins du quartier des Aubépines inventent ensemble une nouvelle façon d’habiter l’été"


def text(words: int, start: int = 0) -> str:
    """Return about `words` words in whole sentences, in paragraphs of some sixty words."""
    paragraphs: list[list[str]] = [[]]
    left = words
    for sentence in cycle(_SENTENCES[start % len(_SENTENCES) :] + _SENTENCES[: start % len(_SENTENCES)]):
        if left <= 0:
            break
        if sum(len(each.split()) for each in paragraphs[-1]) > 60:
            paragraphs.append([])
        paragraphs[-1].append(sentence)
        left -= len(sentence.split())
    return "\n\n".join(" ".join(each) for each in paragraphs if each)


def made(
    words: int, photos: int = 1, *, title: str = "Sept familles rouvrent la salle du fond"
) -> FicheContent:
    """Return a fiche with about `words` words of story and something in nearly every part."""
    return FicheContent(
        title=title,
        accroche=text(20, 3),
        card=IdentityCard(
            name="Centre social Les Trois Fontaines",
            founded=1978,
            coverage="Quartier des Fontaines",
            staff="14 salariés",
            members="412 familles adhérentes",
            budget=612_000,
            mission="Faire avec les habitants ce qu’ils ont décidé.",
            website="https://troisfontaines.example",
            commune="80021",
        ),
        commune="80021",
        start="2023-03",
        status=ActionStatus.RUNNING,
        themes=[ThemeKey(key) for key in ("solidarite", "mobilite")],
        publics=[PublicKey("familles"), PublicKey("seniors")],
        constat={"text": text(words * 16 // 100, 0)},
        needs=["Se voir sans rendez-vous", "Réparer plutôt que jeter", "Décider du programme"],
        response={"text": text(words * 8 // 100, 4)},
        residents={
            "initiative": [InitiativeKey("habitants")],
            "place": ResidentsPlace("co-decideurs"),
            "count": 37,
            "text": text(words * 16 // 100, 1),
        },
        implementation={
            "text": text(words * 9 // 100, 5),
            "means": "Une animatrice quatre heures par semaine, un local prêté.",
            "cost": 4200,
            "partners": ["Mairie", "Bailleur", "Collège"],
            "funders": ["Caf"],
        },
        stages=[
            {"when": when, "title": name, "text": text(words * 4 // 100, number)}
            for number, (when, name) in enumerate(
                (("Mars 2023", "La question"), ("Juin 2023", "Le refus"), ("Mai 2024", "La clé"))
            )
        ],
        changes={
            "people": text(words * 8 // 100, 2),
            "centre": text(words * 7 // 100, 6),
            "territory": text(words * 5 // 100, 8),
            "figures": [
                {"value": "23", "label": "voisins chaque mardi"},
                {"value": "37", "label": "clés prêtées"},
            ],
        },
        voices={
            "quotes": [
                {"text": text(words * 4 // 100, 9), "name": "Denise", "role": "habitante"},
                {"text": text(words * 3 // 100, 1), "name": "Un voisin", "role": "bénévole"},
            ]
        },
        success_factors=[text(10, 6)],
        attention_points=[{"title": "Le bruit du soir", "text": text(words * 4 // 100, 4)}],
        advice=[text(8, 8), text(12, 2)],
        further={
            "contact": "Accueil du centre",
            "mailbox": "accueil@troisfontaines.example",
            "phone": "03 22 00 00 00",
        },
        summary=text(words * 10 // 100, 7),
        photos=[
            {
                "media": f"{_STEM}-{number}",
                "width": 1654,
                "height": 1103,
                "cover": number == 0,
                "alt": "Un aplat de couleur, pour l’essai.",
                "caption": "Le mardi, un peu avant midi.",
                "credit": "Une bénévole",
            }
            for number in range(photos)
        ],
    )


def trials() -> dict[str, FicheContent]:
    """Return the hardest fiches, by what is hard in them (in French, for the report)."""
    stretched = made(450, 2, title=f"Le mot {LONG_WORD}")
    stretched.constat.title = LONG_WORD
    stretched.card.name = f"Centre social {LONG_WORD}"
    stretched.stages[0].title = stretched.changes.figures[0].value = LONG_WORD
    stretched.response.text = f"{LONG_WORD} {stretched.response.text}"
    return {
        "vide": FicheContent(),
        "un titre seul": FicheContent(title="Le jardin du mardi"),
        "très courte": made(60, 0),
        "courte, une photo": made(250, 1),
        "sans photo": made(600, 0),
        "moyenne, quatre photos": made(600, 4),
        "titre de douze mots": made(500, 1, title=LONG_TITLE),
        "mot de plus de soixante lettres": stretched,
        "très longue": made(2200, 3),
    }


def store_pictures(folder: Path, count: int = 6) -> Path:
    """Draw the pictures that the trials show, in every stored size; return the folder."""
    colours = ((14, 90, 99), (200, 64, 26), (255, 200, 87), (47, 122, 77), (94, 42, 99), (24, 40, 72))
    for number, colour in islice(enumerate(colours), count):
        for width in (400, 827, 1654):
            image = Image.new("RGB", (width, width * 2 // 3), colour)
            image.save(folder / f"{_STEM}-{number}-{width}.jpg")
    return folder
