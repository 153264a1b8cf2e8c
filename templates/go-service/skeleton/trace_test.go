package main

import (
	"net/http"
	"testing"
)

const (
	traceID = "4bf92f3577b34da6a3ce929d0e0e4736"
	spanID  = "00f067aa0ba902b7"
)

func TestTraceFromReadsEveryFormat(t *testing.T) {
	cases := map[string]struct {
		headers map[string]string
		want    Trace
	}{
		"W3C": {
			map[string]string{"traceparent": "00-" + traceID + "-" + spanID + "-01", "tracestate": "a=b"},
			Trace{traceID, spanID, true, "a=b"},
		},
		"W3C, not sampled": {
			map[string]string{"traceparent": "00-" + traceID + "-" + spanID + "-00"},
			Trace{traceID, spanID, false, ""},
		},
		"B3 in one header": {
			map[string]string{"b3": traceID + "-" + spanID + "-0"},
			Trace{traceID, spanID, false, ""},
		},
		"B3 with a short id": {
			map[string]string{"b3": "a3ce929d0e0e4736-" + spanID},
			Trace{"0000000000000000a3ce929d0e0e4736", spanID, true, ""},
		},
		"B3 in several headers": {
			map[string]string{"x-b3-traceid": traceID, "x-b3-spanid": spanID, "x-b3-sampled": "1"},
			Trace{traceID, spanID, true, ""},
		},
	}
	for name, c := range cases {
		header := http.Header{}
		for key, value := range c.headers {
			header.Set(key, value)
		}
		if got := TraceFrom(header); got != c.want {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestTraceFromStartsATraceWithoutAUsableContext(t *testing.T) {
	header := http.Header{}
	header.Set("traceparent", "00-00000000000000000000000000000000-"+spanID+"-01")
	first, second := TraceFrom(header), TraceFrom(header)
	if !first.isValid() || first.TraceID == second.TraceID {
		t.Errorf("got %+v and %+v", first, second)
	}
}

func TestInjectWritesBothLanguages(t *testing.T) {
	header := http.Header{}
	Trace{traceID, spanID, true, "a=b"}.Inject(header)
	for key, want := range map[string]string{
		"traceparent":  "00-" + traceID + "-" + spanID + "-01",
		"tracestate":   "a=b",
		"x-b3-traceid": traceID,
		"x-b3-spanid":  spanID,
		"x-b3-sampled": "1",
	} {
		if got := header.Get(key); got != want {
			t.Errorf("%s: got %q", key, got)
		}
	}
}
