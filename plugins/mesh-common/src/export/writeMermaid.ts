import {
  healthStateSchema,
  type HealthState,
} from '@orrery/backstage-plugin-orrery-common';
import type { Diagram, DiagramShape } from './diagram';
import { mermaidText, oneLine } from './mermaidText';

/**
 * What Mermaid draws unless it is configured to draw more.
 *
 * @see https://mermaid.js.org/config/schema-docs/config.html (`maxEdges`, `maxTextSize`)
 * @public
 */
export const MERMAID_LIMITS = { edges: 500, characters: 50_000 } as const;

const BRACKETS: Record<DiagramShape, readonly [string, string]> = {
  workload: ['([', '])'],
  app: ['[', ']'],
  service: ['[/', '\\]'],
  gateway: ['{{', '}}'],
  store: ['[(', ')]'],
  external: ['>', ']'],
  group: ['[[', ']]'],
};

/** Said by a sign too, so that nothing depends on colours. */
const SIGNS: Record<HealthState, string> = {
  failing: '✕',
  degraded: '!',
  unknown: '?',
  healthy: '',
  idle: '',
};

/** Readable on light and on dark ground; a line of its own for each. */
const STYLES: Record<HealthState, string> = {
  failing: 'fill:#fde7e7,stroke:#b3261e,stroke-width:3px,color:#5f1412',
  degraded: 'fill:#fff1d6,stroke:#9a6200,stroke-width:2px,color:#4d3100',
  unknown: 'fill:#eeeeee,stroke:#6b6b6b,stroke-dasharray:4 3,color:#333333',
  healthy: 'fill:#ffffff,stroke:#3c7a4b,color:#1f1f1f',
  idle: 'fill:#ffffff,stroke:#8a8a8a,stroke-dasharray:2 3,color:#444444',
};

/** What is inside which group; `undefined` holds what is in none. */
function membersOf<T>(
  items: readonly T[],
  groupOf: (item: T) => string | undefined,
): Map<string | undefined, T[]> {
  const members = new Map<string | undefined, T[]>();
  for (const item of items) {
    const group = groupOf(item);
    members.set(group, [...(members.get(group) ?? []), item]);
  }
  return members;
}

/**
 * A diagram as Mermaid text (`flowchart LR`). Names are labels only: the ids
 * of the text are numbers, so that no name can mean anything.
 *
 * @public
 */
export function writeMermaid(diagram: Diagram): string {
  const groupIds = new Map<string, string>();
  for (const [index, { id }] of diagram.groups.entries()) {
    groupIds.set(id, `g${index}`);
  }
  const nodeIds = new Map<string, string>();
  for (const [index, { id }] of diagram.nodes.entries()) {
    nodeIds.set(id, `n${index}`);
  }
  const known = (id: string | undefined) =>
    id !== undefined && groupIds.has(id) ? id : undefined;
  const groups = membersOf(diagram.groups, ({ parent }) => known(parent));
  const nodes = membersOf(diagram.nodes, ({ group }) => known(group));

  function* content(
    group: string | undefined,
    indent: string,
  ): Generator<string> {
    for (const { id, label } of groups.get(group) ?? []) {
      yield `${indent}subgraph ${groupIds.get(id)}["${mermaidText(label)}"]`;
      yield* content(id, `${indent}  `);
      yield `${indent}end`;
    }
    for (const { id, label, shape, health } of nodes.get(group) ?? []) {
      const [open, close] = BRACKETS[shape];
      const text = mermaidText(`${SIGNS[health]} ${label}`.trim());
      yield `${indent}${nodeIds.get(id)}${open}"${text}"${close}:::${health}`;
    }
  }

  function* links(): Generator<string> {
    for (const { source, target, label, health, isTcp } of diagram.edges) {
      const from = nodeIds.get(source);
      const to = nodeIds.get(target);
      if (from !== undefined && to !== undefined) {
        const text = mermaidText(`${SIGNS[health]} ${label}`.trim());
        const arrow = isTcp ? '-.->' : '-->';
        yield `  ${from} ${arrow}${text ? `|"${text}"|` : ''} ${to}`;
      }
    }
  }

  return [
    '---',
    `title: ${JSON.stringify(oneLine(diagram.title))}`,
    '---',
    'flowchart LR',
    `  accTitle: ${mermaidText(diagram.title)}`,
    `  accDescr: ${mermaidText(diagram.description)}`,
    ...content(undefined, '  '),
    ...links(),
    ...healthStateSchema.options.map(
      state => `  classDef ${state} ${STYLES[state]}`,
    ),
    '',
  ].join('\n');
}

/** Whether Mermaid draws a text as it is usually configured. @public */
export function isWithinMermaidLimits(
  diagram: Pick<Diagram, 'edges'>,
  text: string,
): boolean {
  return (
    diagram.edges.length <= MERMAID_LIMITS.edges &&
    text.length <= MERMAID_LIMITS.characters
  );
}
