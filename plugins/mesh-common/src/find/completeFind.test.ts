import * as fc from 'fast-check';
import { SHOP } from './__testUtils__/graph';
import { completeFind } from './completeFind';
import { evaluateFind } from './evaluateFind';
import { FindError } from './FindError';
import { parseFind } from './parseFind';

/** What is offered at the bar in a text, as it would read when taken. */
function offered(marked: string): string[] {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  return completeFind(text, cursor, SHOP).map(
    suggestion =>
      text.slice(0, suggestion.from) +
      suggestion.text +
      text.slice(suggestion.to),
  );
}

/** Well-formed, but about nodes where edges are wanted or the other way round. */
const SENSELESS = ['mixedTargets', 'badFunctionTarget'];

function mistakeIn(text: string): FindError | undefined {
  try {
    parseFind(text);
    return undefined;
  } catch (error) {
    if (error instanceof FindError) {
      return error;
    }
    throw error;
  }
}

describe('completeFind', () => {
  it.each([
    ['na|', 'namespace '],
    ['|', 'upstream('],
    ['|', 'not '],
    ['namesp|', 'namespace '],
    ['%ht|', '%httperror '],
    ['ups|', 'upstream('],
    ['pay|', 'payment '],
    ['weal|', 'wealth '],
    ['lab|', 'label:'],
    ['label:reg|', 'label:region '],
    ['label:|', 'label:app.kubernetes.io/part-of '],
    ['ns |', 'ns = '],
    ['ns !|', 'ns != '],
    ['ns ^|', 'ns ^= '],
    ['rt |', 'rt > '],
    ['rt >|', 'rt >= '],
    ['ns = |', 'ns = wealth '],
    ['ns=|', 'ns=wealth '],
    ['ns = we|', 'ns = wealth '],
    ['ns = sh|op', 'ns = shop '],
    ['node = |', 'node = operation '],
    ['protocol = g|', 'protocol = grpc '],
    ['label:region = |', 'label:region = east '],
    ['config = |', 'config = "ServiceEntry shop/bank" '],
    ['httpout = |', 'httpout = NaN '],
    ['ns = shop |', 'ns = shop and '],
    ['payment |', 'payment or '],
    ['ns = shop a|', 'ns = shop and '],
    ['(ns = shop |', '(ns = shop and '],
    ['(vs |', '(vs or '],
    ['not |', 'not healthy '],
    ['!heal|', '!healthy '],
    ['vs and (hea|', 'vs and (healthy '],
    ['upstream(pay|', 'upstream(payment '],
    ['upstream(web, |', 'upstream(web, 2'],
    ['has(ver|', 'has(version '],
    ['na| and vs', 'namespace  and vs'],
  ])('%s offers %s', (marked, expected) => {
    expect(offered(marked)).toContain(expected);
  });

  it.each(['web order |', 'ns = "sho|', 'name ~= |', 'rt > |', 'vs = |'])(
    '%s offers nothing',
    marked => {
      expect(offered(marked)).toEqual([]);
    },
  );

  it.each([
    ['vs and |', 'responsetime ', 'namespace '],
    ['(rt > 5 and |', 'namespace ', 'protocol '],
    ['rt > 5 and not |', 'dead ', 'mtls '],
    ['rt > 5 and pa|', 'payment ', undefined],
    ['rt > 5 and |', 'ends(', 'from('],
    ['rt > 5 or |', undefined, 'namespace '],
    // What follows within the parentheses may still make sense of it.
    ['vs and (|', undefined, 'mtls '],
  ])('%s offers only what can be met', (marked, senseless, sensible) => {
    const texts = completeFind(
      marked.replace('|', ''),
      marked.length - 1,
      SHOP,
    ).map(({ text }) => text);
    expect(texts).not.toContain(senseless);
    expect([...texts, undefined]).toContain(sensible);
  });

  it('puts what begins as typed before what contains it', () => {
    const labels = completeFind('er', 2, SHOP).map(({ label }) => label);
    expect(labels.length).toBeGreaterThan(0);
    expect(completeFind('mt', 2, SHOP).map(({ label }) => label)).toEqual([
      'mtlsmode',
      'mtls',
      '%mtls',
    ]);
  });

  it('says how many have a value, those with most first', () => {
    const values = completeFind('ns = ', 5, SHOP);
    expect(values.map(({ label, detail }) => [label, detail])).toEqual([
      ['wealth', '4'],
      ['shop', '2'],
      ['edge', '1'],
    ]);
    expect(
      completeFind('protocol = ', 11, SHOP).map(({ label }) => label),
    ).toEqual(['grpc', 'http', 'tcp']);
  });

  it('finds something with every value that it offers', () => {
    for (const name of ['ns', 'app', 'config', 'host', 'operation', 'code']) {
      const text = `${name} = `;
      for (const suggestion of completeFind(text, text.length, SHOP)) {
        const found = evaluateFind(parseFind(text + suggestion.text), SHOP);
        expect(found.nodes.size + found.edges.size).toBeGreaterThan(0);
      }
    }
  });

  it('never throws, and replaces only what is there', () => {
    const pieces = fc.constantFrom(
      ...[
        'ns',
        ' ',
        '=',
        '!',
        '(',
        ')',
        ',',
        '"',
        'web',
        'and',
        'rt',
        '>',
        '5',
      ],
      ...['upstream(', 'label:', '~=', '/', '^', '%', 'has(', '\\', 'é'],
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 12 }).map(parts => parts.join('')),
        fc.nat({ max: 40 }),
        (text, at) => {
          const cursor = Math.min(at, text.length);
          for (const suggestion of completeFind(text, cursor, SHOP)) {
            expect(suggestion.from).toBeLessThanOrEqual(cursor);
            expect(suggestion.to).toBeGreaterThanOrEqual(cursor);
            expect(suggestion.to).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('leads, step by step, to expressions that are understood', () => {
    const start = fc.array(fc.nat({ max: 200 }), {
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(start, choices => {
        let text = '';
        for (const choice of choices) {
          const suggestions = completeFind(text, text.length, SHOP);
          if (suggestions.length === 0) {
            break;
          }
          const taken = suggestions[choice % suggestions.length];
          text = text.slice(0, taken.from) + taken.text;
        }
        const end = text.trimEnd().length;
        const mistake = mistakeIn(text) ?? { code: 'none', to: end };
        expect(SENSELESS.includes(mistake.code) || mistake.to >= end).toBe(
          true,
        );
      }),
    );
  });
});
