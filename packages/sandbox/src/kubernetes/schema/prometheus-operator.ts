import { topLevel } from './meta';
import {
  anything,
  integer,
  integerOrText,
  listOf,
  object,
  open,
  text,
} from './schema';

const duration = {
  type: 'string',
  pattern:
    '^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$',
} as const;

const rule = object(
  {
    alert: text,
    record: text,
    expr: integerOrText,
    for: duration,
    keep_firing_for: duration,
    labels: open,
    annotations: open,
  },
  ['expr'],
);

const group = object(
  {
    name: text,
    interval: duration,
    labels: open,
    limit: integer,
    partial_response_strategy: text,
    query_offset: duration,
    rules: listOf(rule),
  },
  ['name'],
);

/** `monitoring.coreos.com/v1` PrometheusRule, as the operator's definition has it. */
export const prometheusRule = topLevel({
  spec: object({ groups: listOf(group) }),
  status: anything,
});
