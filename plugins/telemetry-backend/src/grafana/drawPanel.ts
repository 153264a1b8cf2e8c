import {
  interpolateQuery,
  variablesOfQuery,
  type Chart,
  type ChartGrid,
} from '@orrery/backstage-plugin-telemetry-common';
import type { PrometheusHistory } from '../charts/PrometheusHistory';
import type { GrafanaDashboard, GrafanaPanel } from './GrafanaSource';
import { legendOf, unitOfGrafana } from './unitOfGrafana';

/** Lines beyond this are not told apart. */
const MOST_SERIES = 40;

function typeOfSource(source: unknown): unknown {
  return typeof source === 'object' && source !== null
    ? Reflect.get(source, 'type')
    : undefined;
}

/** Queries of a panel that Prometheus can answer. */
function targetsOf(panel: GrafanaPanel) {
  return (panel.targets ?? []).filter(
    ({ expr, hide, datasource }) =>
      expr &&
      !hide &&
      ['prometheus', undefined].includes(
        (typeOfSource(datasource) ?? typeOfSource(panel.datasource)) as
          | string
          | undefined,
      ),
  );
}

/** Whether a panel can be drawn from its own query, and if not why. */
export function whyNotDrawn(panel: GrafanaPanel): string | undefined {
  if (targetsOf(panel).length > 0) {
    return undefined;
  }
  return (panel.targets ?? []).length > 0
    ? 'its queries are not for Prometheus'
    : 'it has no query';
}

/**
 * Draws a panel from its own query, asked of the portal's Prometheus.
 *
 * @throws what Prometheus refused, or that variables are not known
 */
export async function drawPanel(options: {
  history: PrometheusHistory;
  dashboard: GrafanaDashboard;
  panel: GrafanaPanel;
  service: { namespace: string; app: string };
  grid: ChartGrid;
}): Promise<Chart> {
  const { history, dashboard, panel, service, grid } = options;
  const variables = variablesOfQuery(dashboard.variables, service);
  const { unit, factor } = unitOfGrafana(panel.fieldConfig?.defaults?.unit);
  const questions = targetsOf(panel).map(({ expr = '', legendFormat }) => ({
    legendFormat,
    ...interpolateQuery(expr, variables, grid),
  }));
  const unknown = questions.flatMap(question => question.unknown);
  const shared = {
    id: `panel.${panel.id}`,
    group: 'runtime' as const,
    unit,
    promql: questions.map(({ promql }) => promql).join('\n'),
  };
  if (unknown.length > 0) {
    return {
      ...shared,
      series: [],
      emptyReason: `Nothing is known of the variables ${unknown.join(', ')}`,
    };
  }
  const answers = await Promise.all(
    questions.map(({ promql }) => history.range(promql, grid)),
  );
  const series = answers.flatMap((lines, index) =>
    lines.map(({ metric, points }) => ({
      name: legendOf(questions[index].legendFormat, metric),
      role: 'part' as const,
      points: points
        .filter(({ value }) => Number.isFinite(value))
        .map(({ timeMilliseconds, value }): [number, number] => [
          timeMilliseconds,
          value * factor,
        ]),
    })),
  );
  return {
    ...shared,
    series: series.slice(0, MOST_SERIES),
    ...(series.length > MOST_SERIES && {
      leftOutCount: series.length - MOST_SERIES,
    }),
    ...(series.length === 0 && {
      emptyReason: 'Prometheus has no series for this query in this range',
    }),
  };
}
