import type { FindOperandName } from '../ast';
import { BOTH, EDGES, NODES, type Targets } from '../targets';
import { FLAG_OPERANDS } from './flags';
import { NUMBER_OPERANDS } from './numbers';
import { TEXT_OPERANDS } from './texts';
import type { FlagOperand, Operand, TextOperand } from './types';

export type { FlagOperand, NumberOperand, Operand, TextOperand } from './types';

/** Every operand but labels, whose names are the cluster's own. */
export const OPERANDS: readonly Operand[] = [
  ...TEXT_OPERANDS,
  ...NUMBER_OPERANDS,
  ...FLAG_OPERANDS,
];

const BY_NAME = new Map(
  OPERANDS.flatMap(operand =>
    [operand.name, ...operand.aliases].map(name => [name, operand] as const),
  ),
);

/** The operand of a name or of one of its abbreviations, in any case. */
export function operandOf(word: string): Operand | undefined {
  return BY_NAME.get(word.toLowerCase());
}

export const LABEL_PREFIX = 'label:';

/** The key that `label:key` names; its case matters. */
export function labelKeyOf(word: string): string | undefined {
  return word.toLowerCase().startsWith(LABEL_PREFIX)
    ? word.slice(LABEL_PREFIX.length)
    : undefined;
}

/** A label of a node's pods, compared as text. */
export function labelText(key: string): TextOperand {
  return {
    kind: 'text',
    name: 'label',
    aliases: [],
    example: 'label:region = east',
    read: {
      node: ({ labels }) =>
        labels && Object.hasOwn(labels, key) ? [labels[key]] : [],
    },
  };
}

/** Whether a node's pods have a label; unknown where their labels are. */
export function labelFlag(key: string): FlagOperand {
  return {
    kind: 'flag',
    name: 'label',
    aliases: [],
    example: 'label:region',
    read: { node: ({ labels }) => labels && Object.hasOwn(labels, key) },
  };
}

/** The operand that an expression names, as it is compared. */
export function comparedOperand(ref: FindOperandName): Operand | undefined {
  return ref.key === undefined ? operandOf(ref.name) : labelText(ref.key);
}

/** The operand that an expression names, as it stands alone. */
export function standingOperand(ref: FindOperandName): Operand | undefined {
  return ref.key === undefined ? operandOf(ref.name) : labelFlag(ref.key);
}

/** What an operand can be read of. */
export function targetsOf(operand: Operand): Targets {
  if (operand.read.node && operand.read.edge) {
    return BOTH;
  }
  return operand.read.node ? NODES : EDGES;
}
