import { flattenFields } from '@orrery/backstage-plugin-logs-common';

/** A line as the store keeps it. */
export type StoredLine = { id: string; source: object };

/** One clause of a query. */
export type Clause = Record<string, never> | { [kind: string]: unknown };

type Bool = {
  filter?: Clause[];
  should?: Clause[];
  must_not?: Clause[];
};

function entry(body: unknown): [string, unknown] {
  return Object.entries(body as Record<string, unknown>)[0];
}

/** Whether a line is what a query asks for; what is not known matches. */
export function matches(clause: Clause | undefined, line: StoredLine): boolean {
  if (!clause) {
    return true;
  }
  const fields = flattenFields(line.source);
  const [kind, body] = entry(clause);
  const values = (name: string) => [fields[name] ?? []].flat();
  switch (kind) {
    case 'bool': {
      const { filter = [], should = [], must_not: not = [] } = body as Bool;
      return (
        filter.every(child => matches(child, line)) &&
        (should.length === 0 || should.some(child => matches(child, line))) &&
        !not.some(child => matches(child, line))
      );
    }
    case 'term': {
      const [name, told] = entry(body);
      const { value } = told as { value: unknown };
      return values(name).includes(String(value));
    }
    case 'terms': {
      const [name, list] = entry(body);
      return (list as string[]).some(value => values(name).includes(value));
    }
    case 'ids':
      return (body as { values: string[] }).values.includes(line.id);
    case 'range': {
      const [name, bounds] = entry(body);
      const { gte, lte } = bounds as { gte?: string; lte?: string };
      const [value = ''] = values(name);
      const at = Date.parse(value);
      return (
        (gte === undefined || at >= Date.parse(gte)) &&
        (lte === undefined || at <= Date.parse(lte))
      );
    }
    case 'multi_match': {
      const { query } = body as { query: string };
      return query
        .toLowerCase()
        .split(/\s+/)
        .every(word =>
          values('message').join(' ').toLowerCase().includes(word),
        );
    }
    case 'exists':
      return values((body as { field: string }).field).length > 0;
    default:
      return true;
  }
}
