"""What each field of a fiche looks like in the editor: the kind of control, its choices, what stands together.

Labels, hints and lengths come from the guide; this module adds only the shape.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from layouts.typography import french
from models import guide
from models.taxonomy import labels

Spec = dict[str, Any]

_NBSP = "\u00a0"
_LONG_ROWS = 7  # lines of a box for a text of about a hundred words


@dataclass(frozen=True)
class Block:
    """Fields that stand together: side by side (`row`), or under a title that opens."""

    fields: tuple[Spec, ...]
    row: bool = False
    title: str = ""
    hint: str = ""
    open: bool = False

    def to_dict(self) -> Spec:
        """Return the block as JSON values."""
        return {
            "id": self.fields[0]["path"] + self.title,
            "fields": self.fields,
            "row": self.row,
            "title": self.title,
            "hint": self.hint,
            "open": self.open,
        }


def blocks(step_key: str, *, card_open: bool = False) -> list[Spec]:
    """Return the blocks of a step, in order. `card_open`: show the identity card (when it has no name yet)."""
    return [block.to_dict() for block in _STEPS[step_key](card_open)]


# ---- single fields ----------------------------------------------------------------------------------------------


def _field(path: str, kind: str, **more: Any) -> Spec:
    """One field: `path` is relative to its item when it contains `*`."""
    said = guide.field(path)
    spec: Spec = {
        "path": path.rsplit("*.", 1)[-1],
        "kind": kind,
        "label": french(said.label),
        "hint": french(said.hint),
    }
    if said.max_words:
        spec |= {"min": said.min_words, "max": said.max_words}
    return spec | more


def _line(path: str, **more: Any) -> Spec:
    return _field(path, "line", **more)


def _area(path: str, rows: int = 3) -> Spec:
    return _field(path, "area", rows=rows)


def _number(path: str, kind: str = "number") -> Spec:
    return _field(path, kind, inputmode="numeric", short=True)


def _options(name: str) -> list[tuple[str, str]]:
    return list(labels(name).items())


def _three(path: str, name: str, refusal: str) -> Spec:
    return _field(path, "checks", options=_options(name), limit=3, refusal=refusal)


def _several(path: str, *, item: str, gone: str, add: str, limit: int, **more: Any) -> Spec:
    return _field(
        path,
        "items",
        item=item,
        gone=gone,
        add=add,
        limit=limit,
        full=f"Il y en a {limit}{_NBSP}: c’est le maximum. Pour en ajouter, retirez-en.",
        **more,
    )


# ---- the eight steps --------------------------------------------------------------------------------------------


def _identity(card_open: bool) -> Iterable[Block]:
    yield Block((_line("title"), _area("accroche", 2)))
    yield Block((_field("commune", "commune"), _line("place")), row=True)
    yield Block((_field("start", "month"), _field("end", "month")), row=True)
    yield Block((_field("status", "radios", options=_options("statuts_action"), row=True),))
    kind = f"Trois thèmes au plus{_NBSP}: décochez-en un pour choisir celui-ci."
    yield Block(
        (_three("themes", "themes", kind), _three("publics", "publics", kind.replace("thèmes", "publics")))
    )
    card = (
        _line("card.name", autocomplete="organization"),
        _field("card.kind", "select", options=_options("structures"), blank=False),
        _number("card.founded", "year"),
        _line("card.coverage"),
        _line("card.field"),
        _line("card.staff"),
        _line("card.board"),
        _line("card.members"),
        _number("card.budget"),
        _area("card.mission"),
        _line("card.website", type="url", inputmode="url", autocomplete="url"),
        _line("card.mailbox", type="email", inputmode="email", autocomplete="email"),
    )
    hint = "Remplie d’avance. Ouvrez-la pour la relire ou la compléter."
    yield Block(card, title="La carte de votre structure", hint=hint, open=card_open)


def _origin(_: bool) -> Iterable[Block]:
    yield Block((_line("constat.title"), _area("constat.text", _LONG_ROWS)))
    each = _line("needs.*")
    each["path"] = ""
    needs = _several(
        "needs", item="Besoin", gone="retiré", add="Ajouter un besoin", limit=6, each=each, blank=""
    )
    yield Block((needs,))
    yield Block((_line("response.title"), _area("response.text", 5)))


def _residents(_: bool) -> Iterable[Block]:
    yield Block((_field("residents.initiative", "checks", options=_options("initiatives")),))
    yield Block(
        (
            _field("residents.place", "radios", options=_options("places"), row=True),
            _number("residents.count"),
            _field("residents.count_unknown", "tick"),
        )
    )
    yield Block((_area("residents.text", _LONG_ROWS),))


def _path(_: bool) -> Iterable[Block]:
    fields = (_line("stages.*.when", half=True), _line("stages.*.title", half=True), _area("stages.*.text"))
    blank = {"when": "", "title": "", "text": ""}
    stages = _several(
        "stages", item="Étape", gone="retirée", add="Ajouter une étape", limit=8, fields=fields, blank=blank
    )
    yield Block((stages, _area("implementation.text", _LONG_ROWS)))
    yield Block((_area("implementation.means"), _area("implementation.steering")), row=True)
    yield Block((_number("implementation.cost"),))
    yield Block((_field("implementation.partners", "names"), _field("implementation.no_partner", "tick")))
    yield Block((_field("implementation.funders", "names"), _field("implementation.no_funder", "tick")))


def _changes(_: bool) -> Iterable[Block]:
    yield Block((_area("changes.people", 4), _area("changes.centre", 4), _area("changes.territory", 4)))
    fields = (_line("changes.figures.*.value", half=True), _line("changes.figures.*.label", half=True))
    figures = _several(
        "changes.figures",
        item="Chiffre clé",
        gone="retiré",
        add="Ajouter un chiffre clé",
        limit=6,
        fields=fields,
        blank={"value": "", "label": ""},
    )
    yield Block((figures,))


def _voices(_: bool) -> Iterable[Block]:
    fields = (
        _area("voices.quotes.*.text"),
        _line("voices.quotes.*.name", half=True),
        _line("voices.quotes.*.role", half=True),
        _field(
            "voices.quotes.*.agreement",
            "tick",
            of="text",
            reread=f"Les mots ont changé{_NBSP}: relisez-les avec la personne.",
        ),
    )
    blank = {"text": "", "name": "", "role": "", "agreement": False}
    quotes = _several(
        "voices.quotes",
        item="Citation",
        gone="retirée",
        add="Ajouter une citation",
        limit=6,
        fields=fields,
        blank=blank,
    )
    yield Block((quotes,))
    yield Block((_line("voices.title"), _line("voices.subtitle")), row=True)


def _tips(_: bool) -> Iterable[Block]:
    advice = _area("advice.*", 2) | {"path": ""}
    factor = _area("success_factors.*", 2) | {"path": ""}
    yield Block(
        (
            _several(
                "advice",
                item="Conseil",
                gone="retiré",
                add="Ajouter un conseil",
                limit=6,
                each=advice,
                blank="",
            ),
            _several(
                "attention_points",
                item="Point d’attention",
                gone="retiré",
                add="Ajouter un point d’attention",
                limit=6,
                fields=(_line("attention_points.*.title"), _area("attention_points.*.text")),
                blank={"title": "", "text": ""},
            ),
            _several(
                "success_factors",
                item="Facteur de réussite",
                gone="retiré",
                add="Ajouter un facteur de réussite",
                limit=8,
                each=factor,
                blank="",
            ),
        )
    )
    mailbox = _line("further.mailbox", type="email", inputmode="email")
    phone = _line("further.phone", type="tel", inputmode="tel", short=True)
    links = _several(
        "further.links",
        item="Lien",
        gone="retiré",
        add="Ajouter un lien",
        limit=6,
        fields=(
            _line("further.links.*.label", half=True),
            _line("further.links.*.url", inputmode="url", half=True),
        ),
        blank={"label": "", "url": ""},
    )
    yield Block((_line("further.contact"),))
    yield Block((mailbox, phone), row=True)
    yield Block((links,))


def _finish(_: bool) -> Iterable[Block]:
    yield Block((_area("summary", _LONG_ROWS),))
    photos = _field(
        "photos",
        "photos",
        item="Image",
        gone="retirée",
        limit=6,
        full=f"Six images au plus{_NBSP}: pour en ajouter, retirez-en.",
        formats=(
            f"Photos JPEG, PNG, WebP ou HEIC, 20{_NBSP}Mo au plus chacune. Pour l’image de une, 1{_NBSP}200 pixels de"
            " large au moins."
        ),
        why=(
            "Dites quelques mots de chaque image pendant que vous l’avez sous les yeux. La description la raconte à"
            " qui ne la voit pas, le crédit remercie qui l’a faite, l’accord protège les personnes qu’on reconnaît."
            f" Rien ne presse{_NBSP}: ce ne sera demandé qu’au moment de proposer la fiche."
        ),
        fields=(
            _line("photos.*.alt"),
            _line("photos.*.caption", half=True),
            _line("photos.*.credit", half=True),
            _field("photos.*.licence", "radios", options=_options("licences_image")),
            _field("photos.*.consent", "radios", options=_options("accords_image")),
        ),
        consent_hint=(
            "Gardez l’accord signé chez vous, ne l’envoyez pas ici. Les personnes peuvent refuser, ou changer d’avis"
            f" quand elles veulent{_NBSP}: vous retirez alors l’image."
        ),
        consent_fields=(
            _line("photos.*.consent_date", type="date", short=True),
            _line("photos.*.consent_until", type="date", short=True),
            _line("photos.*.consent_uses"),
            _line("photos.*.consent_kept_at"),
        ),
        blank={
            **dict.fromkeys(
                ("alt", "caption", "credit", "consent_date", "consent_until", "consent_uses"), ""
            ),
            "consent_kept_at": "",
            "licence": None,
            "consent": None,
            "crop": "",
            "cover": False,
            "focus_x": 0.5,
            "focus_y": 0.5,
        },
    )
    yield Block((photos,))


_STEPS = {
    "identity": _identity,
    "origin": _origin,
    "residents": _residents,
    "path": _path,
    "changes": _changes,
    "voices": _voices,
    "tips": _tips,
    "finish": _finish,
}
