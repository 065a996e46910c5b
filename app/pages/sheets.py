"""`GET /ecrire/feuilles/…`: the sheets of a fiche being written, as pictures, for those who may read it."""

from fastapi import FastAPI, Request
from starlette.responses import Response

from app.auth.session import current_actor
from app.services import measuring
from models.errors import NotAllowed, NotFound


def register(app: FastAPI) -> None:
    """Declare the route."""

    @app.get("/ecrire/feuilles/{revision_id}/{key}/{page}.jpg")
    async def sheet(request: Request, revision_id: int, key: str, page: int) -> Response:
        actor = await current_actor(request)
        if actor is None:
            return Response(status_code=401)
        try:
            data = await measuring.picture(actor=actor, revision_id=revision_id, key=key, page=page - 1)
        except NotAllowed:
            return Response(status_code=403)
        except NotFound:
            return Response(status_code=404)
        # The address changes with the content; a proxy must keep nothing of a draft.
        return Response(data, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=600"})
