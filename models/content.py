"""FicheContent: the content of a fiche as one document, stored whole with its schema version.

Everything is optional: a draft may be incomplete and is always saved. The bounds below only protect the machine;
the guide's recommended lengths are in `guide`, what a proposal demands is in `checks`.
"""

import re
import unicodedata
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from models.taxonomy import (
    ActionStatus,
    AuthorKind,
    ImageConsent,
    InitiativeKey,
    PhotoLicence,
    PublicKey,
    ResidentsPlace,
    ThemeKey,
)

# Control characters (but tab and line feed) and lone surrogates make PDF writers and databases fail.
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n|[\r\x85\u2028\u2029]")


def clean(value: Any) -> Any:
    """Normalise pasted text: NFC, `\\n` line ends, no control character. Leaves other types alone."""
    if not isinstance(value, str):
        return value
    return unicodedata.normalize("NFC", _UNWANTED.sub("", _LINE_ENDS.sub("\n", value)))


def one_line(value: str) -> str:
    """Fold line breaks into spaces: short fields are one line."""
    return re.sub(r"\s*\n\s*", " ", value)


def _web_address(value: str) -> str:
    """Refuse schemes other than http(s): a link must never carry a script."""
    # Browsers ignore tabs and line ends inside an address.
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):(\d*)", re.sub(r"\s", "", value))
    host_and_port = scheme and "." in scheme[1] and scheme[2]  # "centre.example:8080"
    if scheme and not host_and_port and scheme[1].lower() not in ("http", "https"):
        raise ValueError("only http and https addresses are accepted")
    return value


Text = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=20_000)]
Line = Annotated[str, BeforeValidator(clean), AfterValidator(one_line), StringConstraints(max_length=400)]
Url = Annotated[Line, AfterValidator(_web_address)]
Month = Annotated[
    str, StringConstraints(pattern=r"^([0-9]{4}(-(0[1-9]|1[0-2]))?)?$")
]  # "", "2024" or "2024-03"
CommuneCode = Annotated[str, StringConstraints(pattern=r"^([0-9][0-9AB][0-9]{3})?$")]  # INSEE, e.g. "59350"
Euros = Annotated[int, Field(ge=0, le=10_000_000_000)]
Fraction = Annotated[float, Field(ge=0, le=1)]


class Document(BaseModel):
    """Base of the parts of a fiche: unknown fields are refused, assignments are validated."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)


class IdentityCard(Document):
    """Who writes, as printed on the fiche: a snapshot of the structure's card, taken when the draft is started."""

    name: Line = ""
    kind: AuthorKind = AuthorKind.CENTRE
    founded: Annotated[int, Field(ge=1000, le=2200)] | None = None  # year
    coverage: Line = ""  # "Couverture nationale", "Quartier des Aubépines"
    field: Line = ""  # "Social / Éducation populaire"
    staff: Line = ""  # "20 salariés"
    board: Line = ""  # "34 administrateurs nationaux"
    members: Line = ""  # "312 familles adhérentes"
    budget: Euros | None = None  # yearly, euros
    mission: Text = ""
    website: Url = ""
    mailbox: Line = ""  # role mailbox, never a personal address
    commune: CommuneCode = ""


class TitledText(Document):
    """A text with an optional short title of its own."""

    title: Line = ""
    text: Text = ""


class Residents(Document):
    """The place of the inhabitants."""

    initiative: Annotated[list[InitiativeKey], Field(max_length=6)] = Field(default_factory=list)
    place: ResidentsPlace | None = None
    count: Annotated[int, Field(ge=0, le=1_000_000)] | None = None  # people who acted, estimate accepted
    count_unknown: bool = False  # "ne sait pas", said on purpose
    text: Text = ""


class Implementation(Document):
    """How it was done."""

    text: Text = ""
    means: Text = ""
    steering: Text = ""
    cost: Euros | None = None  # euros
    partners: Annotated[list[Line], Field(max_length=30)] = Field(default_factory=list)
    funders: Annotated[list[Line], Field(max_length=30)] = Field(default_factory=list)
    no_partner: bool = False  # "aucun", said on purpose
    no_funder: bool = False


class Stage(Document):
    """One dated phase of the path."""

    when: Line = ""  # in words: "mars 2024", "Depuis 2025"
    title: Line = ""
    text: Text = ""


