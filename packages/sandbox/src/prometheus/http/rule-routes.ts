import type { ServerResponse } from 'node:http';
import { formatFloat } from '../number-format';
import type { RuleEvaluator } from '../rules/rule-evaluator';
import {
  type ActiveAlert,
  type RuleGroup,
  isAlerting,
} from '../rules/rule-types';
import { ApiError } from './api-error';
import { respondData } from './respond';

function alertJson(alert: ActiveAlert) {
  return {
    labels: alert.labels,
    annotations: alert.annotations,
    state: alert.state,
    activeAt: new Date(alert.activeAtMs).toISOString(),
    value: formatFloat(alert.value),
  };
}

function stateOf(alerts: readonly ActiveAlert[]): string {
  if (alerts.some(one => one.state === 'firing')) return 'firing';
  return alerts.length > 0 ? 'pending' : 'inactive';
}

function groupJson(
  evaluator: RuleEvaluator,
  group: RuleGroup,
  type: string | null,
) {
  const rules = group.rules.flatMap((rule, index) => {
    const health = evaluator.health(group, index);
    const common = {
      query: rule.expr,
      labels: rule.labels ?? {},
      health: health.health,
      ...(health.error && { lastError: health.error }),
      evaluationTime: health.evaluationSeconds,
      lastEvaluation: new Date(health.evaluatedAtMs).toISOString(),
    };
    if (!isAlerting(rule)) {
      if (type === 'alert') return [];
      return [{ name: rule.record, ...common, type: 'recording' }];
    }
    if (type === 'record') return [];
    const alerts = evaluator.alerts(group, index);
    return [
      {
        state: stateOf(alerts),
        name: rule.alert,
        duration: (rule.forMs ?? 0) / 1000,
        keepFiringFor: (rule.keepFiringForMs ?? 0) / 1000,
        annotations: rule.annotations ?? {},
        alerts: alerts.map(alertJson),
        ...common,
        type: 'alerting',
      },
    ];
  });
  const latest = Math.max(
    0,
    ...group.rules.map(
      (_, index) => evaluator.health(group, index).evaluatedAtMs,
    ),
  );
  return {
    name: group.name,
    file: group.file,
    rules,
    interval: group.intervalMs / 1000,
    limit: 0,
    evaluationTime: group.rules.reduce(
      (sum, _, index) => sum + evaluator.health(group, index).evaluationSeconds,
      0,
    ),
    lastEvaluation: new Date(latest).toISOString(),
  };
}

/** GET /api/v1/rules */
export function listRules(
  evaluator: RuleEvaluator,
  parameters: URLSearchParams,
  response: ServerResponse,
): void {
  const type = parameters.get('type');
  if (type !== null && type !== 'alert' && type !== 'record') {
    throw new ApiError(
      'bad_data',
      `not supported value ${JSON.stringify(type)}`,
    );
  }
  const wanted = (name: string, value: string) => {
    const values = parameters.getAll(`${name}[]`);
    return values.length === 0 || values.includes(value);
  };
  const groups = evaluator
    .groups()
    .filter(group => wanted('rule_group', group.name))
    .filter(group => wanted('file', group.file))
    .map(group => groupJson(evaluator, group, type))
    .map(group => ({
      ...group,
      rules: group.rules.filter(rule => wanted('rule_name', rule.name)),
    }))
    .filter(group => group.rules.length > 0);
  respondData(response, { groups });
}

/** GET /api/v1/alerts */
export function listAlerts(
  evaluator: RuleEvaluator,
  response: ServerResponse,
): void {
  respondData(response, { alerts: evaluator.alerts().map(alertJson) });
}
