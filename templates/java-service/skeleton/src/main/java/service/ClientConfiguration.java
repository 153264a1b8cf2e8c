package service;

import io.micrometer.observation.ObservationPredicate;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.web.client.RestClient;

/** How the service calls others, and what of its own calls is measured. */
@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Set<String> UNMEASURED = Set.of("/healthz", "/readyz", "/metrics");

  /** A client whose calls carry the current trace. */
  @Bean
  RestClient restClient(RestClient.Builder builder) {
    HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(http);
    factory.setReadTimeout(TIMEOUT);
    return builder
        .requestFactory(factory)
        .requestInterceptor(
            (request, body, execution) -> {
              CurrentTrace.get()
                  .ifPresent(trace -> trace.headers().forEach(request.getHeaders()::set));
              return execution.execute(request, body);
            })
        .build();
  }

  /** Probes and scrapes are no traffic. */
  @Bean
  ObservationPredicate measuresTrafficOnly() {
    return (name, context) ->
        !(context instanceof ServerRequestObservationContext request)
            || !UNMEASURED.contains(request.getCarrier().getRequestURI());
  }
}
