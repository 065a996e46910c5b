"""The words that a fiche needs around its content: dates, sums, names of places, lines of the identity card."""

from datetime import date

from models.content import FicheContent, IdentityCard
from models.geography import communes, departements
from models.taxonomy import ActionStatus, AuthorKind, label

from .typography import NBSP, THIN

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def euros(amount: int) -> str:
    """Return an amount in euros: 3 830 490 €."""
    return f"{amount:,}".replace(",", THIN) + f"{NBSP}€"


def number(value: int) -> str:
    """Return a whole number with French thousands."""
    return f"{value:,}".replace(",", THIN)


def weight(size: int) -> str:
    """Return the size of a file, bytes, as people read it: 412 ko, 1,4 Mo."""
    thousands = size / 1000
    text = f"{thousands:.0f}{NBSP}ko" if thousands < 1000 else f"{thousands / 1000:.1f}{NBSP}Mo"
    return text.replace(".", ",")


def month(value: str) -> str:
    """Return "2024-03" as "mars 2024", "2024" as itself."""
    year, _, rank = value.partition("-")
    return f"{_MONTHS[int(rank) - 1]} {year}" if rank else year


def day(value: date) -> str:
    """Return a date in words: 1er mars 2024, 12 mars 2024."""
    return f"{'1er' if value.day == 1 else value.day}{NBSP}{_MONTHS[value.month - 1]} {value.year}"


def period(start: str, end: str, status: ActionStatus | None = None) -> str:
    """Return the dates of the action in words: "Depuis mars 2024", "De mars 2024 à juin 2025"."""
    if start and end:
        if start == end:
            return f"En {month(start)}"
        first = month(start)
        return f"{'D’' if first[0] in 'ao' else 'De '}{first} à {month(end)}"
    if end:
        return f"Jusqu’en {month(end)}"
    if not start:
        return ""
    if status is ActionStatus.PREPARING:
        return f"À partir de {month(start)}" if month(start)[0] not in "ao" else f"À partir d’{month(start)}"
    if status is ActionStatus.FINISHED:
        return f"Commencée en {month(start)}"
    return f"Depuis {month(start)}"


def place_name(commune: str) -> str:
    """Return "Confolens (Charente)" for an INSEE code, "" when it is unknown."""
    known = communes().get(commune)
    if known is None:
        return ""
    departement = departements().get(known.departement_code)
    if departement is None or departement.name == known.name:
        return known.name
    return f"{known.name} ({departement.name})"


def card_lines(card: IdentityCard) -> list[str]:
    """Return the lines of the identity card that stand between the name and the mission, in order."""
    lines = []
    kind = label("structures", card.kind)
    if card.name and kind.casefold() not in card.name.casefold():
        lines.append(kind)
    if card.founded:
        lines.append(f"{'Créée' if card.kind is AuthorKind.FEDERATION else 'Créé'} en {card.founded}")
    lines.append(card.coverage)
    if card.field:
        lines.append(f"Domaine d’intervention{NBSP}: {card.field}")
    lines += [card.staff, card.board, card.members]
    if card.budget is not None:
        lines.append(f"Budget{NBSP}: {euros(card.budget)}")
    return [line for line in lines if line.strip()]


def action_facts(content: FicheContent) -> list[tuple[str, list[str]]]:
    """Return the facts of the action as (label, values), leaving out what is not known."""
    residents = content.residents
    place = place_name(content.commune)
    where = [place] if place else []
    if content.place.strip() and content.place.casefold() not in place.casefold():
        where.append(content.place)
    when = [text for text in (period(content.start, content.end, content.status),) if text]
    if content.status:
        when.append(label("statuts_action", content.status))
    facts = [
        ("Où", where),
        ("Quand", when),
        ("Pour qui", [label("publics", key) for key in content.publics]),
        ("À l’initiative", [label("initiatives", key) for key in residents.initiative]),
        ("Place des habitants", [label("places", residents.place)] if residents.place else []),
    ]
    return [(name, values) for name, values in facts if values]


def allies(content: FicheContent) -> list[tuple[str, list[str]]]:
    """Return who took part, as (label, names): partners, funders."""
    how = content.implementation
    found = [("Avec", _filled(how.partners)), ("Financé par", _filled(how.funders))]
    return [(name, values) for name, values in found if values]


def _filled(lines: list[str]) -> list[str]:
    return [line for line in lines if line.strip()]


def duration(minutes: int) -> str:
    """Return minutes as people say them: "60 minutes", "1 h 15", "2 h 30"."""
    if minutes <= 60:
        return f"{minutes}\u00a0minute{'s' if minutes > 1 else ''}"
    hours, rest = divmod(minutes, 60)
    return f"{hours}\u00a0h\u00a0{rest:02d}" if rest else f"{hours}\u00a0h"
