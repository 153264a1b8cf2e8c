"""What surrounds each request: its trace, its log line, its measurement."""

import logging
import time

from prometheus_client import (
    CollectorRegistry,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .trace import current_trace, trace_from

_log = logging.getLogger("service.request")
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
# Probes and scrapes are no traffic: they are neither logged nor measured.
_UNOBSERVED = {"/healthz", "/readyz", "/metrics"}


class Metrics:
    """What Prometheus scrapes: requests and the runtime.

    It has a registry of its own, so that tests do not share counters.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)
        self.requests = Histogram(
            "http_server_requests_seconds",
            "Duration of requests, by method, route and status.",
            ("method", "uri", "status"),
            buckets=_BUCKETS,
            registry=self.registry,
        )


class Observe:
    """ASGI middleware around all routes."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _UNOBSERVED:
            await self._app(scope, receive, send)
            return
        started_at = time.perf_counter_ns()
        current_trace.set(trace_from(Headers(scope=scope)))
        # A route that raises answers 500, further out than we stand.
        status = 500

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except Exception:
            _log.exception("a request failed")
            raise
        finally:
            duration = time.perf_counter_ns() - started_at
            # The route is its pattern: paths hold ids, and a series for each
            # id would fill the memory.
            route = getattr(scope.get("route"), "path", "unmatched")
            self._metrics.requests.labels(scope["method"], route, str(status)).observe(
                duration / 1e9
            )
            _log.info(
                "%s %s %d",
                scope["method"],
                scope["path"],
                status,
                extra={
                    "fields": {
                        "http.request.method": scope["method"],
                        "url.path": scope["path"],
                        "http.response.status_code": status,
                        "event.duration": duration,
                    }
                },
            )
