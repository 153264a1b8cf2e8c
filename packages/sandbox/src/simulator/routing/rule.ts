/** One target of a route. */
export interface RouteTarget {
  /** Qualified host. */
  host: string;
  subset?: string;
  /** Share (0..1) of the rule's requests. */
  share: number;
}

export interface RetryPolicy {
  /** Retries after the first attempt. */
  attempts: number;
  perTryTimeoutMilliseconds?: number;
  /** Envoy's conditions, such as `5xx` or `connect-failure`. */
  retryOn: ReadonlySet<string>;
}

export interface MirrorTarget {
  host: string;
  subset?: string;
  share: number;
}

/** What one rule of a route table does with the requests it matches. */
export interface RouteRule {
  targets: readonly RouteTarget[];
  timeoutMilliseconds?: number;
  retries: RetryPolicy;
  delay?: { share: number; milliseconds: number };
  abort?: { share: number; code: number; grpcStatus?: number };
  mirrors: readonly MirrorTarget[];
  /** Answers without asking anybody: redirects and direct responses. */
  answer?: number;
}

/** Istio's default: two more attempts, only when nothing can have happened yet. */
export const DEFAULT_RETRIES: RetryPolicy = {
  attempts: 2,
  retryOn: new Set([
    'connect-failure',
    'refused-stream',
    'unavailable',
    'cancelled',
  ]),
};

/** The rule of a service that nothing is configured for. */
export function plainRule(host: string): RouteRule {
  return {
    targets: [{ host, share: 1 }],
    retries: DEFAULT_RETRIES,
    mirrors: [],
  };
}
