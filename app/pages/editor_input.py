"""The sentences beside a field, for what is typed and cannot be read."""

from collections.abc import Iterable

from models import guide
from models.reading import Refusal

_N = "\u00a0"
_MONEY = f"Écrivez un seul montant, en chiffres, par exemple{_N}: {{example}}. Une estimation suffit."
SENTENCES = {
    "commune": "Choisissez la commune dans la liste qui s’ouvre quand vous tapez son nom.",
    "card.commune": "Choisissez la commune dans la liste qui s’ouvre quand vous tapez son nom.",
    "card.founded": f"Écrivez une année en quatre chiffres, par exemple{_N}: 1987.",
    "residents.count": f"Écrivez un seul nombre, en chiffres, par exemple{_N}: 25. Une estimation suffit.",
    "card.budget": _MONEY.format(example=f"38{_N}000"),
    "implementation.cost": _MONEY.format(example=f"4{_N}500"),
    "start": f"Écrivez une année en quatre chiffres, par exemple{_N}: 2024. Le mois est facultatif.",
    "end": f"Écrivez une année en quatre chiffres, par exemple{_N}: 2025. Le mois est facultatif.",
    "photos.*.consent_date": f"Écrivez une date complète, par exemple{_N}: 12/03/2024.",
    "photos.*.consent_until": f"Écrivez une date complète, par exemple{_N}: 12/03/2026.",
}
ADDRESS = f"Vérifiez cette adresse{_N}: elle commence par https:// (ou http://)."
TOO_LONG = f"C’est trop long pour cette case ({{limit}} caractères au plus){_N}: vos mots sont gardés, mais raccourcissez-les pour qu’ils paraissent."
TOO_MANY = f"Il y en a trop{_N}: {{limit}} au plus."
OTHER = (
    f"Nous ne comprenons pas cette réponse. Corrigez-la quand vous voulez{_N}: tout le reste est enregistré."
)


def sentences(refused: Iterable[Refusal]) -> dict[str, str]:
    """Return, by path, what to say beside each field that could not be read."""
    return {each.path: _sentence(each) for each in refused}


def _sentence(refusal: Refusal) -> str:
    if refusal.too_long:
        said = TOO_LONG if refusal.of_text else TOO_MANY
        return said.format(limit=f"{refusal.limit or 0:,}".replace(",", "\u202f"))
    known = SENTENCES.get(guide.pattern(refusal.path))
    if known:
        return known
    if refusal.path.endswith((".url", "website")) and refusal.kind == "value_error":
        return ADDRESS
    return OTHER
