import type {
  CompletionContext,
  CompletionResult,
} from '@codemirror/autocomplete';
import {
  kqlContextAt,
  quoteKql,
  type LogField,
  type LogQueryLanguage,
} from '@orrery/backstage-plugin-logs-common';

const MOST = 100;

/** A value as a query has it: quoted where it is more than a word. */
function writeValue(value: string): string {
  return /^[\w.-]+$/.test(value) ? value : quoteKql(value);
}

/** What can be written at a place: fields, values that are stored, operators. */
export async function completeQuery(
  context: CompletionContext,
  known: {
    language: LogQueryLanguage;
    fields: readonly LogField[];
    valuesOf: (field: string) => Promise<readonly string[]>;
  },
): Promise<CompletionResult | null> {
  if (known.language !== 'kql') {
    return null;
  }
  const at = kqlContextAt(context.state.doc.toString(), context.pos);
  if (!context.explicit && at.kind === 'field' && at.prefix === '') {
    return null;
  }
  if (at.kind === 'operator') {
    return {
      from: at.from,
      options: ['and', 'or', 'and not'].map(label => ({
        label,
        apply: `${label} `,
        type: 'keyword',
      })),
    };
  }
  if (at.kind === 'value') {
    const values = await known.valuesOf(at.field ?? '').catch(() => []);
    return {
      from: at.from,
      options: values.map(value => ({
        label: writeValue(value),
        type: 'constant',
      })),
    };
  }
  const prefix = at.prefix.toLowerCase();
  return {
    from: at.from,
    options: known.fields
      .filter(
        ({ name, isSearchable }) =>
          isSearchable && name.toLowerCase().includes(prefix),
      )
      .slice(0, MOST)
      .map(({ name, types }) => ({
        label: name,
        detail: types.join(', '),
        apply: `${name}: `,
        type: 'property',
      })),
  };
}
