import { isLabelName } from '../promql/dialect';
import { ExecutionError } from '../promql/errors';
import { anchoredExpression } from '../promql/regex';
import type { EvaluationContext } from './context';
import { requireDistinct } from './map-vector';
import type { LabelSet } from './query-labels';
import { StepVector } from './vector';

/** The arguments of label_replace after the vector. */
export interface LabelReplacement {
  target: string;
  replacement: string;
  source: string;
  pattern: string;
}

/** Puts groups into a template as Go's Regexp.Expand does: `$1`, `$name`, `${name}`, `$$`. */
function expand(template: string, match: RegExpExecArray): string {
  return template.replace(
    /\$(?:(\$)|(\w+)|\{(\w+)\})/g,
    (_, dollar?: string, plain?: string, braced?: string) => {
      if (dollar) return '$';
      const name = plain ?? braced ?? '';
      if (/^\d+$/.test(name)) return match[Number(name)] ?? '';
      return match.groups?.[name] ?? '';
    },
  );
}

async function relabel(
  context: EvaluationContext,
  source: StepVector,
  change: (labels: LabelSet) => LabelSet,
): Promise<StepVector> {
  const result = new StepVector(source.steps, source.rows);
  for (let row = 0; row < source.rows; row++) {
    const target = result.addRow(change(source.labels[row]));
    for (let step = 0; step < source.steps; step++) {
      if (source.has(row, step)) {
        result.set(target, step, source.get(row, step));
      }
    }
    if (context.pacer.spend(16 + source.steps)) await context.pacer.pause();
  }
  return requireDistinct(context, result);
}

/** label_replace(): sets a label from the groups of an expression over another. */
export function labelReplace(
  context: EvaluationContext,
  source: StepVector,
  options: LabelReplacement,
): Promise<StepVector> {
  let expression: RegExp;
  try {
    expression = anchoredExpression(options.pattern);
  } catch {
    throw new ExecutionError(
      `invalid regular expression in label_replace(): ${options.pattern}`,
    );
  }
  if (!isLabelName(options.target, context.dialect)) {
    throw new ExecutionError(
      `invalid destination label name in label_replace(): ${options.target}`,
    );
  }
  const { labels } = context;
  return relabel(context, source, current => {
    const match = expression.exec(labels.get(current, options.source));
    if (!match) return current;
    return labels.with(
      current,
      options.target,
      expand(options.replacement, match),
    );
  });
}

/** label_join(): sets a label to the values of others, joined. */
export function labelJoin(
  context: EvaluationContext,
  source: StepVector,
  target: string,
  separator: string,
  sources: readonly string[],
): Promise<StepVector> {
  const { labels } = context;
  const wrong = sources.find(name => !isLabelName(name, context.dialect));
  if (wrong !== undefined) {
    throw new ExecutionError(
      `invalid source label name in label_join(): ${wrong}`,
    );
  }
  if (!isLabelName(target, context.dialect)) {
    throw new ExecutionError(
      `invalid destination label name in label_join(): ${target}`,
    );
  }
  return relabel(context, source, current =>
    labels.with(
      current,
      target,
      sources.map(name => labels.get(current, name)).join(separator),
    ),
  );
}
