package service;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the environment decides, as {@code application.yaml} reads it.
 *
 * @param upstreamUrl the service that {@code /api/upstream} asks; empty when there is none
 * @param drainDelay how long requests are still answered after readiness is off
 * @param consulAddress where the service's configuration lives; empty when nowhere
 */
@ConfigurationProperties("service")
public record Settings(
    String version,
    String upstreamUrl,
    Duration drainDelay,
    String consulAddress,
    String consulPrefix) {}
