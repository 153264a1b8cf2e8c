/** A flowchart as it was read. */
export type ReadFlowchart = {
  title: string;
  groups: { id: string; label: string; parent?: string }[];
  nodes: { id: string; label: string; group?: string; health: string }[];
  edges: { source: string; target: string; label: string; isDotted: boolean }[];
  classes: string[];
};

/**
 * What Mermaid does with a text before it reads it: a `;` behind something
 * that looks like a style is dropped, and entity codes are set aside. Written
 * from its observed behaviour, so that labels are held against it.
 */
function setEntitiesAside(text: string): string {
  return text
    .replace(/style.*:\S*#.*;/g, found => found.slice(0, -1))
    .replace(/classDef.*:\S*#.*;/g, found => found.slice(0, -1))
    .replace(/#(\w+);/g, (_, code) =>
      /^\d+$/.test(code) ? `ﬂ°°${code}¶ß` : `ﬂ°${code}¶ß`,
    );
}

/** A label as it is shown: what looks like HTML would be HTML. */
function labelOf(text: string): string {
  const html = text
    .replace(/ﬂ°°/g, '&#')
    .replace(/ﬂ°/g, '&')
    .replace(/¶ß/g, ';');
  if (/[<>"`{}[\]()|\\%*:]/.test(html)) {
    throw new Error(`a label with markup: ${html}`);
  }
  return html.replace(/&#(\d+);|&(\w+);/g, (_, code, name) => {
    if (name !== undefined) {
      throw new Error(`an entity that nobody wrote: ${name}`);
    }
    return String.fromCodePoint(Number(code));
  });
}

const QUOTED = '"([^"\\n]*)"';
const SUBGRAPH = new RegExp(`^subgraph (g\\d+)\\[${QUOTED}\\]$`);
const NODE = new RegExp(
  `^(n\\d+)(?:\\(\\[${QUOTED}\\]\\)|\\[\\(${QUOTED}\\)\\]|\\[\\[${QUOTED}\\]\\]|\\[/${QUOTED}\\\\\\]|\\{\\{${QUOTED}\\}\\}|\\[${QUOTED}\\]|>${QUOTED}\\]):::(\\w+)$`,
);
const EDGE = new RegExp(`^(n\\d+) (-->|-\\.->)(?:\\|${QUOTED}\\|)? (n\\d+)$`);
const CLASS = /^classDef (\w+) [a-z-]+:[^;]+$/;

/**
 * Reads the part of Mermaid's flowcharts that is written here, and refuses
 * everything else.
 *
 * @throws Error naming the line that is none of it
 */
export function readMermaid(text: string): ReadFlowchart {
  const matter = /^---\ntitle: (".*")\n---\n/.exec(text);
  if (!matter) {
    throw new Error('no front matter');
  }
  const read: ReadFlowchart = {
    title: JSON.parse(matter[1]),
    groups: [],
    nodes: [],
    edges: [],
    classes: [],
  };
  const [first, ...lines] = setEntitiesAside(text.slice(matter[0].length))
    .trimEnd()
    .split('\n');
  if (first !== 'flowchart LR') {
    throw new Error(`not a flowchart: ${first}`);
  }
  const around: string[] = [];
  for (const line of lines.map(item => item.trim())) {
    const group = SUBGRAPH.exec(line);
    const node = NODE.exec(line);
    const edge = EDGE.exec(line);
    const style = CLASS.exec(line);
    if (group) {
      read.groups.push({
        id: group[1],
        label: labelOf(group[2]),
        parent: around.at(-1),
      });
      around.push(group[1]);
    } else if (line === 'end' && around.length > 0) {
      around.pop();
    } else if (node) {
      read.nodes.push({
        id: node[1],
        label: labelOf(node.slice(2, 9).find(part => part !== undefined) ?? ''),
        group: around.at(-1),
        health: node[9],
      });
    } else if (edge) {
      read.edges.push({
        source: edge[1],
        target: edge[4],
        label: labelOf(edge[3] ?? ''),
        isDotted: edge[2] === '-.->',
      });
    } else if (style) {
      read.classes.push(style[1]);
    } else if (!/^acc(Title|Descr): \S/.test(line)) {
      throw new Error(`not understood: ${line}`);
    }
  }
  if (around.length > 0) {
    throw new Error(`not closed: ${around.join(' ')}`);
  }
  return read;
}
