import type { Protocol } from '../../world/types';

/** One kind of answer with its share of the requests it is about. */
export interface Outcome {
  /** HTTP status; 0 when there was no answer. */
  code: number;
  /** gRPC status number; only for gRPC. */
  grpcStatus?: number;
  /** Envoy's response flags, `-` for none. */
  flags: string;
  share: number;
}

/** gRPC status for an HTTP status that an app means (google.rpc.Code). */
const grpcByCode: Readonly<Record<number, number>> = {
  400: 3,
  401: 16,
  403: 7,
  404: 5,
  409: 10,
  429: 8,
  500: 13,
  501: 12,
  503: 14,
  504: 4,
};

/** The answer an app gives: gRPC apps answer HTTP 200 with a status. */
export function answer(
  protocol: Protocol,
  code: number,
  share: number,
  flags = '-',
): Outcome {
  if (protocol !== 'grpc') return { code, flags, share };
  return {
    code: 200,
    grpcStatus: code < 400 ? 0 : grpcByCode[code] ?? 2,
    flags,
    share,
  };
}

/** Whether the caller gets something it cannot use. */
export function isFailure(outcome: Outcome): boolean {
  return (
    outcome.code >= 500 ||
    outcome.code === 0 ||
    (outcome.grpcStatus !== undefined && outcome.grpcStatus !== 0)
  );
}

const grpcConditions: Readonly<Record<string, number>> = {
  cancelled: 1,
  'deadline-exceeded': 4,
  'resource-exhausted': 8,
  internal: 13,
  unavailable: 14,
};

/** Whether Envoy's retry conditions cover an attempt's outcome. */
export function isRetriable(
  outcome: Outcome,
  retryOn: ReadonlySet<string>,
): boolean {
  const connection = outcome.flags.includes('UF');
  const reset = connection || outcome.flags.includes('UC');
  for (const condition of retryOn) {
    switch (condition) {
      case '5xx':
        if (outcome.code >= 500) return true;
        break;
      case 'gateway-error':
        if ([502, 503, 504].includes(outcome.code)) return true;
        break;
      case 'connect-failure':
        if (connection) return true;
        break;
      case 'reset':
      case 'reset-before-request':
        if (reset) return true;
        break;
      case 'retriable-4xx':
        if (outcome.code === 409) return true;
        break;
      default:
        if (
          outcome.grpcStatus !== undefined &&
          outcome.grpcStatus === grpcConditions[condition]
        ) {
          return true;
        }
        if (/^\d{3}$/.test(condition) && outcome.code === Number(condition)) {
          return true;
        }
    }
  }
  return false;
}
