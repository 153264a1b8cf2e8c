import { proxyLine } from '../../simulator/logs/format';
import type { LogRecord } from './LogRecord';

/** The line itself; that of a proxy is made when somebody first looks at it. */
export function messageText(record: LogRecord): string {
  if (record.text === undefined && record.logged) {
    record.text = proxyLine(record.origin.pod, record.logged);
  }
  return record.text ?? '';
}

/** Name of the index, one for each day, that a document is in. */
export function indexOf({ at }: LogRecord): string {
  return indexOfDay(at);
}

/** Name of the index of the day of an instant. */
export function indexOfDay(milliseconds: number): string {
  const day = new Date(milliseconds).toISOString().slice(0, 10);
  return `filebeat-8.15.0-${day.split('-').join('.')}`;
}

/** The second is part of a document's id, so that it is found without an index of ids. */
export function idOf({ at, key }: LogRecord): string {
  return `${Math.floor(at / 1000).toString(36)}-${key}`;
}

/** The second since the Unix epoch, and the key within it, of a document's id. */
export function readId(id: string): { second: number; key: string } {
  const dash = id.indexOf('-');
  return {
    second: parseInt(id.slice(0, Math.max(dash, 0)), 36),
    key: id.slice(dash + 1),
  };
}

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

/** What of a request an app's line tells. */
function requestOf({ logged, origin }: LogRecord) {
  if (!logged) return {};
  const { trace, call } = logged;
  const { outcome, operation } = call;
  const { appName, version } = origin.pod.workload;
  return {
    service: { name: appName, ...(version === '' ? {} : { version }) },
    trace: { id: trace.id },
    span: { id: call.id },
    http: {
      request: { method: operation.method, id: call.requestId },
      response: { status_code: outcome.code },
    },
    url: { path: operation.path },
    ...(call.caller
      ? { labels: { caller: call.caller.workload.appName } }
      : {}),
  };
}

/** The document as the agent sent it: what a search shows as `_source`. */
export function sourceOf(record: LogRecord): Record<string, unknown> {
  const { origin, kind, logged, level } = record;
  const { pod } = origin;
  const duration = logged && Math.round(logged.call.servedMilliseconds * 1e6);
  return {
    '@timestamp': iso(record.at),
    message: messageText(record),
    stream: 'stdout',
    log: {
      ...(level === undefined ? {} : { level }),
      offset: record.offset,
      file: {
        path: `/var/log/containers/${pod.name}_${pod.namespace}_${origin.container}-${origin.containerId}.log`,
      },
    },
    event: {
      ingested: iso(record.visibleAt),
      ...(kind === 'app' ? { duration } : {}),
    },
    ...(kind === 'app' ? requestOf(record) : {}),
    kubernetes: {
      namespace: pod.namespace,
      pod: { name: pod.name, uid: origin.uid },
      container: { name: origin.container },
      node: { name: origin.node },
      labels: origin.labels,
    },
    container: {
      id: origin.containerId,
      runtime: 'containerd',
      image: { name: origin.image },
    },
    host: { name: origin.node },
    input: { type: 'container' },
    ecs: { version: '8.0.0' },
    agent: { type: 'filebeat', version: '8.15.0', name: origin.node },
  };
}
