"""The peer: Starlette alone, one route, the bytes of a file. Usage: bare.py FILE PORT."""

import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

body = Path(sys.argv[1]).read_bytes()


async def page(request: Request) -> HTMLResponse:
    """Answer with the bytes."""
    return HTMLResponse(body)


uvicorn.run(Starlette(routes=[Route("/", page)]), port=int(sys.argv[2]), log_level="error", access_log=False)
