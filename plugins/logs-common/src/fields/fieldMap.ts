import { z } from 'zod';

/** What lines tell, whatever their fields are called. @public */
export const LOG_FIELD_ROLES = [
  'at',
  'message',
  'level',
  'namespace',
  'app',
  'version',
  'pod',
  'container',
  'node',
  'traceId',
  'spanId',
  'sampled',
  'offset',
] as const;

/** @public */
export type LogFieldRole = (typeof LOG_FIELD_ROLES)[number];

/** @public */
export const logFieldMapSchema = z.partialRecord(
  z.enum(LOG_FIELD_ROLES),
  z.string().min(1),
);

/** Name of the field of each thing; absent where the store has none. @public */
export type LogFieldMap = Partial<Record<LogFieldRole, string>>;

/**
 * Names by shipper, those of newer ones first: ECS as Filebeat 7 and 8 write
 * it (https://www.elastic.co/guide/en/ecs/current/ecs-field-reference.html),
 * Filebeat 6, then Fluent Bit's Kubernetes filter
 * (https://docs.fluentbit.io/manual/pipeline/filters/kubernetes).
 */
const CANDIDATES: Record<LogFieldRole, readonly string[]> = {
  at: ['@timestamp', 'timestamp', 'time'],
  message: ['message', 'log', 'msg'],
  level: ['log.level', 'level', 'severity', 'loglevel', 'log_level'],
  namespace: [
    'kubernetes.namespace',
    'kubernetes.namespace_name',
    'orchestrator.namespace',
  ],
  app: [
    'kubernetes.labels.app',
    'kubernetes.labels.app_kubernetes_io/name',
    'kubernetes.labels.app.kubernetes.io/name',
    'service.name',
  ],
  version: [
    'kubernetes.labels.version',
    'kubernetes.labels.app_kubernetes_io/version',
    'service.version',
  ],
  pod: ['kubernetes.pod.name', 'kubernetes.pod_name', 'kubernetes.pod'],
  container: [
    'kubernetes.container.name',
    'kubernetes.container_name',
    'container.name',
  ],
  node: ['kubernetes.node.name', 'kubernetes.host', 'host.name', 'host'],
  traceId: ['trace.id', 'traceId', 'trace_id', 'traceID', 'X-B3-TraceId'],
  spanId: ['span.id', 'spanId', 'span_id', 'spanID', 'X-B3-SpanId'],
  sampled: ['trace.sampled', 'trace_flags', 'traceFlags', 'sampled'],
  offset: ['log.offset', 'offset'],
};

/** Roles that are compared with exact values. */
const EXACT: ReadonlySet<LogFieldRole> = new Set([
  'level',
  'namespace',
  'app',
  'version',
  'pod',
  'container',
  'node',
  'traceId',
  'spanId',
]);

/** What is known of one field of a store. @public */
export type KnownField = { types: readonly string[] };

const OBJECTS = new Set(['object', 'nested', 'flattened']);

function exactName(
  name: string,
  known: ReadonlyMap<string, KnownField>,
): string {
  const types = known.get(name)?.types ?? [];
  // Dynamic mappings keep the whole value beside the analyzed one.
  return types.includes('text') && known.has(`${name}.keyword`)
    ? `${name}.keyword`
    : name;
}

/**
 * Tells the fields of a store from those that it has; what is configured
 * counts as it is.
 *
 * @public
 */
export function detectFieldMap(
  known: ReadonlyMap<string, KnownField>,
  overrides: LogFieldMap = {},
): LogFieldMap {
  const map: LogFieldMap = {};
  for (const role of LOG_FIELD_ROLES) {
    const found =
      overrides[role] ??
      CANDIDATES[role].find(name => {
        const types = known.get(name)?.types;
        return types !== undefined && !types.every(type => OBJECTS.has(type));
      });
    if (found !== undefined) {
      map[role] =
        EXACT.has(role) && overrides[role] === undefined
          ? exactName(found, known)
          : found;
    }
  }
  return map;
}
