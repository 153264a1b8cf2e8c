import { asObject, asObjects, asTexts } from '../values';

/** Values with commas between them, or a word for none. */
export function joined(values: unknown[], none = '<none>'): string {
  return values.length > 0 ? values.join(',') : none;
}

/** A label selector as text. */
export function selectorText(value: unknown): string {
  const selector = asObject(value);
  const labels = asTexts(selector.matchLabels);
  const expressions = asObjects(selector.matchExpressions).map(entry => {
    const values = Array.isArray(entry.values)
      ? ` (${entry.values.join(',')})`
      : '';
    return `${entry.key} ${String(entry.operator).toLowerCase()}${values}`;
  });
  return joined([
    ...Object.entries(labels).map(([key, label]) => `${key}=${label}`),
    ...expressions,
  ]);
}
