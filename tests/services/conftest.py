"""What the tests of the services share."""

import pytest

from models.database import Database
from tests.people import World, make_world


@pytest.fixture
async def world(db: Database) -> World:
    """A structure, the person who writes for it, and a committee around, on both databases."""
    return await make_world()
