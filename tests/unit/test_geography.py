"""Communes, départements, their map and the reference of federations."""

import re
import time
from collections import Counter

import pytest

from models import geography
from models.geography import find_communes


def first(query: str) -> str:
    found = find_communes(query, limit=1)
    return found[0].code if found else ""


def test_every_commune_and_departement_is_there() -> None:
    assert len(geography.communes()) == 34_875
    assert len(geography.departements()) == 101
    assert {c.departement_code for c in geography.communes().values()} == set(geography.departements())


def test_every_commune_has_a_name_a_postal_code_and_a_place() -> None:
    for commune in geography.communes().values():
        assert commune.name
        assert "'" not in commune.name
        assert commune.postal_codes
        assert all(re.fullmatch(r"\d{5}", code) for code in commune.postal_codes)
        assert -22 < commune.lat < 52
        assert -64 < commune.lon < 56


def test_articles_belong_to_the_name() -> None:
    names = [geography.communes()[code].name for code in ("76351", "94038", "01001", "27676")]
    assert names == ["Le Havre", "L’Haÿ-les-Roses", "L’Abergement-Clémenciat", "Les Trois Lacs"]


def test_corsica_and_overseas_have_their_codes() -> None:
    names = {
        code: geography.departements()[code].name for code in ("2A", "2B", "971", "972", "973", "974", "976")
    }
    assert names == {
        "2A": "Corse-du-Sud",
        "2B": "Haute-Corse",
        "971": "Guadeloupe",
        "972": "Martinique",
        "973": "Guyane",
        "974": "La Réunion",
        "976": "Mayotte",
    }
    assert geography.departement_of("2A004") == "2A"
    assert geography.departement_of("97411") == "974"


def test_departements_know_how_they_are_said() -> None:
    said = [geography.departements()[code].locative for code in ("59", "16", "75", "974", "01", "22")]
    assert said == [
        "dans le Nord",
        "en Charente",
        "à Paris",
        "à La Réunion",
        "dans l’Ain",
        "dans les Côtes-d’Armor",
    ]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("Lille", "59350"),
        ("lille 59", "59350"),
        ("Paris", "75056"),
        ("Paris 12e", "75056"),
        ("75012", "75056"),
        ("saint etienne", "42218"),
        ("St-Étienne", "42218"),
        ("80000", "80021"),
        ("80021", "80021"),
        ("2a004", "2A004"),
        ("havre", "76351"),
        ("l'hay", "94038"),
        ("villeneuve d’ascq", "59009"),
        ("oeuilly", "51410"),
        ("97400", "97411"),
        ("mamoudzou", "97611"),
        ("zzzz", ""),
        ("  ", ""),
    ],
)
def test_a_commune_is_found_as_people_write_it(query: str, code: str) -> None:
    assert first(query) == code


def test_the_exact_name_goes_first_then_the_most_peopled() -> None:
    names = [commune.name for commune in find_communes("lille", limit=4)]
    assert names == ["Lille", "Lillers", "Lillebonne", "Lillemer"]
    assert [c.code for c in find_communes("saint-denis", limit=2)] == ["97411", "93066"]


def test_a_postal_code_goes_before_an_insee_code() -> None:
    assert [c.name for c in find_communes("59350")] == ["Saint-André-lez-Lille", "Lille"]


def test_the_limit_is_kept_and_a_search_is_quick_enough_to_follow_typing() -> None:
    find_communes("a")
    started = time.process_time()
    assert len(find_communes("sai", limit=7)) == 7
    assert time.process_time() - started < 0.1


def boxes(path: str) -> tuple[float, float, float, float]:
    """Bounding box of a path made of absolute moves and relative lines."""
    xs, ys = [], []
    for ring in path.split("M")[1:]:
        numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", ring)]
        x, y = numbers[:2]
        xs.append(x)
        ys.append(y)
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            xs.append(x)
            ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)


