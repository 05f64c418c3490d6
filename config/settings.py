"""What may be set from outside, with defaults that work."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Environment variables named ``FARTHING_<FIELD>``; nothing is read from files.

    Raises:
        pydantic.ValidationError: a variable has an unusable value; the message names it.

    """

    model_config = SettingsConfigDict(env_prefix="FARTHING_", frozen=True)

    store: str = Field(
        default=f"chdb://{ROOT / '.farthing' / 'store'}",
        description="chdb:///path (embedded), clickhouse(s)://user:password@host:port/database, or read-only through "
        "an app that runs: http://name:key@host:port",
    )
    currency: str = Field(default="USD", pattern="^[A-Z]{3}$", description="The store's currency, ISO 4217")
    default_cost_center: str = Field(default="cc-unattributed", description="Where usage without an owner is booked")
    platform_cost_center: str = Field(default="cc-platform", description="Where platform cost that no app bears rests")
    reconciliation_hours: int = Field(default=72, ge=24, le=72, description="How long a default attribution is pending")
    oldest_event_days: int = Field(default=35, ge=1, description="Older events are quarantined")
    newest_event_minutes: int = Field(default=5, ge=0, description="Events further ahead are quarantined")
    url: str = Field(default="http://127.0.0.1:8501", description="Where the app answers other commands")
    lease_keys: Path | None = Field(default=None, description="Leases' signing keys; beside the store if unset")
    anonymous_events: bool = Field(
        default=False, description="Take events without a credential; what they say of their app counts for nothing"
    )
    events_per_minute: int = Field(default=6_000_000, ge=1, description="Events a credential may send in a minute")
    pool_size: int = Field(default=8, ge=1, le=64, description="Clients open on the store at the same time")
    query_memory_bytes: int = Field(default=1_500_000_000, description="Memory one query may use")
    lateness_minutes: int = Field(default=90, ge=0, description="How long after an hour its events are waited for")
    models: Path = Field(default=ROOT / ".farthing" / "models", description="Where fitted detectors are kept")
    bus_servers: str = Field(default="", description="Kafka bootstrap servers, host:port,…; empty: no bus is read")
    bus_topics: str = Field(default="farthing.events", description="Topics with events, separated by commas")
    bus_group: str = Field(default="farthing", description="The consumer group")
    bus_member: str = Field(default="", description="A lasting name of this process in the group")
    bus_properties: Path | None = Field(default=None, description="A file of librdkafka's properties: security")
    bus_is_trusted: bool = Field(default=True, description="Whoever writes to the topics proved who they are")
    gateway: bool = Field(default=False, description="Answer ClickHouse's HTTP protocol at /clickhouse, read-only")
    inbox: Path | None = Field(default=None, description="A folder whose files of events are loaded")
    backups: Path = Field(default=ROOT / ".farthing" / "backups", description="Where backups are written")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the process's settings, read once."""
    return Settings()
