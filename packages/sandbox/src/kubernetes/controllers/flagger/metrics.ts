import {
  asNumber,
  asObject,
  asText,
  asTexts,
  type JsonObject,
} from '../../values';
import type { ControllerContext } from '../context';
import type { CanaryView } from './canary';

const of = (code: string) =>
  `sum(rate(istio_requests_total{reporter="destination",destination_workload_namespace="{{ namespace }}",destination_workload=~"{{ target }}"${code}}[{{ interval }}]))`;

/** Queries of Flagger's own metrics for Istio: percent of success, and p99 in milliseconds. */
const builtin: Record<string, string> = {
  'request-success-rate': `${of(',response_code!~"5.*"')} / ${of('')} * 100`,
  'request-duration':
    'histogram_quantile(0.99, sum(rate(istio_request_duration_milliseconds_bucket{reporter="destination",destination_workload_namespace="{{ namespace }}",destination_workload=~"{{ target }}"}[{{ interval }}])) by (le))',
};

function filled(
  query: string,
  view: CanaryView,
  interval: string,
  variables: Record<string, string>,
): string {
  const values: Record<string, string> = {
    name: view.canary.metadata.name,
    namespace: view.namespace,
    target: view.target,
    service: view.apex,
    interval,
    ...Object.fromEntries(
      Object.entries(variables).map(([key, value]) => [
        `variables.${key}`,
        value,
      ]),
    ),
  };
  return query.replace(
    /\{\{\s*([\w.-]+)\s*\}\}/g,
    (whole, name: string) => values[name] ?? whole,
  );
}

function queryOf(
  { store }: ControllerContext,
  view: CanaryView,
  metric: JsonObject,
): string {
  const name = asText(metric.name) ?? '';
  const reference = asObject(metric.templateRef);
  if (metric.templateRef) {
    const namespace = asText(reference.namespace) ?? view.namespace;
    const template = store.get(
      'metrictemplates.flagger.app',
      namespace,
      asText(reference.name) ?? '',
    );
    const query = asText(template?.spec?.query);
    if (query === undefined) {
      throw new Error(
        `Metric template ${reference.name}.${namespace} error: metrictemplates.flagger.app "${reference.name}" not found`,
      );
    }
    return query;
  }
  const query = asText(metric.query) ?? builtin[name];
  if (query === undefined) {
    throw new Error(
      'Metric query failed for no usable metrics template were configured',
    );
  }
  return query;
}

function complaint(
  view: CanaryView,
  metric: JsonObject,
  value: number,
): string | undefined {
  const name = asText(metric.name) ?? '';
  const range = asObject(metric.thresholdRange);
  const threshold = asNumber(metric.threshold);
  const success = name === 'request-success-rate';
  const duration = name === 'request-duration';
  const minimum = asNumber(range.min) ?? (success ? threshold : undefined);
  const maximum = asNumber(range.max) ?? (success ? undefined : threshold);
  const halt = `Halt ${view.canary.metadata.name}.${view.namespace} advancement`;
  const unit = duration ? 'ms' : '';
  let shown = `${name} ${value.toFixed(2)}`;
  if (success) shown = `success rate ${value.toFixed(2)}%`;
  if (duration) shown = `request duration ${Math.trunc(value)}ms`;
  const limit = (bound: number) => `${bound}${success ? '%' : unit}`;
  if (minimum !== undefined && value < minimum) {
    return `${halt} ${shown} < ${limit(minimum)}`;
  }
  return maximum !== undefined && value > maximum
    ? `${halt} ${shown} > ${limit(maximum)}`
    : undefined;
}

/**
 * Measures one metric of a Canary. Answers why it must not advance, or
 * undefined when it may; missing values never let it.
 */
export async function checkMetric(
  context: ControllerContext,
  view: CanaryView,
  metric: JsonObject,
): Promise<string | undefined> {
  const name = asText(metric.name) ?? '';
  const none =
    name in builtin && !metric.templateRef
      ? `Halt advancement no values found for istio metric ${name} probably ${view.target}.${view.namespace} is not receiving traffic: running query failed: no values found`
      : `Halt advancement no values found for custom metric: ${name}: no values found`;
  try {
    const query = filled(
      queryOf(context, view, metric),
      view,
      asText(metric.interval) ?? '1m',
      asTexts(metric.templateVariables),
    );
    if (!context.hooks.queryMetrics) return none;
    const [value] = (await context.hooks.queryMetrics(query)).values;
    if (value === undefined || Number.isNaN(value)) return none;
    return complaint(view, metric, value);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return `Prometheus query failed: ${message}`;
  }
}
