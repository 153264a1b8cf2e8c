import type { Clock } from '../../clock';
import type { Engine } from '../engine/engine';
import type { Labels, SampleSink } from '../storage';
import { RecordedSeries } from './recorded-series';
import {
  type ActiveAlert,
  type AlertingRule,
  type RecordingRule,
  type RuleGroup,
  type RuleHealth,
  isAlerting,
} from './rule-types';
import { expandTemplate } from './template';

interface Result {
  labels: Labels;
  value: number;
}

interface TrackedAlert extends ActiveAlert {
  lastResultMs: number;
}

const UNKNOWN: RuleHealth = {
  health: 'unknown',
  evaluatedAtMs: 0,
  evaluationSeconds: 0,
};

/** Evaluates alerting and recording rules, and remembers which alerts are active since when. */
export class RuleEvaluator {
  readonly #engine: Engine;
  readonly #clock: Clock;
  readonly #rules: () => readonly RuleGroup[];
  readonly #series: RecordedSeries;
  readonly #alerts = new Map<string, Map<string, TrackedAlert>>();
  readonly #health = new Map<string, RuleHealth>();

  constructor(
    engine: Engine,
    sink: SampleSink,
    clock: Clock,
    rules: () => readonly RuleGroup[],
  ) {
    this.#engine = engine;
    this.#clock = clock;
    this.#rules = rules;
    this.#series = new RecordedSeries(sink);
  }

  groups(): readonly RuleGroup[] {
    return this.#rules();
  }

  /** Active alerts of one rule, or of all. */
  alerts(group?: RuleGroup, index?: number): ActiveAlert[] {
    if (group && index !== undefined) {
      return [...(this.#alerts.get(ruleKey(group, index))?.values() ?? [])];
    }
    return [...this.#alerts.values()].flatMap(one => [...one.values()]);
  }

  health(group: RuleGroup, index: number): RuleHealth {
    return this.#health.get(ruleKey(group, index)) ?? UNKNOWN;
  }

  /** Evaluates every rule once, now. One that fails keeps its alerts and reports the error. */
  async evaluate(): Promise<void> {
    const known = new Set<string>();
    for (const group of this.#rules()) {
      for (const [index, rule] of group.rules.entries()) {
        const key = ruleKey(group, index);
        known.add(key);
        await this.#evaluateRule(key, rule);
      }
    }
    for (const key of this.#alerts.keys()) {
      if (!known.has(key)) this.#alerts.delete(key);
    }
    this.#series.finish();
  }

  async #evaluateRule(
    key: string,
    rule: AlertingRule | RecordingRule,
  ): Promise<void> {
    const evaluatedAtMs = this.#clock.now();
    const began = performance.now();
    let error: string | undefined;
    try {
      const results = await this.#query(rule.expr, evaluatedAtMs);
      if (isAlerting(rule)) this.#track(key, rule, results, evaluatedAtMs);
      else this.#record(rule, results);
    } catch (problem) {
      error = problem instanceof Error ? problem.message : String(problem);
    }
    this.#publish(key);
    this.#health.set(key, {
      health: error === undefined ? 'ok' : 'err',
      error,
      evaluatedAtMs,
      evaluationSeconds: (performance.now() - began) / 1000,
    });
  }

  async #query(expr: string, timeMs: number): Promise<Result[]> {
    const { value, labels } = await this.#engine.instant(expr, timeMs);
    if (value.type === 'scalar')
      return [{ labels: {}, value: value.values[0] }];
    if (value.type !== 'vector') {
      throw new Error('rule result is not a vector or scalar');
    }
    const { vector } = value;
    return vector.labels.map((set, row) => ({
      labels: labels.toRecord(set),
      value: vector.get(row, 0),
    }));
  }

  #record(rule: RecordingRule, results: readonly Result[]): void {
    for (const { labels, value } of results) {
      const { __name__: _, ...rest } = labels;
      const all = { ...rest, ...rule.labels };
      this.#series.set(rule.record, `Recorded from ${rule.expr}`, all, value);
    }
  }

  #track(
    key: string,
    rule: AlertingRule,
    results: readonly Result[],
    now: number,
  ): void {
    const before = this.#alerts.get(key) ?? new Map<string, TrackedAlert>();
    const after = new Map<string, TrackedAlert>();
    for (const { labels: found, value } of results) {
      const { __name__: _, ...rest } = found;
      const expand = (texts: Labels = {}) =>
        Object.fromEntries(
          Object.entries(texts).map(([name, text]) => [
            name,
            expandTemplate(text, rest, value),
          ]),
        );
      const labels = { ...rest, ...expand(rule.labels), alertname: rule.alert };
      const id = JSON.stringify(Object.entries(labels).sort());
      const activeAtMs = before.get(id)?.activeAtMs ?? now;
      after.set(id, {
        labels,
        annotations: expand(rule.annotations),
        state: now - activeAtMs >= (rule.forMs ?? 0) ? 'firing' : 'pending',
        activeAtMs,
        value,
        lastResultMs: now,
      });
    }
    for (const [id, alert] of before) {
      const kept = now - alert.lastResultMs < (rule.keepFiringForMs ?? 0);
      if (!after.has(id) && alert.state === 'firing' && kept) {
        after.set(id, alert);
      }
    }
    this.#alerts.set(key, after);
  }

  /** Writes ALERTS and ALERTS_FOR_STATE, as Prometheus does. */
  #publish(key: string): void {
    for (const alert of this.#alerts.get(key)?.values() ?? []) {
      const labels = { ...alert.labels, alertstate: alert.state };
      this.#series.set('ALERTS', 'Active alerts', labels, 1);
      this.#series.set(
        'ALERTS_FOR_STATE',
        'Unix time since which an alert is active',
        alert.labels,
        alert.activeAtMs / 1000,
      );
    }
  }
}

function ruleKey(group: RuleGroup, index: number): string {
  return JSON.stringify([group.file, group.name, index]);
}
