"""The demonstration: plausible, complete, in every state, and the same each time."""

import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlmodel import SQLModel, col, select

from app.demo import loader
from app.services import media, publication
from models import database, geography, guide, taxonomy
from models.checks import findings
from models.content import FicheContent
from models.fiche import Fiche, GalleryEntry, Revision
from models.people import Account, Centre
from models.review import Remark, ReviewRound, Vote, tally
from models.taxonomy import Ballot, State

FOLDER = Path(loader.__file__).parent
SEED = "c-est-possible-plateforme"
TODAY = date(2026, 9, 15)


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


FICHES = {path.stem: _toml(path) for path in sorted((FOLDER / "fiches").glob("*.toml"))}
CENTRES = {
    key: row for path in sorted((FOLDER / "centres").glob("*.toml")) for key, row in _toml(path).items()
}
ILLUSTRATIONS = _toml(FOLDER / "illustrations" / "index.toml")
PUBLISHED = {name: row for name, row in FICHES.items() if row["state"] == State.PUBLISHED}
every_fiche = pytest.mark.parametrize("name", FICHES)


def _content(name: str) -> FicheContent:
    return FicheContent.model_validate(FICHES[name]["content"])


def _words(content: FicheContent) -> int:
    """Count the words of the story as a word processor does (l'eau is one).

    All but the card, the names of partners, the links and the pictures.
    """
    told = content.model_dump(
        mode="json",
        include={
            "title": True,
            "accroche": True,
            "constat": True,
            "needs": True,
            "response": True,
            "residents": {"text"},
            "implementation": {"text", "means", "steering"},
            "stages": True,
            "changes": True,
            "voices": True,
            "success_factors": True,
            "attention_points": True,
            "advice": True,
            "summary": True,
        },
    )
    return sum(bool(re.search(r"\w", word)) for text in _texts(told) for word in text.split())


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for child in value for text in _texts(child)]
    return [value] if isinstance(value, str) else []


# --- the files ----------------------------------------------------------------------------------------------------


@every_fiche
def test_every_fiche_is_valid_and_belongs_to_a_structure_that_exists(name: str) -> None:
    row = FICHES[name]
    assert row["centre"] in CENTRES
    assert State(row["state"])
    assert _content(name).title != ""


@every_fiche
def test_communes_exist(name: str) -> None:
    code = FICHES[name]["content"]["commune"]
    assert code in geography.communes() or (code == "" and FICHES[name]["state"] == State.DRAFT)


@every_fiche
def test_what_has_been_proposed_lacks_nothing(name: str) -> None:
    row = FICHES[name]
    if row["state"] == State.DRAFT:
        return
    card = {key: value for key, value in CENTRES[row["centre"]].items() if key != "federation"}
    content = FicheContent.model_validate(row["content"] | {"card": card})
    assert [found for found in findings(content, geography.communes()) if found.blocking] == []


@every_fiche
def test_pictures_exist_and_are_described(name: str) -> None:
    for photo in FICHES[name].get("photos", ()):
        assert (FOLDER / "illustrations" / f"{photo['name']}.jpg").exists(), photo["name"]
        assert guide.count_words(ILLUSTRATIONS[photo["name"]]["alt"]) >= 5


@every_fiche
def test_addresses_are_nobodys(name: str) -> None:
    text = (FOLDER / "fiches" / f"{name}.toml").read_text(encoding="utf-8")
    assert [
        found for found in re.findall(r"[\w.+-]+@([\w.-]+)", text) if not found.endswith(".example")
    ] == []
    if name != SEED:
        links = re.findall(r"https?://([\w.-]+)", text)
        assert [host for host in links if not host.endswith(".example")] == []


@every_fiche
def test_votes_and_remarks_are_those_of_the_committee(name: str) -> None:
    row = FICHES[name]
    committee = {key for key, _, role, _, _ in loader.ACCOUNTS if role != "contributor"}
    votes = row.get("votes", ())
    assert {vote["by"] for vote in votes} <= committee
    assert len({vote["by"] for vote in votes}) == len(votes)
    assert all(vote["reason"] for vote in votes if Ballot(vote["ballot"]) is not Ballot.PUBLISH)
    for remark in row.get("remarks", ()):
        assert remark["by"] in committee
        assert guide.step(remark["step"]).key == remark["step"]