def test_the_map_draws_every_departement_inside_its_view_box() -> None:
    drawn = geography.map_geometry()
    assert set(drawn.paths) == set(drawn.centers) == set(geography.departements())
    assert set(drawn.inset_paths) == set(drawn.inset_centers) == {"75", "92", "93", "94"}
    for path in (*drawn.paths.values(), *drawn.inset_paths.values()):
        left, top, right, bottom = boxes(path)
        assert left >= 0
        assert top >= 0
        assert right <= drawn.width
        assert bottom <= drawn.height


def test_neighbours_share_their_border_exactly() -> None:
    """The points of the border between Nord and Pas-de-Calais are the same in both paths: no gap, no overlap."""
    nord, pas_de_calais = (points(geography.map_geometry().paths[code]) for code in ("59", "62"))
    assert len(nord & pas_de_calais) > 10


def points(path: str) -> set[tuple[int, int]]:
    found = set()
    for ring in path.split("M")[1:]:
        numbers = [round(float(n) * 10) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", ring)]
        x, y = numbers[:2]
        found.add((x, y))
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            found.add((x, y))
    return found


def test_overseas_departements_lie_in_their_frames_and_away_from_the_mainland() -> None:
    drawn = geography.map_geometry()
    assert [frame.zone for frame in drawn.frames] == ["971", "972", "973", "974", "976", "paris"]
    for frame in drawn.frames[:5]:
        left, top, right, bottom = boxes(drawn.paths[frame.zone])
        assert frame.x < left < right < frame.x + frame.width
        assert frame.y < top < bottom < frame.y + frame.height
    for frame in drawn.frames:
        for code, path in drawn.paths.items():
            left, top, right, bottom = boxes(path)
            apart = (
                right < frame.x
                or left > frame.x + frame.width
                or bottom < frame.y
                or top > frame.y + frame.height
            )
            assert apart or code == frame.zone, (code, frame.zone)


def test_every_commune_falls_on_its_departement() -> None:
    """Four units (5 km on the mainland) of grace: coasts are simplified."""
    around = {code: boxes(path) for code, path in geography.map_geometry().paths.items()}
    away = []
    for commune in geography.communes().values():
        left, top, right, bottom = around[commune.departement_code]
        x, y = geography.project(commune.lat, commune.lon, commune.departement_code)[0]
        if not (left - 4 <= x <= right + 4 and top - 4 <= y <= bottom + 4):
            away.append(commune.name)
    assert away == []


def test_the_first_ring_of_paris_is_placed_twice() -> None:
    frame = geography.map_geometry().frames[-1]
    for code in ("75056", "92050", "93066", "94028"):
        commune = geography.communes()[code]
        places = geography.project(commune.lat, commune.lon, commune.departement_code)
        assert len(places) == 2
        assert frame.x < places[1][0] < frame.x + frame.width
        assert frame.y < places[1][1] < frame.y + frame.height
    lille = geography.communes()["59350"]
    assert len(geography.project(lille.lat, lille.lon, "59")) == 1


def test_an_unknown_departement_has_no_place() -> None:
    with pytest.raises(KeyError):
        geography.project(48.0, 2.0, "99")


def test_every_departement_is_in_exactly_one_federation_or_group_to_confirm() -> None:
    covered = Counter(
        code
        for row in geography.federation_rows()
        if row.kind in ("federation", "a_confirmer")
        for code, _ in row.departements
    )
    assert covered == Counter(list(geography.departements()))


def test_marks_of_the_reference_are_read() -> None:
    rows = {row.id: row for row in geography.federation_rows()}
    assert len(rows) == 56
    assert rows["fd5962"].departements == (("59", True), ("62", True))
    assert ("33", False) in rows["urnacs"].departements
    assert all(code in geography.departements() for row in rows.values() for code, _ in row.departements)
    assert len(rows["fcsf"].departements) == 101
    assert [rows[name].to_confirm for name in ("fd5962", "fd33", "picardie", "fd16")] == [
        False,
        True,
        True,
        False,
    ]
