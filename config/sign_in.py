"""The identity provider, if there is one: ``FARTHING_OIDC_*``. Without one the app is in demo sign-in, on loopback."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class SignIn(BaseSettings):
    """OpenID Connect settings: all of them or none.

    Raises:
        pydantic.ValidationError: some are set and some are not; the message says which are missing.

    """

    model_config = SettingsConfigDict(env_prefix="FARTHING_OIDC_", frozen=True)

    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    metadata_url: str = Field(default="", description="…/.well-known/openid-configuration")
    app_url: str = Field(default="", description="Where people open the app, such as https://finops.example.com")
    cookie_secret: SecretStr = Field(default=SecretStr(""), description="Signs the session cookie; long and random")

    @model_validator(mode="after")
    def _all_or_none(self) -> SignIn:
        given = {
            "CLIENT_ID": self.client_id,
            "CLIENT_SECRET": self.client_secret.get_secret_value(),
            "METADATA_URL": self.metadata_url,
            "APP_URL": self.app_url,
            "COOKIE_SECRET": self.cookie_secret.get_secret_value(),
        }
        missing = [f"FARTHING_OIDC_{name}" for name, value in given.items() if not value]
        if missing and len(missing) < len(given):
            raise ValueError(f"sign-in is half configured: set {', '.join(missing)} too (docs/sign-in.md)")
        if given["COOKIE_SECRET"] and len(given["COOKIE_SECRET"]) < 32:
            raise ValueError("FARTHING_OIDC_COOKIE_SECRET is shorter than 32 characters; use: openssl rand -hex 32")
        return self

    @property
    def is_configured(self) -> bool:
        return bool(self.client_id)

    @property
    def secrets(self) -> dict[str, str]:
        """The provider as Streamlit wants it."""
        return {
            "redirect_uri": f"{self.app_url.rstrip('/')}/oauth2callback",
            "cookie_secret": self.cookie_secret.get_secret_value(),
            "client_id": self.client_id,
            "client_secret": self.client_secret.get_secret_value(),
            "server_metadata_url": self.metadata_url,
        }


@lru_cache(maxsize=1)
def sign_in() -> SignIn:
    """Return the process's identity provider, read once."""
    return SignIn()
