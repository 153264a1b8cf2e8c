package service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Contexts come in every format, and go out in both languages. */
class TraceTest {

  static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  static final String SPAN_ID = "00f067aa0ba902b7";

  static Stream<Arguments> formats() {
    return Stream.of(
        Arguments.of(
            Map.of("traceparent", "00-" + TRACE_ID + "-" + SPAN_ID + "-01", "tracestate", "a=b"),
            new Trace(TRACE_ID, SPAN_ID, true, "a=b")),
        Arguments.of(
            Map.of("traceparent", "00-" + TRACE_ID + "-" + SPAN_ID + "-00"),
            new Trace(TRACE_ID, SPAN_ID, false, null)),
        Arguments.of(
            Map.of("b3", TRACE_ID + "-" + SPAN_ID + "-0"),
            new Trace(TRACE_ID, SPAN_ID, false, null)),
        Arguments.of(
            Map.of("b3", "a3ce929d0e0e4736-" + SPAN_ID),
            new Trace("0000000000000000a3ce929d0e0e4736", SPAN_ID, true, null)),
        Arguments.of(
            Map.of("x-b3-traceid", TRACE_ID, "x-b3-spanid", SPAN_ID, "x-b3-sampled", "1"),
            new Trace(TRACE_ID, SPAN_ID, true, null)));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void readsEveryFormat(Map<String, String> headers, Trace expected) {
    assertThat(Trace.from(headers::get)).isEqualTo(expected);
  }

  @Test
  void startsATraceWhereThereIsNoUsableOne() {
    Map<String, String> zeros = Map.of("traceparent", "00-" + "0".repeat(32) + "-" + SPAN_ID + "-01");
    Trace one = Trace.from(zeros::get);
    Trace other = Trace.from(name -> null);
    assertThat(one.traceId()).matches("[0-9a-f]{32}").isNotEqualTo(other.traceId());
    assertThat(other.spanId()).matches("[0-9a-f]{16}");
  }

  @Test
  void writesBothLanguages() {
    assertThat(new Trace(TRACE_ID, SPAN_ID, true, "a=b").headers())
        .isEqualTo(
            Map.of(
                "traceparent", "00-" + TRACE_ID + "-" + SPAN_ID + "-01",
                "tracestate", "a=b",
                "x-b3-traceid", TRACE_ID,
                "x-b3-spanid", SPAN_ID,
                "x-b3-sampled", "1"));
  }
}
