package service;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives each request its trace and its log line; Spring measures it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestFilter extends OncePerRequestFilter {

  private static final Logger LOG = LoggerFactory.getLogger("service.request");
  // Probes and scrapes are no traffic.
  private static final Set<String> UNOBSERVED = Set.of("/healthz", "/readyz", "/metrics");

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return UNOBSERVED.contains(request.getRequestURI());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long startedAt = System.nanoTime();
    // What the filters throw is answered so, further out than this.
    int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    CurrentTrace.set(Trace.from(request::getHeader));
    try {
      chain.doFilter(request, response);
      status = response.getStatus();
    } finally {
      LOG.atInfo()
          .addKeyValue("http.request.method", request.getMethod())
          .addKeyValue("url.path", request.getRequestURI())
          .addKeyValue("http.response.status_code", status)
          .addKeyValue("event.duration", System.nanoTime() - startedAt)
          .log("{} {} {}", request.getMethod(), request.getRequestURI(), status);
      CurrentTrace.clear();
    }
  }
}
