package main

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"
)

// Server answers the service's requests.
type Server struct {
	config  Config
	logger  *slog.Logger
	metrics *Metrics
	client  *http.Client
	isReady atomic.Bool
}

// NewServer is ready at once; SetReady(false) makes it drain.
func NewServer(config Config, logger *slog.Logger) *Server {
	server := &Server{
		config:  config,
		logger:  logger,
		metrics: NewMetrics(),
		client: &http.Client{
			Timeout:   5 * time.Second,
			Transport: tracingTransport{http.DefaultTransport},
		},
	}
	server.SetReady(true)
	return server
}

// SetReady says whether new requests are welcome.
func (s *Server) SetReady(isReady bool) {
	s.isReady.Store(isReady)
}

// Handler is the service with all that surrounds each request.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/items", listItems)
	mux.HandleFunc("GET /api/items/{id}", getItem)
	mux.HandleFunc("GET /api/upstream", s.askUpstream)
	observed := s.observe(mux)

	// Probes and scrapes are no traffic: they are neither logged nor measured.
	root := http.NewServeMux()
	root.Handle("/", observed)
	root.HandleFunc("GET /healthz", func(writer http.ResponseWriter, _ *http.Request) {
		answer(writer, http.StatusOK, map[string]any{"status": "alive"})
	})
	root.HandleFunc("GET /readyz", func(writer http.ResponseWriter, _ *http.Request) {
		if !s.isReady.Load() {
			answer(writer, http.StatusServiceUnavailable, map[string]any{"status": "draining"})
			return
		}
		answer(writer, http.StatusOK, map[string]any{"status": "ready"})
	})
	root.Handle("GET /metrics", s.metrics.Handler())
	return root
}

// askUpstream shows a call to another service: the context carries the trace.
func (s *Server) askUpstream(writer http.ResponseWriter, request *http.Request) {
	if s.config.UpstreamURL == "" {
		answer(writer, http.StatusNotImplemented, map[string]any{"error": "UPSTREAM_URL is not set"})
		return
	}
	call, err := http.NewRequestWithContext(request.Context(), http.MethodGet, s.config.UpstreamURL, nil)
	if err != nil {
		s.failUpstream(writer, request, err)
		return
	}
	response, err := s.client.Do(call)
	if err != nil {
		s.failUpstream(writer, request, err)
		return
	}
	defer func() { _ = response.Body.Close() }()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		s.failUpstream(writer, request, err)
		return
	}
	answer(writer, http.StatusOK, map[string]any{"status": response.StatusCode})
}

func (s *Server) failUpstream(writer http.ResponseWriter, request *http.Request, err error) {
	s.logger.ErrorContext(request.Context(), "the upstream did not answer", "error.message", err.Error())
	answer(writer, http.StatusBadGateway, map[string]any{"error": "the upstream did not answer"})
}

// observe gives each request its trace, its log line and its measurement.
func (s *Server) observe(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		startedAt := time.Now()
		ctx := WithTrace(request.Context(), TraceFrom(request.Header))
		traced := request.WithContext(ctx)
		recorder := &statusRecorder{ResponseWriter: writer, status: http.StatusOK}
		defer func() {
			if reason := recover(); reason != nil {
				s.logger.ErrorContext(ctx, "a request failed", "error.message", fmt.Sprint(reason))
				answer(recorder, http.StatusInternalServerError, map[string]any{"error": "internal error"})
			}
			duration := time.Since(startedAt)
			route := traced.Pattern
			if route == "" {
				route = "unmatched"
			}
			s.metrics.Observe(request.Method, route, recorder.status, duration)
			s.logger.InfoContext(ctx, fmt.Sprintf("%s %s %d", request.Method, request.URL.Path, recorder.status),
				"http.request.method", request.Method,
				"url.path", request.URL.Path,
				"http.response.status_code", recorder.status,
				"event.duration", duration.Nanoseconds(),
			)
		}()
		mux.ServeHTTP(recorder, traced)
	})
}

// statusRecorder remembers the status that was answered.
type statusRecorder struct {
	http.ResponseWriter
	status    int
	isWritten bool
}

func (r *statusRecorder) WriteHeader(status int) {
	if r.isWritten {
		return
	}
	r.status, r.isWritten = status, true
	r.ResponseWriter.WriteHeader(status)
}

func (r *statusRecorder) Write(content []byte) (int, error) {
	r.isWritten = true
	return r.ResponseWriter.Write(content)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *statusRecorder) Unwrap() http.ResponseWriter {
	return r.ResponseWriter
}
