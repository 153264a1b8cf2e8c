import type { FindFunction } from './ast';

/** Nodes, edges or both, as bits: what an expression can find. */
export type Targets = 1 | 2 | 3;

export const NODES = 1;
export const EDGES = 2;
export const BOTH = 3;

/** Narrows a number of bits; undefined when nothing is left. */
export function targetsFrom(bits: number): Targets | undefined {
  return bits === NODES || bits === EDGES || bits === BOTH ? bits : undefined;
}

/** What a function takes and gives. */
export type FunctionShape = {
  /** What its arguments must be able to find. */
  takes: typeof NODES | typeof EDGES;
  gives: Targets;
  arguments: 1 | 2;
  hasHops: boolean;
  example: string;
};

/** The functions of the language. */
export const FUNCTIONS: Readonly<Record<FindFunction, FunctionShape>> = {
  upstream: {
    takes: NODES,
    gives: BOTH,
    arguments: 1,
    hasHops: true,
    example: 'upstream(payment)',
  },
  downstream: {
    takes: NODES,
    gives: BOTH,
    arguments: 1,
    hasHops: true,
    example: 'downstream(app = web, 2)',
  },
  neighbours: {
    takes: NODES,
    gives: BOTH,
    arguments: 1,
    hasHops: true,
    example: 'neighbours(failing)',
  },
  path: {
    takes: NODES,
    gives: BOTH,
    arguments: 2,
    hasHops: true,
    example: 'path(gateway, payment)',
  },
  shortest: {
    takes: NODES,
    gives: BOTH,
    arguments: 2,
    hasHops: false,
    example: 'shortest(gateway, payment)',
  },
  from: {
    takes: NODES,
    gives: EDGES,
    arguments: 1,
    hasHops: false,
    example: 'from(ns = wealth) and rt > 200ms',
  },
  to: {
    takes: NODES,
    gives: EDGES,
    arguments: 1,
    hasHops: false,
    example: 'to(payment) and %error > 5',
  },
  touching: {
    takes: NODES,
    gives: EDGES,
    arguments: 1,
    hasHops: false,
    example: 'touching(!sidecar)',
  },
  between: {
    takes: NODES,
    gives: EDGES,
    arguments: 2,
    hasHops: false,
    example: 'between(ns = loan, ns = wealth)',
  },
  ends: {
    takes: EDGES,
    gives: NODES,
    arguments: 1,
    hasHops: false,
    example: 'ends(mtls)',
  },
};

const SPELLINGS: ReadonlyMap<string, FindFunction> = new Map<
  string,
  FindFunction
>([
  ['upstream', 'upstream'],
  ['downstream', 'downstream'],
  ['neighbours', 'neighbours'],
  ['neighbors', 'neighbours'],
  ['path', 'path'],
  ['shortest', 'shortest'],
  ['from', 'from'],
  ['to', 'to'],
  ['touching', 'touching'],
  ['between', 'between'],
  ['ends', 'ends'],
]);

/** The function of a name, in any case. */
export function functionOf(name: string): FindFunction | undefined {
  return SPELLINGS.get(name.toLowerCase());
}
