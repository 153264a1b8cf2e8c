import * as fc from 'fast-check';
import type { Diagram } from './diagram';
import { mermaidText, oneLine } from './mermaidText';
import { readMermaid } from './__testUtils__/readMermaid';
import {
  isWithinMermaidLimits,
  MERMAID_LIMITS,
  writeMermaid,
} from './writeMermaid';

function diagramWith(names: string[]): Diagram {
  return {
    title: 'Mesh',
    description: 'All there is',
    groups: [{ id: 'space', label: names[0] ?? 'space' }],
    nodes: names.map((label, index) => ({
      id: `${index} ${label}`,
      label,
      group: index % 2 === 0 ? 'space' : undefined,
      shape: 'workload',
      health: 'healthy',
    })),
    edges: names.map((label, index) => ({
      source: `${index} ${label}`,
      target: `0 ${names[0]}`,
      label,
      health: 'healthy',
      isTcp: index % 2 === 1,
    })),
  };
}

const WICKED = [
  '<script>alert(1)</script>',
  '"]; click n0 "javascript:alert(1)"',
  "it's `code` and **bold**",
  'end',
  'subgraph',
  'a\nend\nclick n0 call x()',
  '%%{init: {"securityLevel": "loose"}}%%',
  'style:x#35;',
  'classDef a fill:#f00;',
  '&lt;b&gt; #quot; #35;',
  'ﬂ°°60¶ß und Straße',
  '\u202egnirts\u202c and \u2066isolated\u2069',
  '支付服务 🚀 👩‍💻',
  '- item',
  '1. item',
  '{{[(|)]}} \\ / --> ==> :::failing',
  '\ud800 half a character',
  '',
  'x'.repeat(500),
  '🚀'.repeat(500),
];

describe('Mermaid', () => {
  it.each(WICKED)('shows %j as a label and as nothing else', name => {
    const read = readMermaid(writeMermaid(diagramWith([name, 'payment'])));
    expect(read.nodes.map(({ label }) => label)).toEqual([
      oneLine(name),
      'payment',
    ]);
    expect(read.groups.map(({ label }) => label)).toEqual([oneLine(name)]);
    expect(read.edges.map(({ label }) => label)).toEqual([
      oneLine(name),
      'payment',
    ]);
  });

  it('keeps names apart whatever they are', () => {
    const anyName = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ maxLength: 30 }),
      fc.constantFrom(...WICKED),
    );
    fc.assert(
      fc.property(fc.array(anyName, { minLength: 1, maxLength: 8 }), names => {
        // Spaces at the ends are no part of a label.
        const trimmed = names.map(name => name.trim());
        const read = readMermaid(writeMermaid(diagramWith(trimmed)));
        // What is in a group stands there, so they come in another order.
        const labels = new Map(read.nodes.map(({ id, label }) => [id, label]));
        expect(labels).toEqual(
          new Map(trimmed.map((name, index) => [`n${index}`, oneLine(name)])),
        );
        expect(read.edges).toHaveLength(names.length);
        expect(read.groups).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves no control in a line, and cuts between characters', () => {
    expect(oneLine('a\r\n\u202eb\0')).toBe('a\ufffd\ufffd\ufffdb\ufffd');
    const cut = oneLine('🚀'.repeat(500));
    expect([...cut]).toHaveLength(120);
    expect(cut.endsWith('🚀…')).toBe(true);
  });

  it('writes what needs no care as it is', () => {
    expect(mermaidText('order-v2.wealth/支付_1, 12')).toBe(
      'order-v2.wealth/支付_1, 12',
    );
    expect(mermaidText('"<&>')).toBe('#34;#60;#38;#62;');
  });

  it('says health by a sign and a class, TCP by dots, and nests groups', () => {
    const read = readMermaid(
      writeMermaid({
        title: 'Mesh of "kepler"',
        description: 'x',
        groups: [
          { id: 'c', label: 'kepler' },
          { id: 'c/w', label: 'wealth', parent: 'c' },
          { id: 'lost', label: 'lost', parent: 'nowhere' },
        ],
        nodes: [
          {
            id: 'a',
            label: 'payment v2',
            group: 'c/w',
            shape: 'app',
            health: 'failing',
          },
          {
            id: 'b',
            label: 'mysql',
            group: 'gone',
            shape: 'store',
            health: 'unknown',
          },
        ],
        edges: [
          {
            source: 'a',
            target: 'b',
            label: '',
            health: 'healthy',
            isTcp: true,
          },
          {
            source: 'a',
            target: 'a',
            label: '21 %',
            health: 'failing',
            isTcp: false,
          },
          {
            source: 'a',
            target: 'hidden',
            label: '',
            health: 'idle',
            isTcp: false,
          },
        ],
      }),
    );
    expect(read).toEqual({
      title: 'Mesh of "kepler"',
      groups: [
        { id: 'g0', label: 'kepler', parent: undefined },
        { id: 'g1', label: 'wealth', parent: 'g0' },
        { id: 'g2', label: 'lost', parent: undefined },
      ],
      nodes: [
        { id: 'n0', label: '✕ payment v2', group: 'g1', health: 'failing' },
        { id: 'n1', label: '? mysql', group: undefined, health: 'unknown' },
      ],
      edges: [
        { source: 'n0', target: 'n1', label: '', isDotted: true },
        { source: 'n0', target: 'n0', label: '✕ 21 %', isDotted: false },
      ],
      classes: ['failing', 'degraded', 'unknown', 'healthy', 'idle'],
    });
  });

  it('knows how much Mermaid draws', () => {
    const { edges, characters } = MERMAID_LIMITS;
    const some = diagramWith(Array(edges).fill('a'));
    expect(isWithinMermaidLimits(some, 'x'.repeat(characters))).toBe(true);
    expect(isWithinMermaidLimits(some, 'x'.repeat(characters + 1))).toBe(false);
    expect(
      isWithinMermaidLimits(diagramWith(Array(edges + 1).fill('a')), ''),
    ).toBe(false);
  });
});
