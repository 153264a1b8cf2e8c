import type { GraphEdge, GraphNode } from '../../schema/graph';
import type { GraphIndex } from '../graphIndex';
import type { FindUnit } from '../quantities';

/** Reads a value of a node or of an edge; `place` is its place in the index. */
export type Read<T, Value> = (
  item: T,
  place: number,
  index: GraphIndex,
) => Value;

/** How to read a value of nodes, of edges or of both. */
export type Readers<Value> = {
  node?: Read<GraphNode, Value>;
  edge?: Read<GraphEdge, Value>;
};

/** What all operands have. */
type Named = {
  /** Canonical, in lower case. */
  name: string;
  aliases: readonly string[];
  /** How it is used, in an expression that parses. */
  example: string;
};

/** Compared as text; several values are all of them, none is unknown. */
export type TextOperand = Named & {
  kind: 'text';
  read: Readers<readonly string[]>;
  /** All the values that there are, by the spellings that stand for each. */
  choices?: Readonly<Record<string, readonly string[]>>;
};

/** Compared as a number; undefined is unknown. */
export type NumberOperand = Named & {
  kind: 'number';
  unit: FindUnit;
  read: Readers<number | undefined>;
};

/** True, false or, undefined, unknown. */
export type FlagOperand = Named & {
  kind: 'flag';
  read: Readers<boolean | undefined>;
};

export type Operand = TextOperand | NumberOperand | FlagOperand;

/** A value that may not be there, as a list. */
export function listOf(value: string | undefined): string[] {
  return value === undefined ? [] : [value];
}
