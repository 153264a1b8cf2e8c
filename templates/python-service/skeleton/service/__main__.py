"""Starts the service, and ends it without lost requests."""

import asyncio
import logging
import os
import sys
from types import FrameType

import uvicorn

from .app import create_app
from .config import Config, load_config
from .log import set_up_logging

_log = logging.getLogger("service")


class DrainingServer(uvicorn.Server):
    """Readiness goes off first, and requests are still served for a while."""

    def __init__(self, config: uvicorn.Config, settings: Config) -> None:
        super().__init__(config)
        self._settings = settings
        self._is_draining = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._is_draining:
            return
        self._is_draining = True
        _log.info("draining")
        self.config.app.state.is_ready = False
        asyncio.get_running_loop().call_later(self._settings.drain_delay_seconds, self._end)

    def _end(self) -> None:
        self.should_exit = True


def main() -> None:
    """Serves until it is told to end."""
    try:
        settings = load_config(os.environ)
    except ValueError as error:
        sys.exit(str(error))
    set_up_logging(settings)
    config = uvicorn.Config(
        create_app(settings),
        host="0.0.0.0",  # noqa: S104 - a pod's address is not known beforehand
        port=settings.port,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=settings.shutdown_timeout_seconds,
    )
    DrainingServer(config, settings).run()
    _log.info("ended")


if __name__ == "__main__":
    main()
