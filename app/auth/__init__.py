"""Ways in: e-mail links, demo accounts, and room for OpenID Connect."""

from app.auth.routes import register

__all__ = ["register"]
