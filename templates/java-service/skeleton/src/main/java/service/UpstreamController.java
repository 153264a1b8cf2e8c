package service;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.server.ResponseStatusException;

/** Shows a call to another service: the client carries the trace. */
@RestController
class UpstreamController {

  private static final Logger LOG = LoggerFactory.getLogger(UpstreamController.class);

  private final Settings settings;
  private final RestClient client;

  UpstreamController(Settings settings, RestClient client) {
    this.settings = settings;
    this.client = client;
  }

  @GetMapping("/api/upstream")
  Map<String, Integer> ask() {
    if (settings.upstreamUrl().isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_IMPLEMENTED, "UPSTREAM_URL is not set");
    }
    try {
      int status =
          client
              .get()
              .uri(settings.upstreamUrl())
              .exchange((request, response) -> response.getStatusCode().value());
      return Map.of("status", status);
    } catch (ResourceAccessException unreachable) {
      LOG.error("the upstream did not answer", unreachable);
      throw new ResponseStatusException(
          HttpStatus.BAD_GATEWAY, "the upstream did not answer", unreachable);
    }
  }
}
