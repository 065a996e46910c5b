"""The fiches of the demonstration with their pictures, as contents: what layouts are tried on."""

import tomllib
from pathlib import Path

from app.demo import loader
from app.services import media
from layouts import renderer
from models.content import FicheContent

SEED = "c-est-possible-plateforme"


def demo_fiches(folder: Path) -> dict[str, FicheContent]:
    """Return the contents by name; their pictures are stored in `folder`/medias."""
    for name in ("medias", "masters"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    media.configure(folder / "medias", folder / "masters")
    pictures = loader._pictures()
    found = {}
    for path in sorted((loader.FOLDER / "fiches").glob("*.toml")):
        row = tomllib.loads(path.read_text(encoding="utf-8"))
        content = FicheContent.model_validate(row["content"])
        content.photos = [
            pictures[photo["name"]].model_copy(
                update={"caption": photo.get("caption", ""), "cover": number == 0}
            )
            for number, photo in enumerate(row.get("photos", ()))
        ]
        found[path.stem] = content
    return found


def hardest(fiches: dict[str, FicheContent]) -> dict[str, FicheContent]:
    """Return the seed fiche, the longest and the emptiest one, and one in which nothing is written yet."""
    ordered = sorted(fiches.values(), key=lambda content: len(renderer.plain_text(content)))
    return {"seed": fiches[SEED], "longest": ordered[-1], "emptiest": ordered[0], "blank": FicheContent()}
