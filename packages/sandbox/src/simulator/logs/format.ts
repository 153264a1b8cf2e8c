import type { LivePod } from '../live/model';
import { isFailure } from '../flow/outcome';
import { behaviourOfTag } from '../flow/server';
import type { Effects } from '../flow/effects';
import { asString } from '../read';
import type { LoggedRequest } from './sample';

/** RFC 3339 with nanoseconds, as the container runtime stamps lines. */
export function stamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000000Z');
}

const httpByGrpc: Readonly<Record<number, number>> = {
  13: 500,
  14: 503,
  8: 429,
  4: 504,
};

function messageOf(
  pod: LivePod,
  effects: Effects,
  { outcome }: LoggedRequest,
): string {
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
  if (code === 503) return 'too many requests in progress';
  const [dependency] = pod.workload.app?.calls ?? [];
  return dependency
    ? `call to ${dependency.to} failed`
    : 'request could not be handled';
}

/** The app's own line: one JSON document per request. */
export function appLine(
  pod: LivePod,
  effects: Effects,
  request: LoggedRequest,
): string {
  const { arrival, outcome } = request;
  const failed = isFailure(outcome);
  return JSON.stringify({
    time: new Date(request.at).toISOString(),
    level: failed ? 'error' : 'info',
    service: pod.workload.appName,
    version: pod.workload.version,
    message: failed ? messageOf(pod, effects, request) : 'request served',
    method: arrival.operation.method,
    path: arrival.operation.path,
    status: outcome.code,
    ...(outcome.grpcStatus === undefined
      ? {}
      : { grpcStatus: outcome.grpcStatus }),
    durationMs: Math.round(request.durationMilliseconds * 10) / 10,
    caller: arrival.caller,
    traceId: request.traceId,
    spanId: request.spanId,
  });
}

/** The proxy's line, in Envoy's default access log format as Istio configures it. */
export function proxyLine(pod: LivePod, request: LoggedRequest): string {
  const { arrival, outcome, durationMilliseconds } = request;
  const { app } = pod.workload;
  const port = app?.port ?? 8080;
  const gateway = pod.workload.dataPlane === 'gateway';
  const address = asString(pod.object.status?.podIP) ?? '-';
  const total = Math.max(Math.round(durationMilliseconds), 1);
  const protocol = app?.protocol === 'grpc' ? 'HTTP/2' : 'HTTP/1.1';
  const details = outcome.flags === '-' ? 'via_upstream' : 'response_flags';
  const authority = gateway
    ? arrival.host
    : `${pod.workload.appName}.${pod.namespace}:${port}`;
  const upstream = gateway
    ? `outbound|80||${arrival.host} - ${address}:8080 203.0.113.10:443`
    : `inbound|${port}|| 127.0.0.6:45011 ${address}:${port} 10.244.0.1:0`;
  return [
    `[${new Date(request.at).toISOString()}]`,
    `"${arrival.operation.method} ${arrival.operation.path} ${protocol}"`,
    `${outcome.code} ${outcome.flags} ${details} - "-"`,
    `${app?.requestBytes ?? 0} ${app?.responseBytes ?? 0} ${total} ${Math.max(
      total - 1,
      0,
    )}`,
    `"-" "${arrival.caller}" "${request.requestId}" "${authority}"`,
    `"${address}:${port}" ${upstream} - default`,
  ].join(' ');
}