def test_structures_are_valid_and_somewhere() -> None:
    for key, row in CENTRES.items():
        assert row["commune"] in geography.communes(), key
        text = " ".join(_texts(row))
        assert all(host.endswith(".example") for host in re.findall(r"[\w.+-]+@([\w.-]+)", text)), key
    assert {row["kind"] for row in CENTRES.values()} == {"centre", "evs", "federation"}
    known = {row.id for row in geography.federation_rows()}
    assert {row["federation"] for row in CENTRES.values() if row.get("federation")} <= known


def test_illustrations_are_pictures_that_an_upload_would_accept(tmp_path: Path) -> None:
    assert {path.stem for path in (FOLDER / "illustrations").glob("*.jpg")} == set(ILLUSTRATIONS)
    for name, row in ILLUSTRATIONS.items():
        with Image.open(FOLDER / "illustrations" / f"{name}.jpg") as image:
            assert (image.format, min(image.size) >= 600) == ("JPEG", True), name
        assert all(0 <= part <= 1 for part in row.get("focus", (0.5, 0.5))), name


def test_there_are_enough_fiches_places_and_subjects() -> None:
    assert len(FICHES) >= 49
    departements = {geography.departement_of(row["content"]["commune"]) for row in PUBLISHED.values()}
    assert len(departements) >= 20
    themes = Counter(theme for row in PUBLISHED.values() for theme in row["content"]["themes"])
    assert set(themes) == set(taxonomy.labels("themes"))
    assert {row["state"] for row in FICHES.values()} == {str(state) for state in State}
    titles = [row["content"]["title"] for row in FICHES.values()]
    assert len(set(titles)) == len(titles)


def test_published_fiches_have_the_length_that_the_guide_recommends() -> None:
    words = {name: _words(_content(name)) for name in PUBLISHED if name != SEED}
    assert {name: count for name, count in words.items() if not 400 <= count <= 1000} == {}
    within = [name for name, count in words.items() if 600 <= count <= 750]
    assert len(within) >= 0.8 * len(words), {
        name: count for name, count in words.items() if name not in within
    }


def test_dates_spread_over_thirty_months() -> None:
    days = [row["decided"] for row in FICHES.values() if "decided" in row]
    assert max(days) - min(days) >= 30 * 28
    for name, row in FICHES.items():
        order = [row[key] for key in ("started", "proposed", "decided", "archived") if key in row]
        assert order == sorted(order, reverse=True), name


def test_no_surname_is_invented() -> None:
    for name, row in FICHES.items():
        if name == SEED:
            continue
        for quote in row["content"].get("voices", {}).get("quotes", ()):
            assert not re.search(r"\b[A-ZÉÈ][a-zéèêëïôç]+ [A-ZÉÈ][a-zéèêëïôç]+$", quote.get("name", "")), (
                name,
                quote,
            )


# --- what is loaded -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pictures(demo_folder: Path) -> Path:
    """Where the pictures are stored, once for all loadings."""
    return demo_folder / "medias"


async def _load(folder: Path, pictures: Path, template: Path, **options: Any) -> database.Database:
    copy = folder / "demonstration.sqlite3"
    copy.write_bytes(template.read_bytes())  # noqa: ASYNC240
    connected = database.connect(f"sqlite+aiosqlite:///{copy}")
    media.configure(pictures, pictures.parent / "masters")
    publication.configure(pieces=folder, address="http://site.example")
    await loader.load(TODAY, **options)
    return connected


async def _rows() -> dict[str, list[Any]]:
    """Return every row, but when accounts and structures were created (which is when they are loaded)."""
    rows = {}
    async with database.reading() as session:
        for table in SQLModel.metadata.sorted_tables:
            hidden = {"created_at"} if table.name in ("account", "centre") else set()
            columns = [column for column in table.columns if column.name not in hidden]
            found = await session.execute(select(*columns).order_by(*table.primary_key.columns))
            rows[table.name] = [tuple(row) for row in found.all()]
    return rows


