"""Any fiche that validates, for property tests: odd alphabets, very long words, right to left, empty, and maxima."""

from typing import Any

from hypothesis import strategies as st

from models import taxonomy
from models.content import FicheContent

NASTY = (
    "",
    " ",
    "\n\n\n",
    "é",  # composed…
    "e\u0301",  # … and decomposed
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "مرحبا بكم في المركز",
    "שלום \u202egnp.elif",
    "ߊߟߎ߫ ꯃꯩ 漢字かな交じり文",
    "Donaudampfschifffahrtsgesellschaft" * 8,
    "https://exemple.example/" + "a" * 300,
    "<script>alert('é')</script>&amp;&#8203;",
    "{{ 7 * 7 }} {% raw %} ${x} %s \\ \\u0000",
    "« Bonjour ! » : l'eau, 1 200 €… 50 %",
    "**gras** et *italique*\n- une liste\n1. une autre",
    "\u00ad\u200b\u2060\ufeff\u202f\u00a0",
    "ﬁ ½ Ⅷ ℃ Ω",
    "a\u0338" * 40,
    "𝒯𝑒𝓍𝓉𝑒 \U0001f9d1\U0001f3fd",
)
_ANY = st.text(max_size=40)
LINES = st.one_of(st.sampled_from(NASTY), _ANY, st.just("m" * 400)).map(lambda text: text[:400])
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    _ANY,
    st.lists(_ANY, max_size=4).map("\n\n".join),
    st.integers(1, 600)
    .map(lambda count: "Des voisins conduisent leurs voisins. " * count)
    .map(lambda text: text[:20_000]),
)
URLS = st.one_of(
    st.just(""), st.sampled_from(("https://exemple.example/é?a=1&b=2", "exemple.example", "http://[::1]/"))
)
COMMUNES = st.sampled_from(("", "16106", "75056", "2A004", "97411"))
MONTHS = st.one_of(st.just(""), st.integers(1000, 9999).map(str), st.just("2024-03"), st.just("1998-12"))
DAYS = st.sampled_from(("", "2024-03-12", "9999-12-31"))
EUROS = st.none() | st.integers(0, 10_000_000_000)


def _part(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A part with any of its fields missing."""
    return st.fixed_dictionaries({}, optional=fields)


def _some(items: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[list[Any]]:
    return st.one_of(st.lists(items, max_size=2), st.lists(items, min_size=most, max_size=most))


def _keys(name: str, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(taxonomy.labels(name))), max_size=most, unique=True)


TITLED = _part(title=LINES, text=TEXTS)
PHOTOS = st.fixed_dictionaries(
    {"media": st.from_regex(r"[0-9a-z-]{8,20}", fullmatch=True)},
    optional={
        "width": st.integers(1, 5000),
        "height": st.integers(1, 5000),
        "cover": st.booleans(),
        "alt": LINES,
        "caption": LINES,
        "credit": LINES,
        "licence": st.none() | st.sampled_from(list(taxonomy.PhotoLicence)),
        "consent": st.none() | st.sampled_from(list(taxonomy.ImageConsent)),
        "consent_date": DAYS,
        "consent_until": DAYS,
        "consent_uses": LINES,
        "consent_kept_at": LINES,
        "focus_x": st.floats(0, 1),
        "focus_y": st.floats(0, 1),
        "crop": st.sampled_from(("", "0-0-1000-1000", "100-200-300-400")),
    },
)
DOCUMENTS = _part(
    title=LINES,
    accroche=LINES,
    card=_part(
        name=LINES,
        kind=st.sampled_from(list(taxonomy.AuthorKind)),
        founded=st.none() | st.integers(1000, 2200),
        coverage=LINES,
        field=LINES,
        staff=LINES,
        board=LINES,
        members=LINES,
        budget=EUROS,
        mission=TEXTS,
        website=URLS,
        mailbox=LINES,
        commune=COMMUNES,
    ),
    commune=COMMUNES,
    place=LINES,
    start=MONTHS,
    end=MONTHS,
    status=st.none() | st.sampled_from(list(taxonomy.ActionStatus)),
    themes=_keys("themes", 3),
    publics=_keys("publics", 3),
    constat=TITLED,
    needs=_some(LINES, 6),
    response=TITLED,
    residents=_part(
        initiative=_keys("initiatives", 6),
        place=st.none() | st.sampled_from(list(taxonomy.ResidentsPlace)),
        count=st.none() | st.integers(0, 1_000_000),
        count_unknown=st.booleans(),
        text=TEXTS,
    ),
    implementation=_part(
        text=TEXTS,
        means=TEXTS,
        steering=TEXTS,
        cost=EUROS,
        partners=_some(LINES, 30),
        funders=_some(LINES, 3),
        no_partner=st.booleans(),
        no_funder=st.booleans(),
    ),
    stages=_some(_part(when=LINES, title=LINES, text=TEXTS), 8),
    changes=_part(
        people=TEXTS, centre=TEXTS, territory=TEXTS, figures=_some(_part(value=LINES, label=LINES), 6)
    ),
    voices=_part(
        title=LINES,
        subtitle=LINES,
        quotes=_some(_part(text=TEXTS, name=LINES, role=LINES, agreement=st.booleans()), 6),
    ),
    success_factors=_some(TEXTS, 8),
    attention_points=_some(TITLED, 6),
    advice=_some(TEXTS, 6),
    further=_part(contact=LINES, mailbox=LINES, phone=LINES, links=_some(_part(label=LINES, url=URLS), 6)),
    summary=TEXTS,
    photos=_some(PHOTOS, 6),
)
CONTENTS: st.SearchStrategy[FicheContent] = DOCUMENTS.map(FicheContent.model_validate)


@st.composite
def versions(draw: st.DrawFn, count: int = 3) -> list[FicheContent]:
    """Some versions of one fiche: each takes some fields of another fiche, as people change it."""
    base = draw(CONTENTS)
    made = [base]
    names = [name for name in FicheContent.model_fields if name != "schema_version"]
    for _ in range(count - 1):
        other = draw(CONTENTS)
        changed = draw(st.sets(st.sampled_from(names), max_size=4))
        made.append(base.model_copy(update={name: getattr(other, name) for name in changed}, deep=True))
    return made
