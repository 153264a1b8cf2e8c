import type { Clock } from '../../clock';
import type { Engine } from '../engine/engine';
import type { MemoryStorage } from '../memory/memory-storage';
import type { RuleEvaluator } from '../rules/rule-evaluator';
import type { Labels } from '../storage';
import type { TargetInfo } from './target-routes';

/** What the HTTP API stands on. */
export interface FacadeParts {
  clock: Clock;
  storage: MemoryStorage;
  engine: Engine;
  rules: RuleEvaluator;
  targets: () => readonly TargetInfo[];
  externalLabels: Labels;
  /** When this server was created, milliseconds. */
  startMs: number;
}
