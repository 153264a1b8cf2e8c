// Package main is the service ${{ values.name }}.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"
)

func main() {
	config, err := Environment()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	logger := NewLogger(os.Stdout, config)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	if err := serve(ctx, config, logger); err != nil {
		logger.Error("the service ended", "error.message", err.Error())
		os.Exit(1)
	}
}

// serve answers requests until the context ends, then drains: readiness goes
// off, requests are still served for a while, running ones may end.
func serve(ctx context.Context, config Config, logger *slog.Logger) error {
	server := NewServer(config, logger)
	address := net.JoinHostPort("", strconv.Itoa(config.Port))
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	web := &http.Server{Handler: server.Handler(), ReadHeaderTimeout: 5 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	logger.Info("listening", "server.address", listener.Addr().String(), "consul.prefix", config.ConsulPrefix)

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	logger.Info("draining")
	server.SetReady(false)
	time.Sleep(config.DrainDelay)
	// The context has ended already: running requests get one of their own.
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), config.ShutdownTimeout)
	defer cancel()
	if err := web.Shutdown(ending); err != nil {
		return err
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	logger.Info("ended")
	return nil
}
