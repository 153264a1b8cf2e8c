package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"regexp"
	"strings"
)

// Trace is the context of the request being served. The mesh's proxies make and
// report the spans: what came in goes out unchanged, so that the next span hangs
// below the one that called us.
type Trace struct {
	// TraceID has 32 hexadecimal digits.
	TraceID string
	// SpanID has 16 hexadecimal digits.
	SpanID  string
	Sampled bool
	// State is the vendors' part of the W3C context, passed on as it came.
	State string
}

type traceKey struct{}

var (
	w3cPattern = regexp.MustCompile(`^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$`)
	b3Pattern  = regexp.MustCompile(`^([0-9a-f]{16}|[0-9a-f]{32})-([0-9a-f]{16})(?:-([01d]))?(?:-[0-9a-f]{16})?$`)
	hexPattern = regexp.MustCompile(`^[0-9a-f]+$`)
)

// TraceFrom reads W3C's traceparent, else B3 in one header, else B3 in several;
// a request without any starts a trace.
func TraceFrom(header http.Header) Trace {
	if match := w3cPattern.FindStringSubmatch(header.Get("traceparent")); match != nil {
		flags, _ := hex.DecodeString(match[3])
		trace := Trace{TraceID: match[1], SpanID: match[2], Sampled: flags[0]&1 == 1, State: header.Get("tracestate")}
		if trace.isValid() {
			return trace
		}
	}
	if match := b3Pattern.FindStringSubmatch(strings.ToLower(header.Get("b3"))); match != nil {
		trace := Trace{TraceID: widen(match[1]), SpanID: match[2], Sampled: match[3] != "0"}
		if trace.isValid() {
			return trace
		}
	}
	trace := Trace{
		TraceID: widen(strings.ToLower(header.Get("x-b3-traceid"))),
		SpanID:  strings.ToLower(header.Get("x-b3-spanid")),
		Sampled: header.Get("x-b3-sampled") != "0",
	}
	if trace.isValid() {
		return trace
	}
	return Trace{TraceID: randomHex(16), SpanID: randomHex(8), Sampled: true}
}

func (t Trace) isValid() bool {
	return len(t.TraceID) == 32 && len(t.SpanID) == 16 &&
		hexPattern.MatchString(t.TraceID) && hexPattern.MatchString(t.SpanID) &&
		strings.Trim(t.TraceID, "0") != "" && strings.Trim(t.SpanID, "0") != ""
}

// Inject writes the context in both languages.
func (t Trace) Inject(header http.Header) {
	flags, sampled := "00", "0"
	if t.Sampled {
		flags, sampled = "01", "1"
	}
	header.Set("traceparent", "00-"+t.TraceID+"-"+t.SpanID+"-"+flags)
	if t.State != "" {
		header.Set("tracestate", t.State)
	}
	header.Set("x-b3-traceid", t.TraceID)
	header.Set("x-b3-spanid", t.SpanID)
	header.Set("x-b3-sampled", sampled)
}

// WithTrace keeps the trace in a context, where the log and calls find it.
func WithTrace(ctx context.Context, trace Trace) context.Context {
	return context.WithValue(ctx, traceKey{}, trace)
}

// TraceOf answers the trace that a context belongs to.
func TraceOf(ctx context.Context) (Trace, bool) {
	trace, ok := ctx.Value(traceKey{}).(Trace)
	return trace, ok
}

// tracingTransport passes the trace of a request's context on.
type tracingTransport struct{ next http.RoundTripper }

func (t tracingTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	trace, ok := TraceOf(request.Context())
	if !ok {
		return t.next.RoundTrip(request)
	}
	// A transport must not change the request it was given.
	traced := request.Clone(request.Context())
	trace.Inject(traced.Header)
	return t.next.RoundTrip(traced)
}

func widen(id string) string {
	if len(id) == 16 {
		return strings.Repeat("0", 16) + id
	}
	return id
}

func randomHex(bytes int) string {
	buffer := make([]byte, bytes)
	// Read never fails: it ends the process when there is no randomness.
	_, _ = rand.Read(buffer)
	return hex.EncodeToString(buffer)
}
