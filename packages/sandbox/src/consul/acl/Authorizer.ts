import type { Access, Rule } from './parseRules';

const STRENGTH: Readonly<Record<Access, number>> = {
  read: 1,
  list: 2,
  write: 3,
  deny: 4,
};
const GRANTS: Readonly<Record<Access, number>> = {
  deny: 0,
  read: 1,
  list: 2,
  write: 3,
};

/** Of several policies' rules of one name, deny counts most and then the widest. */
function stronger(one: Access | undefined, other: Access): Access {
  return one !== undefined && STRENGTH[one] > STRENGTH[other] ? one : other;
}

/** What one token may do. */
export class Authorizer {
  readonly #exact = new Map<string, Access>();
  readonly #prefixes = new Map<string, Map<string, Access>>();

  constructor(
    rules: readonly Rule[],
    /** May do everything. */
    private readonly isManagement = false,
  ) {
    for (const { kind, name, access } of rules) {
      if (kind.endsWith('_prefix')) {
        const base = kind.slice(0, -'_prefix'.length);
        const known = this.#prefixes.get(base) ?? new Map<string, Access>();
        known.set(name, stronger(known.get(name), access));
        this.#prefixes.set(base, known);
      } else {
        const id = `${kind} ${name}`;
        this.#exact.set(id, stronger(this.#exact.get(id), access));
      }
    }
  }

  /** Whether the rule that fits best (exact, else the longest prefix) allows it; nothing is allowed without one. */
  may(access: 'read' | 'list' | 'write', kind: string, name: string): boolean {
    if (this.isManagement) return true;
    const exact = this.#exact.get(`${kind} ${name}`);
    const found = exact ?? this.#longest(kind, name);
    return found !== undefined && GRANTS[found] >= GRANTS[access];
  }

  /** Whether all that could lie below a prefix may be written. */
  mayWriteTree(prefix: string): boolean {
    if (this.isManagement) return true;
    const inside = [
      ...(this.#prefixes.get('key') ?? []),
      ...[...this.#exact].flatMap(([id, access]): [string, Access][] =>
        id.startsWith('key ') ? [[id.slice('key '.length), access]] : [],
      ),
    ].filter(([name]) => name.startsWith(prefix));
    return (
      this.#longest('key', prefix) === 'write' &&
      inside.every(([, access]) => access === 'write')
    );
  }

  #longest(kind: string, name: string): Access | undefined {
    let best: [string, Access] | undefined;
    for (const [prefix, access] of this.#prefixes.get(kind) ?? []) {
      if (
        name.startsWith(prefix) &&
        (best === undefined || prefix.length > best[0].length)
      ) {
        best = [prefix, access];
      }
    }
    return best?.[1];
  }
}
