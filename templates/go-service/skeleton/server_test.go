package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func play(t *testing.T, config Config) (*Server, http.Handler, *bytes.Buffer) {
	t.Helper()
	log := &bytes.Buffer{}
	config.ServiceName, config.ServiceVersion = "played", "1.2.3"
	server := NewServer(config, NewLogger(log, config))
	return server, server.Handler(), log
}

func get(handler http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodGet, path, nil)
	for at := 0; at < len(headers); at += 2 {
		request.Header.Set(headers[at], headers[at+1])
	}
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder
}

func TestItems(t *testing.T) {
	_, handler, _ := play(t, Config{})
	for path, want := range map[string]int{
		"/api/items":   http.StatusOK,
		"/api/items/1": http.StatusOK,
		"/api/items/9": http.StatusNotFound,
		"/nowhere":     http.StatusNotFound,
	} {
		if got := get(handler, path).Code; got != want {
			t.Errorf("%s: got %d", path, got)
		}
	}
	if body := get(handler, "/api/items/1").Body.String(); !strings.Contains(body, `"title":"First"`) {
		t.Errorf("got %s", body)
	}
}

func TestReadinessEndsBeforeLiveness(t *testing.T) {
	server, handler, _ := play(t, Config{})
	if got := get(handler, "/readyz").Code; got != http.StatusOK {
		t.Errorf("ready: got %d", got)
	}
	server.SetReady(false)
	if got := get(handler, "/readyz").Code; got != http.StatusServiceUnavailable {
		t.Errorf("draining: got %d", got)
	}
	if got := get(handler, "/healthz").Code; got != http.StatusOK {
		t.Errorf("alive: got %d", got)
	}
}

func TestRequestsAreLoggedWithTheirTrace(t *testing.T) {
	_, handler, log := play(t, Config{})
	get(handler, "/api/items", "traceparent", "00-"+traceID+"-"+spanID+"-01")
	line := map[string]any{}
	if err := json.Unmarshal(log.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{
		"log.level":                 "info",
		"message":                   "GET /api/items 200",
		"service.name":              "played",
		"service.version":           "1.2.3",
		"trace.id":                  traceID,
		"span.id":                   spanID,
		"http.response.status_code": float64(200),
	} {
		if line[key] != want {
			t.Errorf("%s: got %v", key, line[key])
		}
	}
	if _, ok := line["@timestamp"]; !ok {
		t.Error("the line has no time")
	}
}

func TestRequestsAreMeasuredByRoute(t *testing.T) {
	_, handler, log := play(t, Config{})
	get(handler, "/api/items/1")
	get(handler, "/api/items/2")
	get(handler, "/healthz")
	metrics := get(handler, "/metrics").Body.String()
	for _, want := range []string{
		`http_server_requests_seconds_count{method="GET",status="200",uri="GET /api/items/{id}"} 2`,
		"go_goroutines",
		"process_start_time_seconds",
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("%s is missing", want)
		}
	}
	if strings.Contains(log.String(), "/healthz") || strings.Contains(metrics, "/healthz") {
		t.Error("probes count as traffic")
	}
}

func TestUpstreamsGetTheTrace(t *testing.T) {
	received := make(chan http.Header, 1)
	upstream := httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		received <- request.Header
		writer.WriteHeader(http.StatusAccepted)
	}))
	defer upstream.Close()
	_, handler, _ := play(t, Config{UpstreamURL: upstream.URL})
	response := get(handler, "/api/upstream", "b3", traceID+"-"+spanID+"-1")
	if response.Code != http.StatusOK || !strings.Contains(response.Body.String(), "202") {
		t.Errorf("got %d %s", response.Code, response.Body)
	}
	headers := <-received
	if headers.Get("traceparent") != "00-"+traceID+"-"+spanID+"-01" || headers.Get("x-b3-traceid") != traceID {
		t.Errorf("got %v", headers)
	}
}

func TestUpstreamsThatFail(t *testing.T) {
	_, handler, _ := play(t, Config{})
	if got := get(handler, "/api/upstream").Code; got != http.StatusNotImplemented {
		t.Errorf("without one: got %d", got)
	}
	_, handler, log := play(t, Config{UpstreamURL: "http://127.0.0.1:1"})
	if got := get(handler, "/api/upstream").Code; got != http.StatusBadGateway {
		t.Errorf("unreachable: got %d", got)
	}
	if !strings.Contains(log.String(), `"log.level":"error"`) {
		t.Errorf("nothing is logged: %s", log)
	}
}

func TestAPanicIsOneFailedRequest(t *testing.T) {
	server, _, log := play(t, Config{})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(http.ResponseWriter, *http.Request) { panic("unexpected") })
	if got := get(server.observe(mux), "/").Code; got != http.StatusInternalServerError {
		t.Errorf("got %d", got)
	}
	if !strings.Contains(log.String(), "unexpected") {
		t.Errorf("nothing is logged: %s", log)
	}
}
