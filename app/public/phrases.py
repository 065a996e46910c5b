"""The sentences that count: "12 fiches sur la mobilité dans le Nord"."""

from app.services.search import Query
from layouts.site.environment import plural
from models import geography
from models.taxonomy import label

THEMES = {
    "democratie-locale": "sur la démocratie locale",
    "cadre-de-vie": "sur le cadre de vie",
    "logement": "sur le logement",
    "mobilite": "sur la mobilité",
    "transition-ecologique": "sur la transition écologique",
    "alimentation-jardins": "sur l’alimentation et les jardins",
    "parentalite": "sur la parentalité",
    "enfance": "sur l’enfance",
    "jeunesse": "sur la jeunesse",
    "vieillissement": "sur l’entraide entre générations",
    "education": "sur l’éducation",
    "acces-aux-droits": "sur l’accès aux droits",
    "emploi-ess": "sur l’emploi et l’économie solidaire",
    "sante": "sur la santé",
    "culture-medias": "sur la culture et les médias d’habitants",
    "vacances-loisirs-sport": "sur les vacances et les loisirs",
    "egalite": "sur l’égalité",
    "solidarite": "sur la solidarité",
}
PUBLICS = {
    "tous-publics": "pour tous les publics",
    "petite-enfance": "pour les tout-petits",
    "enfants": "avec des enfants",
    "adolescents": "avec des adolescents",
    "jeunes": "avec des jeunes",
    "adultes": "avec des adultes",
    "familles": "avec des familles",
    "parents": "avec des parents",
    "seniors": "avec des seniors",
    "personnes-isolees": "avec des personnes isolées",
    "handicap-aidants": "avec des personnes en situation de handicap et leurs aidants",
    "nouveaux-arrivants": "avec de nouveaux arrivants",
    "demandeurs-emploi": "avec des demandeurs d’emploi",
    "benevoles": "avec des bénévoles",
}


def describe(query: Query, federation: str = "") -> str:
    """Return what a search asks for, in words, with a leading space; `federation` is the name of the chosen one."""
    parts = []
    if query.theme:
        parts.append(THEMES.get(query.theme, f"sur « {label('themes', query.theme)} »"))
    if query.public:
        parts.append(PUBLICS.get(query.public, f"pour « {label('publics', query.public)} »"))
    if query.departement:
        parts.append(geography.departements()[query.departement].locative)
    if query.words:
        parts.append(f"avec «\u00a0{query.words}\u00a0»")
    text = "".join(f" {part}" for part in parts)
    return f"{text}, {federation}" if federation else text


def count_sentence(total: int, query: Query, federation: str = "") -> str:
    """Return the sentence above the results."""
    what = describe(query, federation)
    if total == 0:
        return f"Aucune fiche{what}"
    if not what:
        return f"{plural(total, 'fiche')} à découvrir"
    return f"{plural(total, 'fiche')}{what}"
