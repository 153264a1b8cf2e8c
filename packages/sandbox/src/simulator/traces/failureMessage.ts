import type { Effects } from '../flow/effects';
import { behaviourOfTag } from '../flow/server';
import { serviceOfHost } from '../live/config';
import type { LivePod } from '../live/model';
import type { TracedCall } from './types';

const httpByGrpc: Readonly<Record<number, number>> = {
  13: 500,
  14: 503,
  8: 429,
  4: 504,
};

/** What people call a host: the service's name, or the host outside. */
function shortName(host: string): string {
  const service = serviceOfHost(host);
  return service ? `${service.name}.${service.namespace}` : host;
}

/** What an app says of a request that it could not answer, as it behaves now. */
export function failureMessage(
  pod: LivePod,
  effects: Effects,
  call: TracedCall,
): string {
  if (call.failedBy !== undefined) {
    return `call to ${shortName(call.failedBy)} failed`;
  }
  const { outcome } = call;
  const code =
    outcome.grpcStatus === undefined
      ? outcome.code
      : httpByGrpc[outcome.grpcStatus];
  const own = behaviourOfTag(pod.workload, pod.tag, effects).errors.filter(
    error => error.code === code,
  );
  // Incidents add to the end of the list: what is new is what people look for.
  const error = own[own.length - 1];
  if (error) return error.message;
  return code === 503
    ? 'too many requests in progress'
    : 'request could not be handled';
}
