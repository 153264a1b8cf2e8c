"""All that the environment decides."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Config:
    """What the service was told."""

    service_name: str
    service_version: str
    port: int
    log_level: str
    # The service that /api/upstream asks.
    upstream_url: str | None
    # How long requests are still answered after readiness is off, so that
    # nobody is refused before everybody has heard of it.
    drain_delay_seconds: float
    # How long running requests may take to end.
    shutdown_timeout_seconds: int
    # Where the service's configuration lives.
    consul_address: str | None
    consul_prefix: str | None


def _number(environment: Mapping[str, str], name: str, fallback: str, maximum: float) -> float:
    text = environment.get(name) or fallback
    if not re.fullmatch(r"\d+(\.\d+)?", text) or float(text) > maximum:
        raise ValueError(f'{name}: expected a number from 0 to {maximum:g}, got "{text}"')
    return float(text)


def _url(environment: Mapping[str, str], name: str) -> str | None:
    text = environment.get(name)
    if text and not re.match(r"https?://[^/]", text):
        raise ValueError(f'{name}: expected a URL, got "{text}"')
    return text or None


def load_config(environment: Mapping[str, str]) -> Config:
    """Reads the configuration; raises ValueError naming what makes no sense."""
    return Config(
        service_name=environment.get("SERVICE_NAME") or "${{ values.name }}",
        service_version=environment.get("SERVICE_VERSION") or "0.0.0",
        port=int(_number(environment, "PORT", "${{ values.port }}", 65_535)),
        log_level=environment.get("LOG_LEVEL") or "info",
        upstream_url=_url(environment, "UPSTREAM_URL"),
        drain_delay_seconds=_number(environment, "DRAIN_DELAY_SECONDS", "1", 60),
        shutdown_timeout_seconds=int(_number(environment, "SHUTDOWN_TIMEOUT_SECONDS", "20", 600)),
        consul_address=environment.get("CONSUL_HTTP_ADDR") or None,
        consul_prefix=environment.get("CONSUL_PREFIX") or None,
    )
