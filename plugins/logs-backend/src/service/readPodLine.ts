import {
  cutText,
  LOGS_LIMITS,
  readText,
  readTrace,
  type LogLine,
  type LogPodTarget,
} from '@orrery/backstage-plugin-logs-common';

const one = (value: string | string[] | undefined) =>
  Array.isArray(value) ? value[0] : value;

/** What a container wrote, as a line; nothing where it has no instant. */
export function readPodLine(
  text: string,
  of: {
    cluster: string;
    namespace: string;
    pod: LogPodTarget;
    container: string;
  },
  index: number,
): LogLine | undefined {
  const space = text.indexOf(' ');
  const at = space === -1 ? text : text.slice(0, space);
  if (Number.isNaN(Date.parse(at))) {
    return undefined;
  }
  const { cluster, namespace, pod, container } = of;
  const read = readText(text.slice(space + 1));
  const { fields } = read;
  return {
    id: `${namespace}/${pod.name}/${container}/${at}/${index}`,
    at,
    level: read.level,
    ...cutText(read.text, LOGS_LIMITS.messageCharacters),
    cluster,
    namespace,
    ...(pod.app !== undefined && { app: pod.app }),
    ...(pod.version !== undefined && { version: pod.version }),
    pod: pod.name,
    container,
    ...(pod.node !== undefined && { node: pod.node }),
    ...readTrace({
      traceId: one(fields['trace.id'] ?? fields.traceId ?? fields.trace_id),
      spanId: one(fields['span.id'] ?? fields.spanId ?? fields.span_id),
    }),
    fields,
  };
}
