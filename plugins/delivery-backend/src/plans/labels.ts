import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';

export type Labels = Record<string, string>;

/** Whether a Service with this selector sends requests to pods with these labels. */
export function selects(selector: Labels, labels: Labels): boolean {
  return (
    Object.keys(selector).length > 0 &&
    Object.entries(selector).every(([name, value]) => labels[name] === value)
  );
}

/** What a Service selects; nothing where it has no selector. */
export function selectorOf({ spec }: KubernetesObject): Labels {
  const selector: unknown = Reflect.get(Object(spec), 'selector');
  return typeof selector === 'object' && selector !== null
    ? (selector as Labels)
    : {};
}
