import { isObject } from '../values';

/** A step of a JSON path: a field, an index, every element, or a filter. */
type Step =
  | { kind: 'field'; name: string }
  | { kind: 'index'; index: number }
  | { kind: 'every' }
  | { kind: 'filter'; field: string; value: string };

/** Stands for an escaped dot while the path is taken apart. */
const keptDot = '\uE000';

const pattern =
  /\.([^.[\]]+?)(?=\.|\[|$)|\[(\d+)\]|\[(\*)\]|\['([^']+)'\]|\[\?\(@\.([\w-]+)\s*==\s*["']([^"']*)["']\)\]/g;

function parseSteps(path: string): Step[] {
  const steps: Step[] = [];
  // A backslash keeps a dot inside a field's name.
  const guarded = path.split('\\.').join(keptDot);
  for (const match of guarded.matchAll(pattern)) {
    const [, field, index, star, quoted, key, value] = match;
    if (index !== undefined) {
      steps.push({ kind: 'index', index: Number(index) });
    } else if (star !== undefined) {
      steps.push({ kind: 'every' });
    } else if (key !== undefined) {
      steps.push({ kind: 'filter', field: key, value });
    } else {
      const name = (field ?? quoted).split(keptDot).join('.');
      steps.push({ kind: 'field', name });
    }
  }
  return steps;
}

function follow(values: unknown[], step: Step): unknown[] {
  return values.flatMap(value => {
    switch (step.kind) {
      case 'field':
        return isObject(value) && value[step.name] !== undefined
          ? [value[step.name]]
          : [];
      case 'index':
        return Array.isArray(value) && value[step.index] !== undefined
          ? [value[step.index]]
          : [];
      case 'filter':
        return Array.isArray(value)
          ? value.filter(
              entry =>
                isObject(entry) && String(entry[step.field]) === step.value,
            )
          : [];
      default:
        if (Array.isArray(value)) {
          return value;
        }
        return isObject(value) ? Object.values(value) : [];
    }
  });
}

/** What a printer column's JSON path finds; the steps it knows are those that CRDs use. */
export function evaluateJsonPath(value: unknown, path: string): unknown[] {
  return parseSteps(path).reduce(follow, [value]);
}
