"""The environment of processes that tests start."""

import os


def clean_environment() -> dict[str, str]:
    """Return the environment without what pytest and the developer have set."""
    return {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "CESTPOSSIBLE_"))
    }
