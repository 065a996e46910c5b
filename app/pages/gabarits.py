"""`/administration/gabarits`: the gabarits that are installed, with samples, and how to write one."""

from html import escape

from fastapi import FastAPI, Request
from nicegui import ui
from starlette.responses import Response

from app.auth.session import current_actor
from app.pages.frame import admit, frame, work_page
from app.permissions import Actor, can_administer
from app.services import samples
from layouts import renderer
from layouts.checking import FILES
from layouts.site.environment import french_spaces as fr
from layouts.typography import french
from models.errors import LayoutFailed, NotAllowed, NotFound

HOME = "/administration/gabarits"
_FILE_WORDS = {
    "fiche.html": "le modèle (Jinja) : quelles parties, dans quel ordre. Les parties communes sont dans _parts.",
    "fiche.css": "ce que le papier et l’écran partagent : lettres, couleurs, filets.",
    "paper.css": "les mesures sur papier, en millimètres et en points.",
    "page.css": "la feuille : marges, pied de page, numéros.",
    "screen.css": "la page web, du téléphone au grand écran.",
}
_STEPS = (
    "Copiez le dossier du gabarit le plus proche, dans layouts/gabarits, sous un nouveau nom (lettres minuscules).",
    "Dans manifest.toml, changez le nom, le titre, la phrase qui le présente, les six jeux de couleurs et les mesures.",
    "Dessinez : chaque règle de style commence par .fiche, chaque partie peut manquer, rien sous neuf points.",
    "Vérifiez avec la commande ci-dessous : elle met en page les fiches les plus difficiles et dit quoi revoir.",
    "Redémarrez le site : le gabarit est proposé à côté des autres, sans une ligne de programme.",
)


def register() -> None:
    """Declare the page."""

    @work_page(HOME)
    async def page(request: Request) -> Response | None:
        actor = await admit(request, can_administer, "Les gabarits se voient par l’équipe de la fédération.")
        if not isinstance(actor, Actor):
            return actor
        with (
            frame("Les gabarits", actor, here="/administration", styles=["guidance.css", "gabarits.css"]),
            ui.element("div").classes("stack stack-7 band"),
        ):
            ui.html('<div class="stack stack-7">' + _head() + _samples() + _how() + "</div>", sanitize=False)
        return None


def register_pictures(app: FastAPI) -> None:
    """Declare the route of the samples."""

    @app.get(HOME + "/{gabarit}/{palette}/{page}.jpg")
    async def sample(request: Request, gabarit: str, palette: str, page: int) -> Response:
        actor = await current_actor(request)
        if actor is None:
            return Response(status_code=401)
        try:
            data = await samples.picture(actor=actor, gabarit=gabarit, palette=palette, page=max(0, page - 1))
        except NotAllowed:
            return Response(status_code=403)
        except NotFound:
            return Response(status_code=404)
        except LayoutFailed:
            return Response(status_code=503)
        return Response(
            data, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=86400, immutable"}
        )


def _head() -> str:
    return (
        '<header class="stack"><p><a href="/administration">← Administration</a></p><h1>Les gabarits</h1><p class="lead">'
        + fr(
            "Un gabarit met en page toutes les fiches : la page web, les deux feuilles A4, l’affiche. Chaque centre choisit le "
            "sien, et ses couleurs."
        )
        + "</p></header>"
    )


def _samples() -> str:
    return "".join(_sample(each) for each in renderer.list_gabarits())


def _sample(chosen: renderer.Manifest) -> str:
    palettes = list(chosen.palettes)
    shown = [(palettes[0], 1), (palettes[0], 2), (palettes[-2], 1)]
    pictures = "".join(
        f'<li><figure><img src="{HOME}/{chosen.name}/{palette}/{page}.jpg?v={chosen.version}" width="910" height="1287" loading="lazy" '
        f'alt="{escape(french(chosen.label))}, {"recto" if page == 1 else "verso"}">'
        f"<figcaption>{escape(chosen.palettes[palette]['label'])}, {'recto' if page == 1 else 'verso'}</figcaption></figure></li>"
        for palette, page in shown
    )
    colours = ", ".join(escape(values["label"]) for values in chosen.palettes.values())
    return (
        f'<section class="stack" aria-labelledby="gabarit-{chosen.name}"><h2 id="gabarit-{chosen.name}">{escape(chosen.label)}</h2>'
        f"<p>{escape(french(chosen.description))}</p><p class='muted small'>{fr('Couleurs : ')}{colours}.</p>"
        f'<ul class="gabarit-samples">{pictures}</ul></section>'
    )


def _how() -> str:
    steps = "".join(f"<li>{escape(french(step))}</li>" for step in _STEPS)
    files = "".join(f"<li><code>{file}</code> : {escape(french(_FILE_WORDS[file]))}</li>" for file in FILES)
    return (
        '<section class="stack" aria-labelledby="ecrire-un-gabarit"><h2 id="ecrire-un-gabarit">Écrire un gabarit</h2>'
        f'<ol class="gabarit-steps">{steps}</ol><h3>Les fichiers du dossier</h3><ul class="gabarit-steps">'
        "<li><code>manifest.toml</code> : ce que le gabarit dit de lui, ses lettres, ses couleurs, ses mesures.</li>"
        f"{files}<li><code>poster.html</code> et <code>poster.css</code>, si vous le voulez : l’affiche, sinon celle de Repères.</li>"
        "<li><code>reseaux</code>, <code>diapositive</code>, <code>une-page</code> (<code>.html</code> et <code>.css</code>), "
        "si vous le voulez : sinon ceux de tous les gabarits, avec vos couleurs et vos lettres.</li></ul>"
        "<h3>La commande</h3><pre class='card card-soft card-pad'><code>python main.py gabarit reperes</code></pre></section>"
    )
