"""In a dossier that comes back after precisions: what the centre changed since it was last read."""

from html import escape

from nicegui import ui

from app.services.review import Dossier
from components.changes import change_html, name_of
from layouts.site.environment import french_spaces as fr
from layouts.site.environment import plural
from models.comparison import compare


def changes_since(dossier: Dossier) -> None:
    """Fold the changes away under their number; nothing in a first round."""
    earlier = dossier.earlier
    if earlier is None or dossier.closed:
        return
    since = "votre dernière lecture" if earlier.read else f"le tour {earlier.round_number}"
    changes = compare(earlier.content, dossier.content)
    if not changes:
        sentence = fr(f"Rien n’a changé dans les textes ni dans les images depuis {since}.")
        ui.html(f'<p class="notice">{sentence}</p>', sanitize=False)
        return
    passages = "".join(
        f'<section class="change"><div class="change-body"><h3>{escape(name_of(change.path))}</h3>'
        f"{change_html(change)}</div></section>"
        for change in changes
    )
    legend = fr("Barré : enlevé. Souligné : ajouté.")
    ui.html(
        f'<details class="card card-pad changes-since"><summary class="strong">Ce qui a changé depuis {since} '
        f'<span class="chip chip-soft">{plural(len(changes), "passage")}</span></summary>'
        f'<p class="small muted">{legend}</p>{passages}</details>',
        sanitize=False,
    )