async def test_the_same_day_gives_the_same_rows(
    tmp_path: Path, pictures: Path, sqlite_template: Path
) -> None:
    seen = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        connected = await _load(tmp_path / name, pictures, sqlite_template)
        seen.append(await _rows())
        await connected.dispose()
    assert seen[0] == seen[1]
    assert len(seen[0]["fiche"]) == len(FICHES)


async def test_what_is_loaded_holds_together(tmp_path: Path, pictures: Path, sqlite_template: Path) -> None:
    connected = await _load(tmp_path, pictures, sqlite_template)
    async with database.reading() as session:
        revisions = {row.id: row for row in (await session.exec(select(Revision))).all()}
        fiches = (await session.exec(select(Fiche))).all()
        entries = {row.fiche_id: row for row in (await session.exec(select(GalleryEntry))).all()}
        rounds = (await session.exec(select(ReviewRound))).all()
        votes = (await session.exec(select(Vote))).all()
        remarks = (await session.exec(select(Remark))).all()
    public = {fiche.id for fiche in fiches if fiche.published_revision_id}
    assert set(entries) == public
    assert len(public) == len(PUBLISHED)
    assert len({fiche.slug for fiche in fiches if fiche.slug}) == sum(bool(fiche.slug) for fiche in fiches)
    for fiche in fiches:
        if fiche.published_revision_id:
            assert revisions[fiche.published_revision_id].state == State.PUBLISHED
    for round_ in rounds:
        cast = [vote for vote in votes if vote.round_id == round_.id]
        assert all(vote.cast_at >= round_.opened_at for vote in cast) or round_.closed_at is None
        if round_.closed_at is not None:
            assert tally(cast).outcome is not None, revisions[round_.revision_id].content.title
    waiting = [round_ for round_ in rounds if round_.closed_at is None]
    assert any(vote.round_id in {round_.id for round_ in waiting} for vote in votes)
    assert any(remark.round_id in {round_.id for round_ in waiting} for remark in remarks)
    await connected.dispose()


async def test_states_follow_from_the_votes(tmp_path: Path, pictures: Path, sqlite_template: Path) -> None:
    connected = await _load(tmp_path, pictures, sqlite_template)
    expected = {
        State.PUBLISHED: {Ballot.PUBLISH},
        State.ARCHIVED: {Ballot.PUBLISH},
        State.TO_CLARIFY: {Ballot.CLARIFY},
        State.DECLINED: {Ballot.DECLINE, Ballot.REDIRECT},
    }
    async with database.reading() as session:
        rows = await session.exec(
            select(Revision, ReviewRound).join(ReviewRound, col(ReviewRound.revision_id) == Revision.id)
        )
        for revision, round_ in rows.all():
            if round_.closed_at is None:
                assert revision.state == State.PROPOSED
                continue
            cast = (await session.exec(select(Vote).where(Vote.round_id == round_.id))).all()
            assert tally(cast).outcome in expected[State(revision.state)], revision.content.title
    await connected.dispose()


async def test_nothing_is_added_to_a_database_in_use(
    tmp_path: Path, pictures: Path, sqlite_template: Path
) -> None:
    connected = await _load(tmp_path, pictures, sqlite_template)
    before = await _rows()
    assert await loader.load(TODAY) == 0
    assert await _rows() == before
    await connected.dispose()


async def test_accounts_and_structures_may_come_without_fiches(
    tmp_path: Path, pictures: Path, sqlite_template: Path
) -> None:
    connected = await _load(tmp_path, pictures, sqlite_template, fiches=False)
    async with database.reading() as session:
        accounts = (
            await session.exec(select(Account.email).where(col(Account.demo)).order_by(col(Account.id)))
        ).all()
        centres = (await session.exec(select(Centre))).all()
        fiches = (await session.exec(select(Fiche))).all()
    assert list(accounts) == [f"{key}@demo.example" for key, *_, demo in loader.ACCOUNTS if demo]
    assert (len(centres), fiches) == (len(CENTRES), [])
    await connected.dispose()
