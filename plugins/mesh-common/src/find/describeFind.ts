import { OPERANDS, targetsOf } from './operands';
import type { FindUnit } from './quantities';
import { BOTH, FUNCTIONS, NODES } from './targets';

/** One operand or function, for help: all of it is the same in every language. @public */
export type FindHelpRow = {
  /** What it can find; `function` for functions, whatever they find. */
  group: 'node' | 'edge' | 'both' | 'function';
  /** The name and its abbreviations. */
  names: readonly string[];
  kind: 'text' | 'number' | 'flag' | 'function';
  unit?: FindUnit;
  choices?: readonly string[];
  example: string;
};

/** Every operand and function of the find language, in the order of the help. @public */
export function describeFindLanguage(): FindHelpRow[] {
  const operands = OPERANDS.map((operand): FindHelpRow => {
    const targets = targetsOf(operand);
    const one = targets === NODES ? 'node' : 'edge';
    return {
      group: targets === BOTH ? 'both' : one,
      names: [operand.name, ...operand.aliases],
      kind: operand.kind,
      example: operand.example,
      ...(operand.kind === 'number' && { unit: operand.unit }),
      ...(operand.kind === 'text' &&
        operand.choices && { choices: Object.keys(operand.choices) }),
    };
  });
  return [
    ...operands,
    {
      group: 'node',
      names: ['label:…'],
      kind: 'text',
      example: 'label:region = east',
    },
    ...Object.entries(FUNCTIONS).map(
      ([name, { example }]): FindHelpRow => ({
        group: 'function',
        names: [name],
        kind: 'function',
        example,
      }),
    ),
    { group: 'function', names: ['has'], kind: 'function', example: 'has(rt)' },
  ];
}
