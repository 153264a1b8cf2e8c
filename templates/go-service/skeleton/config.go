package main

import (
	"fmt"
	"net/url"
	"os"
	"strconv"
	"time"
)

// Config is all that the environment decides.
type Config struct {
	ServiceName    string
	ServiceVersion string
	Port           int
	LogLevel       string
	// UpstreamURL is the service that /api/upstream asks; empty when there is none.
	UpstreamURL string
	// DrainDelay is how long requests are still answered after readiness is off,
	// so that nobody is refused before everybody has heard of it.
	DrainDelay time.Duration
	// ShutdownTimeout is how long running requests may take to end.
	ShutdownTimeout time.Duration
	// ConsulAddress and ConsulPrefix say where the service's configuration lives.
	ConsulAddress string
	ConsulPrefix  string
}

// LoadConfig reads the configuration and refuses values that make no sense.
func LoadConfig(lookup func(string) (string, bool)) (Config, error) {
	text := func(name, fallback string) string {
		if value, ok := lookup(name); ok && value != "" {
			return value
		}
		return fallback
	}
	port, err := strconv.Atoi(text("PORT", "${{ values.port }}"))
	if err != nil || port < 0 || port > 65535 {
		return Config{}, fmt.Errorf("PORT: expected a number from 0 to 65535, got %q", text("PORT", ""))
	}
	drain, err := time.ParseDuration(text("DRAIN_DELAY", "1s"))
	if err != nil || drain < 0 {
		return Config{}, fmt.Errorf("DRAIN_DELAY: expected a duration such as 1s, got %q", text("DRAIN_DELAY", ""))
	}
	timeout, err := time.ParseDuration(text("SHUTDOWN_TIMEOUT", "20s"))
	if err != nil || timeout < 0 {
		return Config{}, fmt.Errorf("SHUTDOWN_TIMEOUT: expected a duration such as 20s, got %q", text("SHUTDOWN_TIMEOUT", ""))
	}
	upstream := text("UPSTREAM_URL", "")
	if upstream != "" {
		if parsed, err := url.Parse(upstream); err != nil || parsed.Host == "" {
			return Config{}, fmt.Errorf("UPSTREAM_URL: expected a URL, got %q", upstream)
		}
	}
	return Config{
		ServiceName:     text("SERVICE_NAME", "${{ values.name }}"),
		ServiceVersion:  text("SERVICE_VERSION", "0.0.0"),
		Port:            port,
		LogLevel:        text("LOG_LEVEL", "info"),
		UpstreamURL:     upstream,
		DrainDelay:      drain,
		ShutdownTimeout: timeout,
		ConsulAddress:   text("CONSUL_HTTP_ADDR", ""),
		ConsulPrefix:    text("CONSUL_PREFIX", ""),
	}, nil
}

// Environment is the process's own environment.
func Environment() (Config, error) {
	return LoadConfig(os.LookupEnv)
}
