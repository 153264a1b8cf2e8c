package service;

import java.util.Optional;
import org.slf4j.MDC;

/** The trace of the request that a thread serves; log lines carry its ids. */
public final class CurrentTrace {

  /** Names of the ids in a log line. */
  static final String TRACE_ID = "trace.id";

  static final String SPAN_ID = "span.id";

  private static final ThreadLocal<Trace> CURRENT = new ThreadLocal<>();

  private CurrentTrace() {}

  /** The trace that runs now, if one does. */
  public static Optional<Trace> get() {
    return Optional.ofNullable(CURRENT.get());
  }

  static void set(Trace trace) {
    CURRENT.set(trace);
    MDC.put(TRACE_ID, trace.traceId());
    MDC.put(SPAN_ID, trace.spanId());
  }

  static void clear() {
    CURRENT.remove();
    MDC.remove(TRACE_ID);
    MDC.remove(SPAN_ID);
  }
}
