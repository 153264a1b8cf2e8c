package service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service as its callers, probes, Prometheus and the log see it. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"spring.application.name=played", "service.version=1.2.3", "service.drain-delay=0s"})
@AutoConfigureObservability(tracing = false)
@ExtendWith(OutputCaptureExtension.class)
class ServiceTest {

  private static final String TRACEPARENT = "00-" + TraceTest.TRACE_ID + "-" + TraceTest.SPAN_ID + "-01";
  private static final AtomicReference<Headers> RECEIVED = new AtomicReference<>();
  private static HttpServer upstream;

  @Autowired private TestRestTemplate client;
  @Autowired private ApplicationContext context;

  @BeforeAll
  static void startUpstream() throws IOException {
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.createContext(
        "/",
        exchange -> {
          RECEIVED.set(exchange.getRequestHeaders());
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    upstream.start();
  }

  @AfterAll
  static void stopUpstream() {
    upstream.stop(0);
  }

  @DynamicPropertySource
  static void upstreamUrl(DynamicPropertyRegistry registry) {
    registry.add(
        "service.upstream-url",
        () -> "http://127.0.0.1:" + upstream.getAddress().getPort() + "/");
  }

  private ResponseEntity<String> get(String path, String... header) {
    RequestEntity.HeadersBuilder<?> request = RequestEntity.get(path);
    if (header.length == 2) {
      request.header(header[0], header[1]);
    }
    return client.exchange(request.build(), String.class);
  }

  @Test
  void answersItems() {
    assertThat(get("/api/items").getBody()).contains("{\"id\":\"2\",\"title\":\"Second\"}");
    assertThat(get("/api/items/1").getBody()).isEqualTo("{\"id\":\"1\",\"title\":\"First\"}");
    assertThat(get("/api/items/9").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
    assertThat(get("/nowhere").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
  }

  @Test
  void endsItsReadinessBeforeItsLife() {
    assertThat(get("/readyz").getStatusCode()).isEqualTo(HttpStatus.OK);
    AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
    try {
      assertThat(get("/readyz").getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
      assertThat(get("/healthz").getStatusCode()).isEqualTo(HttpStatus.OK);
    } finally {
      AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
    }
  }

  @Test
  void logsRequestsWithTheirTrace(CapturedOutput output) throws IOException {
    get("/api/items/2", "traceparent", TRACEPARENT);
    get("/healthz");
    JsonNode line = lineOf(output, "GET /api/items/2 200");
    assertThat(line.get("log.level").asText()).isEqualTo("info");
    assertThat(line.get("service.name").asText()).isEqualTo("played");
    assertThat(line.get("service.version").asText()).isEqualTo("1.2.3");
    assertThat(line.get("trace.id").asText()).isEqualTo(TraceTest.TRACE_ID);
    assertThat(line.get("span.id").asText()).isEqualTo(TraceTest.SPAN_ID);
    assertThat(line.get("http.response.status_code").asInt()).isEqualTo(200);
    assertThat(line.get("event.duration").asLong()).isPositive();
    assertThat(line.get("@timestamp").asText()).endsWith("Z");
    assertThat(output.getOut()).doesNotContain("/healthz");
  }

  private static JsonNode lineOf(CapturedOutput output, String message) throws IOException {
    // The line is written after the answer is on its way.
    for (int attempt = 0; attempt < 100; attempt++) {
      for (String line : output.getOut().split("\n")) {
        if (line.contains(message)) {
          return new ObjectMapper().readTree(line);
        }
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    throw new AssertionError("nothing says " + message);
  }

  @Test
  void measuresRequestsByRoute() {
    get("/api/items/1");
    get("/healthz");
    String metrics = get("/metrics").getBody();
    assertThat(metrics)
        .contains("http_server_requests_seconds_bucket")
        .contains("uri=\"/api/items/{id}\"")
        .contains("jvm_memory_used_bytes")
        .doesNotContain("uri=\"/healthz");
  }

  @Test
  void passesTheTraceOnToUpstreams() {
    ResponseEntity<String> answer =
        get("/api/upstream", "b3", TraceTest.TRACE_ID + "-" + TraceTest.SPAN_ID + "-1");
    assertThat(answer.getBody()).isEqualTo("{\"status\":202}");
    assertThat(RECEIVED.get().getFirst("traceparent")).isEqualTo(TRACEPARENT);
    assertThat(RECEIVED.get().getFirst("x-b3-traceid")).isEqualTo(TraceTest.TRACE_ID);
  }
}
