package main

import (
	"context"
	"io"
	"log/slog"
	"strings"
)

// NewLogger writes one line of JSON per event, in the names of the Elastic
// Common Schema.
func NewLogger(out io.Writer, config Config) *slog.Logger {
	var level slog.Level
	// A level that nobody knows is info.
	_ = level.UnmarshalText([]byte(config.LogLevel))
	handler := slog.NewJSONHandler(out, &slog.HandlerOptions{
		Level: level,
		ReplaceAttr: func(groups []string, attribute slog.Attr) slog.Attr {
			if len(groups) > 0 {
				return attribute
			}
			switch attribute.Key {
			case slog.TimeKey:
				return slog.Time("@timestamp", attribute.Value.Time().UTC())
			case slog.LevelKey:
				return slog.String("log.level", strings.ToLower(attribute.Value.String()))
			case slog.MessageKey:
				return slog.Attr{Key: "message", Value: attribute.Value}
			}
			return attribute
		},
	})
	return slog.New(traceHandler{handler}).With(
		slog.String("service.name", config.ServiceName),
		slog.String("service.version", config.ServiceVersion),
	)
}

// traceHandler adds the ids of the trace that an event belongs to.
type traceHandler struct{ slog.Handler }

func (h traceHandler) Handle(ctx context.Context, record slog.Record) error {
	if trace, ok := TraceOf(ctx); ok {
		record.AddAttrs(slog.String("trace.id", trace.TraceID), slog.String("span.id", trace.SpanID))
	}
	return h.Handler.Handle(ctx, record)
}

func (h traceHandler) WithAttrs(attributes []slog.Attr) slog.Handler {
	return traceHandler{h.Handler.WithAttrs(attributes)}
}

func (h traceHandler) WithGroup(name string) slog.Handler {
	return traceHandler{h.Handler.WithGroup(name)}
}
