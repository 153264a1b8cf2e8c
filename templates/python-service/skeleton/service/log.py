"""One line of JSON per event, in the names of the Elastic Common Schema."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

from .config import Config
from .trace import current_trace


class EcsFormatter(logging.Formatter):
    """Writes a record with the trace that runs when it is written."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self._service = {
            "service.name": config.service_name,
            "service.version": config.service_version,
        }

    def format(self, record: logging.LogRecord) -> str:
        trace = current_trace.get()
        line = {
            "@timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(
                timespec="milliseconds"
            ),
            "log.level": record.levelname.lower(),
            "message": record.getMessage(),
            **self._service,
            "log.logger": record.name,
        }
        if trace:
            line |= {"trace.id": trace.trace_id, "span.id": trace.span_id}
        if record.exc_info:
            line["error.stack_trace"] = self.formatException(record.exc_info)
        line |= getattr(record, "fields", {})
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(config: Config, out: TextIO = sys.stdout) -> None:
    """Makes every logger, also those of libraries, write such lines."""
    handler = logging.StreamHandler(out)
    handler.setFormatter(EcsFormatter(config))
    level = logging.getLevelNamesMapping().get(config.log_level.upper(), logging.INFO)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Its lines about each call would say what ours already say.
    logging.getLogger("httpx").setLevel(logging.WARNING)
