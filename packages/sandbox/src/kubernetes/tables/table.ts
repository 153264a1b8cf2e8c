import type { IncomingMessage } from 'node:http';
import { negotiate } from '../http/accept';
import type { Exchange } from '../http/context';
import type { KubernetesObject } from '../store';
import { encode, encodeMetadata, inVersion } from '../storage/view';
import { columnsOf } from './columns';

/** What accompanies each row of a table. */
export type IncludeObject = 'Metadata' | 'Object' | 'None';

/** Whether the caller wants a table for people, and with how much behind it. */
export function wantsTable(
  request: IncomingMessage,
  query: URLSearchParams,
): IncludeObject | undefined {
  if (negotiate(request) !== 'Table') {
    return undefined;
  }
  const include = query.get('includeObject');
  return include === 'Object' || include === 'None' ? include : 'Metadata';
}

/**
 * A table of objects as JSON. Later events of one watch leave the column
 * definitions out.
 */
export function encodeTable(
  exchange: Exchange,
  objects: readonly KubernetesObject[],
  metadata: Record<string, unknown>,
  include: IncludeObject,
  withColumns = true,
): string {
  const { context, target } = exchange;
  const { type, version } = target;
  const now = context.clock.now();
  const columns = columnsOf(type, version);
  const rows = objects.map(stored => {
    const object = inVersion(stored, type, version);
    const cells = JSON.stringify(
      columns.map(column => column.cell(object, now) ?? null),
    );
    return `{"cells":${cells},"object":${rowObject(
      stored,
      include,
      exchange,
    )}}`;
  });
  const definitions = withColumns
    ? columns.map(
        ({ name, type: cellType, format, description, priority }) => ({
          name,
          type: cellType,
          format: format ?? '',
          description: description ?? '',
          priority: priority ?? 0,
        }),
      )
    : [];
  return `{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":${JSON.stringify(
    metadata,
  )},"columnDefinitions":${JSON.stringify(definitions)},"rows":[${rows.join(
    ',',
  )}]}`;
}

function rowObject(
  stored: KubernetesObject,
  include: IncludeObject,
  { target }: Exchange,
): string {
  if (include === 'Object') {
    return encode(stored, target.type, target.version);
  }
  if (include === 'None') {
    return 'null';
  }
  return encodeMetadata(stored);
}
