import type { Labels } from '../storage';

/** A rule that raises alerts while its expression has results. */
export interface AlertingRule {
  alert: string;
  expr: string;
  /** How long the expression must have results before the alert fires; default 0. */
  forMs?: number;
  /** How long it goes on firing after the last result; default 0. */
  keepFiringForMs?: number;
  labels?: Labels;
  annotations?: Labels;
}

/** A rule that writes the results of its expression as a new metric. */
export interface RecordingRule {
  record: string;
  expr: string;
  labels?: Labels;
}

/** Rules evaluated together, in order. */
export interface RuleGroup {
  name: string;
  /** File the group is said to come from. */
  file: string;
  intervalMs: number;
  rules: readonly (AlertingRule | RecordingRule)[];
}

/** One alert that is pending or firing. */
export interface ActiveAlert {
  labels: Labels;
  annotations: Labels;
  state: 'pending' | 'firing';
  /** When the expression first had this result, milliseconds. */
  activeAtMs: number;
  value: number;
}

/** How the last evaluation of a rule went. */
export interface RuleHealth {
  health: 'unknown' | 'ok' | 'err';
  error?: string;
  evaluatedAtMs: number;
  evaluationSeconds: number;
}

export function isAlerting(
  rule: AlertingRule | RecordingRule,
): rule is AlertingRule {
  return 'alert' in rule;
}
