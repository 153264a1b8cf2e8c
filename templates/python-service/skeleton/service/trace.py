"""The context of the request being served.

The mesh's proxies make and report the spans: what came in goes out unchanged,
so that the next span hangs below the one that called us.
"""

import re
import secrets
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass

import httpx

_W3C = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?")
_B3 = re.compile(r"([0-9a-f]{16}|[0-9a-f]{32})-([0-9a-f]{16})(?:-([01d]))?(?:-[0-9a-f]{16})?")


@dataclass(frozen=True)
class Trace:
    """Ids in hexadecimal digits: 32 of the trace, 16 of the span."""

    trace_id: str
    span_id: str
    sampled: bool = True
    # The vendors' part of the W3C context, passed on as it came.
    state: str | None = None

    def is_valid(self) -> bool:
        """Whether the ids have their digits and are not all zeros."""
        return all(
            len(value) == digits and re.fullmatch("[0-9a-f]+", value) and value.strip("0")
            for value, digits in ((self.trace_id, 32), (self.span_id, 16))
        )

    def headers(self) -> dict[str, str]:
        """The headers that carry the trace, in both languages."""
        written = {
            "traceparent": f"00-{self.trace_id}-{self.span_id}-{'01' if self.sampled else '00'}",
            "x-b3-traceid": self.trace_id,
            "x-b3-spanid": self.span_id,
            "x-b3-sampled": "1" if self.sampled else "0",
        }
        if self.state:
            written["tracestate"] = self.state
        return written


current_trace: ContextVar[Trace | None] = ContextVar("current_trace", default=None)


def _from_w3c(headers: Mapping[str, str]) -> Trace | None:
    match = _W3C.fullmatch(headers.get("traceparent", ""))
    if not match:
        return None
    sampled = int(match[3], 16) & 1 == 1
    return Trace(match[1], match[2], sampled, headers.get("tracestate") or None)


def _from_b3(headers: Mapping[str, str]) -> Trace:
    match = _B3.fullmatch(headers.get("b3", "").lower())
    trace_id, span_id, sampled = (
        match.groups()
        if match
        else (
            headers.get("x-b3-traceid", "").lower(),
            headers.get("x-b3-spanid", "").lower(),
            headers.get("x-b3-sampled"),
        )
    )
    return Trace(trace_id.rjust(32, "0"), span_id, sampled != "0")


def trace_from(headers: Mapping[str, str]) -> Trace:
    """Reads traceparent, else B3 in one header, else in several; else starts a trace."""
    for trace in (_from_w3c(headers), _from_b3(headers)):
        if trace and trace.is_valid():
            return trace
    return Trace(secrets.token_hex(16), secrets.token_hex(8))


async def _inject(request: httpx.Request) -> None:
    trace = current_trace.get()
    if trace:
        request.headers.update(trace.headers())


def traced_client(transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """A client for other services: its calls carry the current trace."""
    return httpx.AsyncClient(timeout=5, transport=transport, event_hooks={"request": [_inject]})