class KeyFigure(Document):
    """A figure and what it counts. Either may be empty."""

    value: Line = ""
    label: Line = ""


class Changes(Document):
    """What is no longer as before."""

    people: Text = ""
    centre: Text = ""
    territory: Text = ""
    figures: Annotated[list[KeyFigure], Field(max_length=6)] = Field(default_factory=list)


class Quote(Document):
    """Words of a person, with that person's agreement to be quoted."""

    text: Text = ""
    name: Line = ""  # first name or pseudonym
    role: Line = ""
    agreement: bool = False


class Voices(Document):
    """The quotes, under an optional heading of their own."""

    title: Line = ""
    subtitle: Line = ""
    quotes: Annotated[list[Quote], Field(max_length=6)] = Field(default_factory=list)


class Link(Document):
    """An address to read more."""

    label: Line = ""
    url: Url = ""


class FurtherReading(Document):
    """Whom to write to and what to read."""

    contact: Line = ""  # a function: "Accueil du centre", "Référente familles"
    mailbox: Line = ""
    phone: Line = ""
    links: Annotated[list[Link], Field(max_length=6)] = Field(default_factory=list)


class Photo(Document):
    """A stored picture and what must be known to show it (law: requirements I1, I2, I6, I7)."""

    media: Annotated[str, StringConstraints(pattern=r"^[0-9a-z-]{8,80}$")]  # key of the stored picture
    width: Annotated[int, Field(gt=0)] = 1654  # pixels of the largest stored size
    height: Annotated[int, Field(gt=0)] = 1103
    cover: bool = False
    alt: Line = ""
    caption: Line = ""
    credit: Line = ""
    licence: PhotoLicence | None = None
    consent: ImageConsent | None = None
    consent_date: Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")] = ""
    consent_until: Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")] = ""
    consent_uses: Line = ""  # site, PDF, réseaux sociaux, papier
    consent_kept_at: Line = ""  # where the signed paper is kept
    focus_x: Fraction = 0.5
    focus_y: Fraction = 0.5
    # What is kept of the picture, in thousandths of its sides: left, top, width, height. "" keeps all.
    crop: Annotated[str, StringConstraints(pattern=r"^(\d{1,4}-\d{1,4}-\d{1,4}-\d{1,4})?$")] = ""


class FicheContent(Document):
    """The whole content of a fiche, in the order of the guide's eight steps."""

    schema_version: Literal[1] = 1
    # 1 · La carte d'identité
    title: Line = ""
    accroche: Line = ""
    card: IdentityCard = Field(default_factory=IdentityCard)
    commune: CommuneCode = ""  # where the action takes place
    place: Line = ""  # quartier, lieu-dit
    start: Month = ""
    end: Month = ""
    status: ActionStatus | None = None
    themes: Annotated[list[ThemeKey], Field(max_length=3)] = Field(default_factory=list)
    publics: Annotated[list[PublicKey], Field(max_length=3)] = Field(default_factory=list)
    # 2 · Le point de départ
    constat: TitledText = Field(default_factory=TitledText)
    needs: Annotated[list[Line], Field(max_length=6)] = Field(default_factory=list)
    response: TitledText = Field(default_factory=TitledText)
    # 3 · La place des habitants
    residents: Residents = Field(default_factory=Residents)
    # 4 · Le chemin parcouru
    implementation: Implementation = Field(default_factory=Implementation)
    stages: Annotated[list[Stage], Field(max_length=8)] = Field(default_factory=list)
    # 5 · Ce que ça a changé
    changes: Changes = Field(default_factory=Changes)
    # 6 · Les paroles
    voices: Voices = Field(default_factory=Voices)
    # 7 · Pour celles et ceux qui voudraient essayer
    success_factors: Annotated[list[Text], Field(max_length=8)] = Field(default_factory=list)
    attention_points: Annotated[list[TitledText], Field(max_length=6)] = Field(default_factory=list)
    advice: Annotated[list[Text], Field(max_length=6)] = Field(default_factory=list)
    further: FurtherReading = Field(default_factory=FurtherReading)
    # 8 · Résumé, images, relecture
    summary: Text = ""
    photos: Annotated[list[Photo], Field(max_length=6)] = Field(default_factory=list)

    @property
    def cover(self) -> Photo | None:
        """The picture marked as cover, else the first one, else None."""
        return next((photo for photo in self.photos if photo.cover), next(iter(self.photos), None))
