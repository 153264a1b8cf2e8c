/** All that the environment decides. */
export interface Config {
  serviceName: string;
  serviceVersion: string;
  port: number;
  logLevel: string;
  /** The service that `/api/upstream` asks. */
  upstreamUrl?: string;
  /**
   * How long requests are still answered after readiness is off, so that nobody
   * is refused before everybody has heard of it.
   */
  drainDelayMilliseconds: number;
  /** How long running requests may take to end. */
  shutdownTimeoutMilliseconds: number;
  /** Where the service's configuration lives. */
  consulAddress?: string;
  consulPrefix?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

function number(
  environment: Environment,
  name: string,
  fallback: number,
  maximum: number,
): number {
  const text = environment[name] || String(fallback);
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > maximum) {
    throw new Error(
      `${name}: expected a whole number from 0 to ${maximum}, got "${text}"`,
    );
  }
  return value;
}

function url(environment: Environment, name: string): string | undefined {
  const text = environment[name];
  if (text && !/^https?:\/\/[^/]/.test(text)) {
    throw new Error(`${name}: expected a URL, got "${text}"`);
  }
  return text || undefined;
}

/**
 * Reads the configuration.
 *
 * @throws Error that names the variable whose value makes no sense
 */
export function loadConfig(environment: Environment): Config {
  return {
    serviceName: environment.SERVICE_NAME || '${{ values.name }}',
    serviceVersion: environment.SERVICE_VERSION || '0.0.0',
    port: number(environment, 'PORT', Number('${{ values.port }}'), 65_535),
    logLevel: environment.LOG_LEVEL || 'info',
    upstreamUrl: url(environment, 'UPSTREAM_URL'),
    drainDelayMilliseconds: number(
      environment,
      'DRAIN_DELAY_MILLISECONDS',
      1_000,
      60_000,
    ),
    shutdownTimeoutMilliseconds: number(
      environment,
      'SHUTDOWN_TIMEOUT_MILLISECONDS',
      20_000,
      600_000,
    ),
    consulAddress: environment.CONSUL_HTTP_ADDR || undefined,
    consulPrefix: environment.CONSUL_PREFIX || undefined,
  };
}
