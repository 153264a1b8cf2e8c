import asyncio
import io
import json

import httpx

from service.app import create_app
from service.config import load_config
from service.log import set_up_logging
from service.trace import traced_client

TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
SPAN_ID = "00f067aa0ba902b7"


class Play:
    """The service without a network, and what it logs."""

    def __init__(self, **environment: str) -> None:
        config = load_config({"SERVICE_NAME": "played", "SERVICE_VERSION": "1.2.3", **environment})
        self._out = io.StringIO()
        set_up_logging(config, self._out)
        self.app = create_app(config)

    def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://played") as client:
                return await client.get(path, headers=headers)

        return asyncio.run(ask())

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self._out.getvalue().splitlines()]


def test_answers_items():
    played = Play()
    assert played.get("/api/items").json()["items"][0] == {"id": "1", "title": "First"}
    assert played.get("/api/items/2").json() == {"id": "2", "title": "Second"}
    assert played.get("/api/items/9").status_code == 404
    assert played.get("/nowhere").status_code == 404


def test_ends_its_readiness_before_its_life():
    played = Play()
    assert played.get("/readyz").status_code == 200
    played.app.state.is_ready = False
    assert played.get("/readyz").status_code == 503
    assert played.get("/healthz").status_code == 200


def test_logs_requests_with_their_trace():
    played = Play()
    played.get("/api/items", headers={"traceparent": f"00-{TRACE_ID}-{SPAN_ID}-01"})
    played.get("/healthz")
    (line,) = [line for line in played.lines() if line["log.logger"] == "service.request"]
    assert line.pop("@timestamp").endswith("+00:00")
    assert line.pop("event.duration") > 0
    assert line == {
        "log.level": "info",
        "log.logger": "service.request",
        "message": "GET /api/items 200",
        "service.name": "played",
        "service.version": "1.2.3",
        "trace.id": TRACE_ID,
        "span.id": SPAN_ID,
        "http.request.method": "GET",
        "url.path": "/api/items",
        "http.response.status_code": 200,
    }


def test_measures_requests_by_route():
    played = Play()
    played.get("/api/items/1")
    played.get("/api/items/2")
    played.get("/healthz")
    metrics = played.get("/metrics").text
    labels = 'method="GET",status="200",uri="/api/items/{item_id}"'
    assert "http_server_requests_seconds_count{" + labels + "} 2.0" in metrics
    assert "process_start_time_seconds" in metrics
    assert "healthz" not in metrics


def test_passes_the_trace_on_to_upstreams():
    received = httpx.Headers()

    def upstream(request: httpx.Request) -> httpx.Response:
        received.update(request.headers)
        return httpx.Response(202)

    played = Play(UPSTREAM_URL="http://other:8080/")
    played.app.state.client = traced_client(httpx.MockTransport(upstream))
    answer = played.get("/api/upstream", headers={"b3": f"{TRACE_ID}-{SPAN_ID}-1"})
    assert answer.json() == {"status": 202}
    assert received["traceparent"] == f"00-{TRACE_ID}-{SPAN_ID}-01"
    assert received["x-b3-traceid"] == TRACE_ID


def test_says_when_an_upstream_does_not_answer():
    assert Play().get("/api/upstream").status_code == 501
    played = Play(UPSTREAM_URL="http://127.0.0.1:1")
    assert played.get("/api/upstream").status_code == 502
    assert any(line["log.level"] == "error" for line in played.lines())


def test_a_failure_is_one_failed_request():
    played = Play()

    @played.app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("unexpected")

    assert played.get("/broken").status_code == 500
    assert any("unexpected" in line.get("error.stack_trace", "") for line in played.lines())
