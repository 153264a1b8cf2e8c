package service;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The context of the request being served. The mesh's proxies make and report the spans: what came
 * in goes out unchanged, so that the next span hangs below the one that called us.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param state the vendors' part of the W3C context, passed on as it came; may be null
 */
public record Trace(String traceId, String spanId, boolean sampled, String state) {

  private static final Pattern W3C =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?");
  private static final Pattern B3 =
      Pattern.compile(
          "([0-9a-f]{16}|[0-9a-f]{32})-([0-9a-f]{16})(?:-([01d]))?(?:-[0-9a-f]{16})?");
  private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");
  private static final Pattern SPAN_ID = Pattern.compile("(?!0{16})[0-9a-f]{16}");

  /**
   * Reads W3C's {@code traceparent}, else B3 in one header, else B3 in several; a request without
   * any starts a trace.
   *
   * @param header answers a header's value, or null
   */
  public static Trace from(UnaryOperator<String> header) {
    UnaryOperator<String> lower =
        name -> {
          String value = header.apply(name);
          return value == null ? "" : value.toLowerCase(Locale.ROOT);
        };
    Matcher w3c = W3C.matcher(lower.apply("traceparent"));
    if (w3c.matches()) {
      boolean sampled = (Integer.parseInt(w3c.group(3), 16) & 1) == 1;
      Trace trace = new Trace(w3c.group(1), w3c.group(2), sampled, header.apply("tracestate"));
      if (trace.isValid()) {
        return trace;
      }
    }
    Matcher b3 = B3.matcher(lower.apply("b3"));
    Trace trace =
        b3.matches()
            ? new Trace(widen(b3.group(1)), b3.group(2), !"0".equals(b3.group(3)), null)
            : new Trace(
                widen(lower.apply("x-b3-traceid")),
                lower.apply("x-b3-spanid"),
                !"0".equals(lower.apply("x-b3-sampled")),
                null);
    return trace.isValid() ? trace : start();
  }

  private static Trace start() {
    return new Trace(randomHex() + randomHex(), randomHex(), true, null);
  }

  /** The headers that carry the trace, in both languages. */
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("traceparent", "00-" + traceId + "-" + spanId + "-" + (sampled ? "01" : "00"));
    if (state != null) {
      headers.put("tracestate", state);
    }
    headers.put("x-b3-traceid", traceId);
    headers.put("x-b3-spanid", spanId);
    headers.put("x-b3-sampled", sampled ? "1" : "0");
    return headers;
  }

  private boolean isValid() {
    return TRACE_ID.matcher(traceId).matches() && SPAN_ID.matcher(spanId).matches();
  }

  private static String widen(String id) {
    return id.length() == 16 ? "0".repeat(16) + id : id;
  }

  private static String randomHex() {
    // An id need not be a secret, but it must not be all zeros.
    return String.format(
        Locale.ROOT, "%016x", ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
  }
}
