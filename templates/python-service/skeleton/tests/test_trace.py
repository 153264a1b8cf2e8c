import re

import pytest

from service.trace import Trace, trace_from

TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
SPAN_ID = "00f067aa0ba902b7"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (
            {"traceparent": f"00-{TRACE_ID}-{SPAN_ID}-01", "tracestate": "a=b"},
            Trace(TRACE_ID, SPAN_ID, True, "a=b"),
        ),
        ({"traceparent": f"00-{TRACE_ID}-{SPAN_ID}-00"}, Trace(TRACE_ID, SPAN_ID, False)),
        ({"b3": f"{TRACE_ID}-{SPAN_ID}-0"}, Trace(TRACE_ID, SPAN_ID, False)),
        ({"b3": f"a3ce929d0e0e4736-{SPAN_ID}"}, Trace("0" * 16 + "a3ce929d0e0e4736", SPAN_ID)),
        (
            {"x-b3-traceid": TRACE_ID, "x-b3-spanid": SPAN_ID, "x-b3-sampled": "1"},
            Trace(TRACE_ID, SPAN_ID),
        ),
    ],
)
def test_reads_every_format(headers, expected):
    assert trace_from(headers) == expected


def test_starts_a_trace_where_there_is_no_usable_one():
    one = trace_from({"traceparent": f"00-{'0' * 32}-{SPAN_ID}-01"})
    other = trace_from({})
    assert re.fullmatch("[0-9a-f]{32}", one.trace_id)
    assert one.trace_id != other.trace_id


def test_writes_both_languages():
    assert Trace(TRACE_ID, SPAN_ID, True, "a=b").headers() == {
        "traceparent": f"00-{TRACE_ID}-{SPAN_ID}-01",
        "tracestate": "a=b",
        "x-b3-traceid": TRACE_ID,
        "x-b3-spanid": SPAN_ID,
        "x-b3-sampled": "1",
    }
