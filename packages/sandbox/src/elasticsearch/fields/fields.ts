import type { LogRecord } from '../records/LogRecord';
import { messageText } from '../records/source';

/** Types of fields as a mapping names them. */
export type FieldType =
  | 'keyword'
  | 'match_only_text'
  | 'long'
  | 'date'
  | 'ip'
  | 'boolean';

/** A value as a search compares it: dates are milliseconds since the Unix epoch. */
export type FieldValue = string | number | boolean;

/** One field of the index. */
export interface Field {
  name: string;
  type: FieldType;
  read(record: LogRecord): FieldValue | undefined;
  /** Whether all lines of a container have the same value. */
  perOrigin: boolean;
}

/** The version of the agent that ships the lines. */
export const AGENT_VERSION = '8.15.0';
/** The version of the Elastic Common Schema that it writes. */
export const ECS_VERSION = '8.0.0';

type Read = Field['read'];

const app =
  (read: (record: LogRecord) => FieldValue | undefined): Read =>
  record =>
    record.kind === 'app' ? read(record) : undefined;

const perLine: [string, FieldType, Read][] = [
  ['@timestamp', 'date', ({ at }) => at],
  ['event.ingested', 'date', ({ visibleAt }) => Math.floor(visibleAt)],
  ['message', 'match_only_text', messageText],
  ['log.level', 'keyword', ({ level }) => level],
  ['log.offset', 'long', ({ offset }) => offset],
  ['trace.id', 'keyword', app(({ logged }) => logged?.trace.id)],
  ['span.id', 'keyword', app(({ logged }) => logged?.call.id)],
  [
    'event.duration',
    'long',
    app(({ logged }) =>
      Math.round((logged?.call.servedMilliseconds ?? 0) * 1e6),
    ),
  ],
  [
    'http.request.method',
    'keyword',
    app(({ logged }) => logged?.call.operation.method),
  ],
  ['url.path', 'keyword', app(({ logged }) => logged?.call.operation.path)],
  [
    'http.response.status_code',
    'long',
    app(({ logged }) => logged?.call.outcome.code),
  ],
  ['http.request.id', 'keyword', app(({ logged }) => logged?.call.requestId)],
  [
    'labels.caller',
    'keyword',
    app(({ logged }) => logged?.call.caller?.workload.appName),
  ],
  ['service.name', 'keyword', app(({ origin }) => origin.pod.workload.appName)],
  [
    'service.version',
    'keyword',
    app(({ origin }) => origin.pod.workload.version),
  ],
];

const perOrigin: [string, FieldType, Read][] = [
  ['stream', 'keyword', () => 'stdout'],
  ['kubernetes.namespace', 'keyword', ({ origin }) => origin.pod.namespace],
  ['kubernetes.pod.name', 'keyword', ({ origin }) => origin.pod.name],
  ['kubernetes.pod.uid', 'keyword', ({ origin }) => origin.uid],
  ['kubernetes.container.name', 'keyword', ({ origin }) => origin.container],
  ['kubernetes.node.name', 'keyword', ({ origin }) => origin.node],
  ['container.id', 'keyword', ({ origin }) => origin.containerId],
  ['container.image.name', 'keyword', ({ origin }) => origin.image],
  ['container.runtime', 'keyword', () => 'containerd'],
  ['host.name', 'keyword', ({ origin }) => origin.node],
  ['input.type', 'keyword', () => 'container'],
  ['ecs.version', 'keyword', () => ECS_VERSION],
  ['agent.type', 'keyword', () => 'filebeat'],
  ['agent.version', 'keyword', () => AGENT_VERSION],
  ['agent.name', 'keyword', ({ origin }) => origin.node],
];

const LABELS = 'kubernetes.labels.';
/** Labels that every index knows, also before a pod has brought them along. */
const USUAL_LABELS = ['app', 'version'];

const fixed = new Map<string, Field>(
  [
    ...perLine.map(([name, type, read]) => ({
      name,
      type,
      read,
      perOrigin: false,
    })),
    ...perOrigin.map(([name, type, read]) => ({
      name,
      type,
      read,
      perOrigin: true,
    })),
    ...USUAL_LABELS.map(label => labelField(label)),
  ].map(field => [field.name, field]),
);

function labelField(label: string): Field {
  return {
    name: LABELS + label,
    type: 'keyword',
    read: ({ origin }) => origin.labels[label],
    perOrigin: true,
  };
}

/** A field by its name; undefined for those that no document has. */
export function findField(name: string): Field | undefined {
  const known = fixed.get(name);
  if (known) return known;
  return name.startsWith(LABELS)
    ? labelField(name.slice(LABELS.length))
    : undefined;
}

/** All fields, with those of labels that containers have brought along. */
export function allFields(labels: Iterable<string>): Field[] {
  const more = [...labels]
    .filter(label => !fixed.has(LABELS + label))
    .sort()
    .map(labelField);
  return [...fixed.values(), ...more];
}

/** Fields whose names a pattern with asterisks covers. */
export function matchFields(
  fields: readonly Field[],
  pattern: string,
): Field[] {
  if (!pattern.includes('*')) {
    return fields.filter(({ name }) => name === pattern);
  }
  const expression = new RegExp(
    `^${pattern
      .split('*')
      .map(part => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'))
      .join('.*')}$`,
  );
  return fields.filter(({ name }) => expression.test(name));
}
