"""Files that browsers may keep for long, and the stored pictures among them."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.services import media
from layouts.pictures import NAME


class Kept(StaticFiles):
    """Static files whose address changes with their content: browsers may keep them."""

    def file_response(self, *args, **kwargs):  # type: ignore[no-untyped-def]  # noqa: ANN002, ANN003, ANN201
        """Serve a file with a long life."""
        response = super().file_response(*args, **kwargs)
        response.headers.setdefault("Cache-Control", "public, max-age=2592000")
        return response


class Pictures(Kept):
    """Stored pictures and nothing else of their folder; a WebP that is missing is made from its JPEG."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve a picture, 404 for any other name."""
        if not NAME.fullmatch(path):
            raise HTTPException(404)
        try:
            return await super().get_response(path, scope)
        except HTTPException:
            if not path.endswith(".webp") or not await media.complete(path):
                raise
            return await super().get_response(path, scope)
