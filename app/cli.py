"""The command line: `python main.py serve`, `demo`, `login-link` …"""

import asyncio
import logging
import socket
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer
import uvicorn
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from app import server
from app.demo import loader
from app.pages.brochures import PHASES, why_not
from app.services import accounts, brochures, mail, press, rendering, search
from app.services.rendering import Urgency
from app.settings import Settings
from layouts import checking
from layouts.catalogue import PIECES
from layouts.manifest import GABARITS, Palette, WrongManifest, list_gabarits
from layouts.site.environment import plural
from layouts.wording import weight
from models import database
from models.errors import Invalid, LayoutFailed
from models.taxonomy import ThemeKey

cli = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="C’est possible ! : la plateforme des initiatives des centres sociaux.",
)


class Stop(Exception):
    """A sentence for the person who starts the program."""


def run() -> None:
    """Run the command line; a foreseeable problem ends with one sentence and exit code 1, without a traceback."""
    try:
        cli(standalone_mode=True)
    except Stop as reason:
        print(f"C’est possible ! ne peut pas démarrer. {reason}", file=sys.stderr)
        sys.exit(1)


def read_settings() -> Settings:
    """Read the settings; Stop names the first wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        problem = error.errors()[0]
        name = "CESTPOSSIBLE_" + str(problem["loc"][0]).upper()
        raise Stop(f"Le réglage {name} ne convient pas ({problem['input']!r}) : {problem['msg']}") from None


def prepare() -> Settings:
    """Read the settings, make the folders, bring the database up to date."""
    settings = read_settings()
    try:
        settings.prepare()
        _ = settings.signing_key
    except OSError as error:
        raise Stop(
            f"Le dossier des données « {settings.data_dir} » ne peut pas être écrit ({error.strerror})."
        ) from None
    try:
        database.migrate(settings.database)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise Stop(f"La base de données ne répond pas : {reason}") from None
    return settings


@cli.command()
def serve() -> None:
    """Met la base à jour, charge la démonstration au premier démarrage, et sert le site."""
    settings = read_settings()
    try:
        list_gabarits()
    except WrongManifest as reason:
        raise Stop(f"Un gabarit est à revoir : {reason}") from None
    _require_free_port(settings)
    settings = prepare()
    if settings.demo:
        asyncio.run(_load_demo(settings))
    app = server.create_app(settings, warm=True)
    _welcome(settings)
    logging.basicConfig(format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("app").setLevel(settings.log_level.upper())
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        access_log=False,
        proxy_headers=True,
        ws_max_size=4 * 1024 * 1024,
        timeout_graceful_shutdown=3,
    )


@cli.command()
def demo(
    accounts_only: Annotated[bool, typer.Option(help="Seulement les comptes et les structures.")] = False,
) -> None:
    """Remplit une base vide avec la démonstration."""
    settings = prepare()
    count = asyncio.run(_load_demo(settings, fiches=not accounts_only))
    print(
        f"{count} fiches de démonstration."
        if count or accounts_only
        else "La base contient déjà des comptes : rien n’a été ajouté."
    )


@cli.command()
def login_link(email: str) -> None:
    """Affiche un lien de connexion pour cette adresse (utile avant que le courrier soit réglé)."""
    settings = prepare()

    async def make() -> str:
        server.configure(settings)
        await accounts.send_link(email=email)
        latest = await mail.latest(1)
        await database.current().dispose()
        return next(word for word in latest[0].text.split() if "/connexion/" in word)

    try:
        print(asyncio.run(make()))
    except Invalid:
        raise Stop(f"L’adresse « {email} » semble incomplète.") from None


@cli.command()
def render() -> None:
    """Met en page d’avance les documents de chaque fiche publiée (ceux d’un gabarit changé sont refaits)."""
    settings = prepare()
    seen = 0

    async def make() -> Mapping[str, int]:
        def told(done: int, total: int) -> None:
            nonlocal seen
            bar.length = total
            bar.update(done - seen)
            seen = done

        server.configure(settings)
        counts = await press.render_all(urgency=Urgency.WAITED, told=told)
        await asyncio.to_thread(rendering.close)
        await database.current().dispose()
        return counts

    with typer.progressbar(length=0, label="Mise en page") as bar:
        counts = asyncio.run(make())
    for name, count in counts.items():
        print(f"{PIECES[name].label} : {count}")


@cli.command()
def brochure(
    result: Annotated[Path, typer.Argument(help="Le fichier à écrire : brochure.pdf.")],
    title: Annotated[str, typer.Option("--titre", help="Le titre de la couverture.")],
    subtitle: Annotated[str, typer.Option("--sous-titre")] = "",
    editorial: Annotated[
        Path | None,
        typer.Option("--editorial", help="Un fichier de texte : l’éditorial.", exists=True, dir_okay=False),
    ] = None,
    signed: Annotated[str, typer.Option("--signature", help="Qui signe l’éditorial.")] = "",
    palette: Annotated[Palette, typer.Option("--couleurs")] = Palette.LAGUNE,
    theme: Annotated[ThemeKey | None, typer.Option("--theme", help="Les fiches d’un thème.")] = None,
    departement: Annotated[str, typer.Option("--departement", help="Les fiches d’un département (59).")] = "",
    federation: Annotated[str, typer.Option("--federation", help="Les fiches d’une fédération.")] = "",
    fiches: Annotated[
        list[str] | None,
        typer.Option("--fiche", help="Une fiche, par la fin de son adresse ; plusieurs fois, dans l’ordre."),
    ] = None,
) -> None:
    """Relie des fiches publiées en une brochure : couverture, sommaire, carte, index."""
    settings = prepare()
    text = editorial.read_text(encoding="utf-8") if editorial else ""
    query = search.Query(theme=theme, departement=departement or None, federation=federation or None)

    async def make() -> int:
        server.configure(settings)
        try:
            wanted = brochures.Wanted(
                title=title,
                slugs=tuple(fiches or [entry.slug for entry in await brochures.choose(query)]),
                made=date.today(),
                subtitle=subtitle,
                editorial=text,
                signed=signed,
                palette=palette,
                address=settings.address,
                publisher=settings.publisher,
            )
            return await brochures.make(wanted, result, told)
        finally:
            await asyncio.to_thread(rendering.close)
            await database.current().dispose()

    seen = ""

    def told(what: str, done: int, total: int) -> None:
        nonlocal seen
        if what != seen:
            seen, bar.pos = what, 0
            bar.label = PHASES[what]
        bar.length = total
        bar.update(done - bar.pos)

    try:
        with typer.progressbar(length=1, label=PHASES["fiches"]) as bar:
            pages = asyncio.run(make())
    except (Invalid, LayoutFailed) as problem:
        _fail(why_not(problem))
    except OSError as error:
        _fail(f"« {result} » ne peut pas être écrit ({error.strerror}).")
    print(f"{result} : {plural(pages, 'page')}, {weight(result.stat().st_size)}")


@cli.command()
def gabarit(
    name: Annotated[str, typer.Argument(help="Le nom de son dossier ; rien pour voir la liste.")] = "",
) -> None:
    """Vérifie un gabarit : ses fichiers, ses couleurs, et les fiches les plus difficiles mises en page."""
    installed = sorted(path.parent.name for path in GABARITS.glob("*/manifest.toml"))
    if name not in installed:
        known = ", ".join(installed)
        print(f"Il n’y a pas de gabarit « {name} ». Gabarits : {known}." if name else f"Gabarits : {known}.")
        raise typer.Exit(1 if name else 0)
    wrong = 0
    for line in checking.check(name):
        wrong += bool(line.problems)
        note = f" ({line.note})" if line.note else ""
        print(f"{'✗' if line.problems else '✓'} {line.what}{note}", flush=True)
        for problem in line.problems:
            print(f"    {problem}", flush=True)
    if wrong:
        print(f"\n{name} : {wrong} point{'s' if wrong > 1 else ''} à revoir.")
        raise typer.Exit(1)
    print(f"\n{name} : tout tient.")


def _fail(reason: str) -> NoReturn:
    """End with a sentence and exit code 1."""
    print(reason, file=sys.stderr)
    raise typer.Exit(1)


async def _load_demo(settings: Settings, *, fiches: bool = True) -> int:
    server.configure(settings)
    count = await loader.load(fiches=fiches)
    await database.current().dispose()
    return count


def _require_free_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise Stop(
                f"L’adresse {settings.host}:{settings.port} ne peut pas être ouverte ({error.strerror}). "
                "Choisissez un autre port avec CESTPOSSIBLE_PORT."
            ) from None


def _welcome(settings: Settings) -> None:
    print(f"\n  C’est possible ! est ouvert : {settings.address}\n")
    if settings.demo:
        print("  Le contenu est une démonstration : centres et fiches sont inventés (sauf celle de la FCSF).")
        print(f"  Comptes en un clic : {settings.address}/connexion")
        for key, name, _, _, one_click in loader.ACCOUNTS:
            if one_click:
                print(f"    – {name} ({key}@demo.example)")
        if settings.mailbox_open:
            print(f"  Courriels : {settings.address}/boite-aux-lettres")
        print(
            "  Pour commencer à vide : CESTPOSSIBLE_DEMO=false CESTPOSSIBLE_DATA_DIR=mes-donnees make run\n"
        )
    sys.stdout.flush()
