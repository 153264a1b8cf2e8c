import type { Version } from './version';

/** A query that must be refused, by both with the same status and error type. */
export interface RefusedCase {
  query: string;
  /** First release that accepts it. */
  until?: Version;
  /** The texts differ: in the pair of series named, or in how a bad duration is told. */
  otherText?: true;
}

const ALWAYS: readonly string[] = [
  '',
  'sum(',
  'temperature{',
  'temperature[5m',
  'foo bar',
  'unknown_function(temperature)',
  'rate(temperature)',
  'rate(temperature[5m], 1)',
  'rate()',
  'temperature[5m] + 1',
  'sum(temperature[5m])',
  'sum()',
  'topk(temperature)',
  'topk("a", temperature)',
  '1 > 2',
  '1 and 2',
  'temperature + bool 1',
  'temperature and on (room) group_left info',
  'temperature * on (room) group_left(room) info',
  'temperature offset 1m offset 2m',
  'temperature @ 5 @ 6',
  'sum(temperature) offset 5m',
  '(temperature + 1)[5m]',
  '1[5m:1m]',
  '{}',
  '{room=~".*"}',
  'temperature{room=~"("}',
  'temperature{__name__="other"}',
  'temperature * on (floor) info',
  'temperature * on () info',
  'temperature * on (floor) temperature',
  'temperature * on (floor) group_left() temperature',
  'label_replace(temperature, "room", "same", "room", ".*")',
  'label_replace(temperature, "a", "x", "room", "(")',
  'label_join(temperature, "room", "", "missing")',
  'abs({__name__=~"up|kube_pod_container_status_restarts"})',
  'temperature ==',
  'rate(temperature[0s])',
  '"unterminated',
];

export const REFUSED_QUERIES: readonly RefusedCase[] = [
  ...ALWAYS.map(query => ({ query })),
  { query: 'info * on () temperature', otherText: true },
  { query: 'rate(temperature[5x])', otherText: true },
  {
    query: 'label_replace(temperature, "1bad", "x", "room", ".*")',
    until: [3, 0],
  },
  { query: 'label_join(temperature, "1bad", ",", "room")', until: [3, 0] },
  { query: 'count_values("1bad", up)', until: [3, 0] },
  { query: 'holt_winters(temperature[2m], 2, 0.7)' },
];
