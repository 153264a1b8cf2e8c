import type { Operation } from '../../world/types';
import type { ConfigIndex } from '../live/config';
import type { LiveWorkload } from '../live/model';
import { asRecord, asRecords, asString, asTextMap } from '../read';

/** One value of the label `request_operation`, or no such label. */
export interface ReportedOperation {
  name?: string;
  /** Share (0..1) of the requests. */
  share: number;
}

const WHOLE: readonly ReportedOperation[] = [{ share: 1 }];

const ATTRIBUTES: Readonly<Record<string, (operation: Operation) => string>> = {
  'request.method': ({ method }) => method,
  'request.path': ({ path }) => path,
  'request.url_path': ({ path }) => path,
};

/**
 * Evaluates the part of CEL that tag overrides are usually written in: request
 * attributes and quoted text, joined by `+`. Undefined for anything else; Envoy
 * writes `unknown` where an expression has no value.
 */
export function evaluateTag(
  expression: string,
  operation: Operation,
): string | undefined {
  const term = /\s*(?:"([^"]*)"|'([^']*)'|([a-z_.]+))\s*(\+|$)/y;
  let value = '';
  for (;;) {
    const match = term.exec(expression);
    if (!match) return undefined;
    const [, double, single, attribute, joint] = match;
    const part = double ?? single ?? ATTRIBUTES[attribute]?.(operation);
    if (part === undefined) return undefined;
    value += part;
    if (joint === '') return value;
  }
}

function covers(mode: string | undefined, reporter: 'source' | 'destination') {
  if (mode === 'CLIENT') return reporter === 'source';
  if (mode === 'SERVER') return reporter === 'destination';
  return true;
}

/** The expression that a Telemetry object gives `request_operation` at a workload's proxy; only overrides of all metrics are followed. */
function expressionFor(
  config: ConfigIndex,
  workload: LiveWorkload,
  reporter: 'source' | 'destination',
): string | undefined {
  for (const object of config.all('telemetries.telemetry.istio.io')) {
    if (object.metadata.namespace !== workload.namespace) continue;
    const selector = asTextMap(asRecord(object.spec?.selector).matchLabels);
    const selected = Object.entries(selector).every(
      ([key, value]) => workload.labels[key] === value,
    );
    if (!selected) continue;
    for (const metrics of asRecords(object.spec?.metrics)) {
      for (const override of asRecords(metrics.overrides)) {
        const match = asRecord(override.match);
        const metric = asString(match.metric) ?? 'ALL_METRICS';
        const tag = asRecord(asRecord(override.tagOverrides).request_operation);
        const value = asString(tag.value);
        if (
          metric === 'ALL_METRICS' &&
          covers(asString(match.mode), reporter) &&
          asString(tag.operation) !== 'REMOVE' &&
          value !== undefined
        ) {
          return value;
        }
      }
    }
  }
  return undefined;
}

/** How one end of a connection tells requests apart; a single part without a name unless a Telemetry object asks for more. */
export function operationsReported(
  config: ConfigIndex,
  workload: LiveWorkload | undefined,
  reporter: 'source' | 'destination',
  operations: readonly Operation[],
): readonly ReportedOperation[] {
  const expression = workload && expressionFor(config, workload, reporter);
  if (expression === undefined) return WHOLE;
  const shares = new Map<string, number>();
  for (const operation of operations) {
    const name = evaluateTag(expression, operation) ?? 'unknown';
    shares.set(name, (shares.get(name) ?? 0) + operation.share);
  }
  return [...shares].map(([name, share]) => ({ name, share }));
}
