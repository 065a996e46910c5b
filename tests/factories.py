"""Ready-made fiches for the tests: one with every field filled, and the seed of the demonstration."""

import tomllib
from pathlib import Path
from typing import Any

from PIL import Image

from models.content import FicheContent, IdentityCard

DEMO = Path(__file__).parent.parent / "app" / "demo"
PICTURE = "photo-de-une-0001"
OTHER_PICTURE = "photo-du-cafe-0002"


def full_content(**changes: Any) -> FicheContent:
    """Return a fiche with something in every field (about 450 words); `changes` replace whole fields."""
    values: dict[str, Any] = {
        "title": "Quinze voisins conduisent ceux qui n'ont pas de voiture",
        "accroche": "À Confolens, un tableau blanc et quinze conducteurs ont remplacé le car supprimé.",
        "card": {
            "name": "Centre social Les Tilleuls",
            "kind": "centre",
            "founded": 1984,
            "coverage": "Confolens et dix communes rurales",
            "field": "Animation de la vie sociale",
            "staff": "9 salariés",
            "board": "17 administrateurs bénévoles",
            "members": "340 familles adhérentes",
            "budget": 468000,
            "mission": "Relier des villages éloignés et soutenir ceux qui s'y entraident.",
            "website": "https://tilleuls.example",
            "mailbox": "accueil@tilleuls.example",
            "commune": "16106",
        },
        "commune": "16106",
        "place": "Quartier de la gare",
        "start": "2024-03",
        "end": "2025-06",
        "status": "terminee",
        "themes": ["mobilite", "solidarite"],
        "publics": ["seniors", "familles"],
        "constat": {
            "title": "Le car de neuf heures",
            "text": "« Sans le car, je ne vois plus personne. » La phrase est tombée en janvier 2024.\n\n"
            "La ligne venait de fermer, et trois retraitées attendaient encore sous l'abri.",
        },
        "needs": ["Aller chez le médecin", "Faire ses courses à petit prix", "Voir du monde"],
        "response": {
            "title": "Un tableau et des clés",
            "text": "Quinze habitants prennent le volant, à tour de rôle, deux matins par semaine.\n\n"
            "Le trajet est gratuit ; chacun donne ce qu'il peut pour l'essence.",
        },
        "residents": {
            "initiative": ["groupe-habitants", "equipe"],
            "place": "co-decideurs",
            "count": 31,
            "text": "Trente et un habitants ont voté la règle, un soir de mars. L'équipe n'avait pas de voix.",
        },
        "implementation": {
            "text": "Tout a commencé par un essai de six semaines, avec trois voitures.",
            "means": "Une animatrice deux heures par semaine, un téléphone.",
            "steering": "Une réunion de conducteurs chaque mois.",
            "cost": 4200,
            "partners": ["Mairie de Confolens", "Deux garages"],
            "funders": ["Caisse d'allocations familiales"],
        },
        "stages": [
            {"when": "Mars 2024", "title": "L'essai", "text": "Trois voitures, douze trajets."},
            {
                "when": "Septembre 2024",
                "title": "La panne",
                "text": "Deux conducteurs renoncent : on recrute.",
            },
            {"when": "Janvier 2025", "title": "Le tableau", "text": "Les trajets se notent à l'accueil."},
        ],
        "changes": {
            "people": "Madame la présidente du club est revenue au marché : on l'y voit chaque mardi.",
            "centre": "Le centre ouvre désormais à huit heures, l'heure des départs.",
            "territory": "La commune a repeint l'abri et rouvert le dossier de la ligne.",
            "figures": [
                {"value": "1200", "label": "trajets en un an"},
                {"value": "15", "label": "conducteurs"},
                {"value": "", "label": "Deux lignes de car de nouveau à l'étude"},
            ],
        },
        "voices": {
            "title": "Sur la banquette arrière",
            "subtitle": "paroles recueillies en route",
            "quotes": [
                {
                    "text": "On parle plus dans la voiture qu'au guichet.",
                    "name": "Une habitante",
                    "role": "passagère",
                },
                {
                    "text": "Je croyais rendre service, on m'a rendu la pareille.",
                    "name": "Un retraité",
                    "role": "conducteur",
                },
            ],
        },
        "success_factors": ["Une **règle écrite** à plusieurs.", "Un numéro unique."],
        "attention_points": [
            {"title": "L'assurance d'abord", "text": "Vérifiez chaque contrat avant le premier trajet."}
        ],
        "advice": ["Commencez petit : trois voitures suffisent.", "Payez l'essence sans attendre."],
        "further": {
            "contact": "Référente mobilité",
            "mailbox": "trajets@tilleuls.example",
            "phone": "05 45 00 00 00",
            "links": [{"label": "La règle du tableau", "url": "https://tilleuls.example/regle"}],
        },
        "summary": "À Confolens, quinze habitants conduisent leurs voisins deux matins par semaine depuis mars 2024.",
        "photos": [
            {
                "media": PICTURE,
                "cover": True,
                "alt": "Trois voisins montent en voiture.",
                "caption": "Le départ du mardi.",
            },
            {
                "media": OTHER_PICTURE,
                "alt": "Un tableau couvert de noms.",
                "caption": "Le tableau des trajets.",
                "credit": "Une bénévole",
                "focus_x": 0.2,
            },
        ],
    }
    return FicheContent.model_validate(values | changes)


def seed_content() -> FicheContent:
    """Return the seed fiche of the demonstration, with the card of its federation."""
    fiche = tomllib.loads((DEMO / "fiches" / "c-est-possible-plateforme.toml").read_text(encoding="utf-8"))
    cards: dict[str, Any] = {}
    for path in sorted((DEMO / "centres").glob("*.toml")):
        cards |= tomllib.loads(path.read_text(encoding="utf-8"))
    card = {key: value for key, value in cards[fiche["centre"]].items() if key in IdentityCard.model_fields}
    return FicheContent.model_validate(fiche["content"] | {"card": card})


def store_pictures(folder: Path) -> Path:
    """Write the pictures that `full_content` shows, in every stored size; return the folder."""
    for key in (PICTURE, OTHER_PICTURE):
        for width in (400, 827, 1654):
            Image.new("RGB", (width, width * 2 // 3), (200, 120, 60)).save(folder / f"{key}-{width}.jpg")
    return folder
