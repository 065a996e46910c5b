"""Settings: one class, read from the environment (prefix CESTPOSSIBLE_) or a `.env` file."""

import secrets
from functools import cached_property
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything that can be set. Each description is printed in the README."""

    model_config = SettingsConfigDict(env_prefix="CESTPOSSIBLE_", env_file=".env", extra="ignore")

    host: str = Field("127.0.0.1", description="Adresse sur laquelle le serveur écoute.")
    port: int = Field(8080, ge=1, le=65535, description="Port du serveur.")
    public_url: str = Field(
        "", description="Adresse publique du site, par exemple https://exemple.fr ; vide : http://HOST:PORT."
    )
    data_dir: Path = Field(
        Path("data"), description="Dossier des données : base SQLite, images, PDF, clé secrète."
    )
    database_url: str = Field(
        "",
        description="Adresse SQLAlchemy de la base ; vide : SQLite dans DATA_DIR. PostgreSQL : postgresql+psycopg://…",
    )
    secret_key: str = Field(
        "", description="Clé qui signe les cookies ; vide : tirée au sort et gardée dans DATA_DIR."
    )
    demo: bool = Field(
        True, description="Mode démonstration : contenu d’exemple au premier démarrage et comptes en un clic."
    )
    admin_email: str = Field("", description="Adresse du premier compte administrateur, créé au démarrage.")
    smtp_host: str = Field(
        "", description="Serveur SMTP ; vide : les courriels restent dans la boîte de développement."
    )
    smtp_port: int = Field(587, ge=1, le=65535, description="Port du serveur SMTP.")
    smtp_user: str = Field("", description="Identifiant SMTP.")
    smtp_password: str = Field("", description="Mot de passe SMTP.")
    smtp_tls: str = Field(
        "starttls", pattern="^(starttls|tls|none)$", description="Chiffrement SMTP : starttls, tls ou none."
    )
    mail_from: str = Field(
        "C’est possible ! <ne-pas-repondre@cestpossible.example>", description="Expéditeur des courriels."
    )
    publisher: str = Field(
        "Fédération des centres sociaux et socioculturels de France (FCSF)",
        description="Éditeur, dans les mentions légales.",
    )
    contact_email: str = Field(
        "contact@cestpossible.example", description="Adresse de contact, dans les mentions légales."
    )
    pieces_ahead: bool = Field(
        True,
        description="Faire d’avance les documents des fiches publiées ; false : chacun quand quelqu’un le demande.",
    )
    log_level: str = Field(
        "warning",
        pattern="^(error|warning|info|debug)$",
        description="Ce que le serveur écrit : error, warning, info ou debug.",
    )

    @field_validator("database_url")
    @classmethod
    def _async_driver(cls, value: str) -> str:
        if value and not value.startswith(("sqlite+aiosqlite://", "postgresql+psycopg://")):
            raise ValueError("attendu : sqlite+aiosqlite:///… ou postgresql+psycopg://…")
        return value

    @property
    def address(self) -> str:
        """The public address of the site, without a final slash."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def database(self) -> str:
        """The async SQLAlchemy URL of the database."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir.absolute() / 'cestpossible.sqlite3'}"

    @property
    def media_dir(self) -> Path:
        """Where stored pictures live."""
        return self.data_dir / "medias"

    @property
    def masters_dir(self) -> Path:
        """Where the masters of the pictures live, for new crops; nobody is ever shown them."""
        return self.data_dir / "originaux"

    @property
    def pieces_dir(self) -> Path:
        """Where rendered PDFs live."""
        return self.data_dir / "pieces"

    @property
    def sheets_dir(self) -> Path:
        """Where the pictures of the sheets of fiches being written live, for an hour."""
        return self.data_dir / "feuilles"

    @property
    def mailbox_open(self) -> bool:
        """Whether the development mailbox is shown: it holds login links, so only in demo mode without SMTP."""
        return self.demo and not self.smtp_host

    @cached_property
    def signing_key(self) -> str:
        """The secret that signs cookies; made once and kept in the data folder when none is set."""
        if self.secret_key:
            return self.secret_key
        path = self.data_dir / "secret.key"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(48))
        return path.read_text().strip()

    def prepare(self) -> None:
        """Create the data folders; OSError if that cannot be done or written."""
        for folder in (self.data_dir, self.media_dir, self.masters_dir, self.pieces_dir):
            folder.mkdir(parents=True, exist_ok=True)
        probe = self.data_dir / ".ecriture"
        probe.write_text("")
        probe.unlink()
