import type { LivePod } from '../live/model';
import { isFailure } from '../flow/outcome';
import { asString } from '../read';
import { answeredAt, type SimulatedTrace, type TracedCall } from '../traces';
import { flavoured } from './flavour';

/** A call that a pod took part in, with the request that it belongs to. */
export interface LoggedCall {
  trace: SimulatedTrace;
  call: TracedCall;
}

/** RFC 3339 with nanoseconds, as the container runtime stamps lines. */
export function stamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000000Z');
}

/** What an app says of a request that it answered. */
export function messageOf(pod: LivePod, call: TracedCall): string {
  const failed = isFailure(call.outcome);
  const plain = failed
    ? call.problem ?? 'request could not be handled'
    : 'request served';
  return flavoured(pod, call, plain, failed);
}

/** The fields of the app's own line about a request that it answered. */
export function appDocument(pod: LivePod, { trace, call }: LoggedCall) {
  const { outcome } = call;
  const failed = isFailure(outcome);
  return {
    time: new Date(answeredAt(call)).toISOString(),
    level: failed ? 'error' : 'info',
    service: pod.workload.appName,
    version: pod.workload.version,
    message: messageOf(pod, call),
    method: call.operation.method,
    path: call.operation.path,
    status: outcome.code,
    ...(outcome.grpcStatus === undefined
      ? {}
      : { grpcStatus: outcome.grpcStatus }),
    durationMs: Math.round(call.servedMilliseconds * 10) / 10,
    caller: call.caller?.workload.appName ?? '-',
    traceId: trace.id,
    spanId: call.id,
  };
}

/** The app's own line: one JSON document per request. */
export function appLine(pod: LivePod, logged: LoggedCall): string {
  return JSON.stringify(appDocument(pod, logged));
}

/** The proxy's line, in Envoy's default access log format as Istio configures it. */
export function proxyLine(pod: LivePod, { call }: LoggedCall): string {
  const { outcome, operation } = call;
  const { app } = pod.workload;
  const port = app?.port ?? 8080;
  const gateway = pod.workload.dataPlane === 'gateway';
  const address = asString(pod.object.status?.podIP) ?? '-';
  const milliseconds = gateway
    ? call.durationMilliseconds
    : call.servedMilliseconds;
  const total = Math.max(Math.round(milliseconds), 1);
  const protocol = app?.protocol === 'grpc' ? 'HTTP/2' : 'HTTP/1.1';
  const details = outcome.flags === '-' ? 'via_upstream' : 'response_flags';
  const authority = gateway
    ? call.host
    : `${pod.workload.appName}.${pod.namespace}:${port}`;
  const upstream = gateway
    ? `outbound|80||${call.host} - ${address}:8080 203.0.113.10:443`
    : `inbound|${port}|| 127.0.0.6:45011 ${address}:${port} 10.244.0.1:0`;
  const caller = gateway ? '-' : call.caller?.workload.appName ?? '-';
  return [
    `[${new Date(answeredAt(call)).toISOString()}]`,
    `"${operation.method} ${operation.path} ${protocol}"`,
    `${outcome.code} ${outcome.flags} ${details} - "-"`,
    `${app?.requestBytes ?? 0} ${app?.responseBytes ?? 0} ${total} ${Math.max(
      total - 1,
      0,
    )}`,
    `"-" "${caller}" "${call.requestId}" "${authority}"`,
    `"${address}:${port}" ${upstream} - default`,
  ].join(' ');
}
