package main

import (
	"strings"
	"testing"
	"time"
)

func from(values map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, ok := values[name]
		return value, ok
	}
}

func TestLoadConfigReadsTheEnvironment(t *testing.T) {
	config, err := LoadConfig(from(map[string]string{
		"PORT":         "9000",
		"DRAIN_DELAY":  "250ms",
		"UPSTREAM_URL": "http://other:8080/api/items",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if config.Port != 9000 || config.DrainDelay != 250*time.Millisecond {
		t.Errorf("got %+v", config)
	}
	if config.ServiceName != "${{ values.name }}" {
		t.Errorf("the service is called %q", config.ServiceName)
	}
}

func TestLoadConfigRefusesWhatMakesNoSense(t *testing.T) {
	for name, value := range map[string]string{
		"PORT":             "http",
		"DRAIN_DELAY":      "soon",
		"SHUTDOWN_TIMEOUT": "-3s",
		"UPSTREAM_URL":     "other",
	} {
		_, err := LoadConfig(from(map[string]string{name: value}))
		if err == nil || !strings.HasPrefix(err.Error(), name+":") {
			t.Errorf("%s=%s: got %v", name, value, err)
		}
	}
}
