/** What a `tree` parameter asks for: fields, those within them, and which of a list. */
export interface TreeNode {
  fields: Map<string, TreeNode>;
  range?: readonly [from: number, to: number];
}

/** A `tree` parameter that cannot be read. */
export class TreeError extends Error {}

/** Reads `a,b[c,d[e]]{0,10}`, as Jenkins' remote API documents it. @throws TreeError */
export function readTree(text: string): TreeNode {
  let at = 0;
  function fields(): Map<string, TreeNode> {
    const found = new Map<string, TreeNode>();
    do {
      const name = /^[\w*-]+/.exec(text.slice(at))?.[0];
      if (name === undefined)
        throw new TreeError(`Expected a name at ${at} of ${text}`);
      at += name.length;
      const node: TreeNode = { fields: new Map() };
      if (text[at] === '[') {
        at++;
        node.fields = fields();
        if (text[at++] !== ']')
          throw new TreeError(`Expected ] at ${at} of ${text}`);
      }
      const range = /^\{(\d*)(,?)(\d*)\}/.exec(text.slice(at));
      if (range) {
        at += range[0].length;
        const from = Number(range[1] || 0);
        // A single number is the one entry at that place.
        const to = range[2] === '' ? from + 1 : Number(range[3] || Infinity);
        node.range = [from, to];
      }
      found.set(name, node);
    } while (text[at++] === ',');
    at--;
    return found;
  }
  const root = { fields: fields() };
  if (at < text.length)
    throw new TreeError(`Unexpected ${text[at]} at ${at} of ${text}`);
  return root;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The part of a value that a tree asks for; classes are always said. */
export function pick(value: unknown, { fields, range }: TreeNode): unknown {
  if (Array.isArray(value)) {
    const part = range ? value.slice(range[0], range[1]) : value;
    return part.map(each => pick(each, { fields }));
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(
    ([name, inner]) =>
      name === '_class' ||
      fields.has('*') ||
      (fields.has(name) && inner !== undefined),
  );
  return Object.fromEntries(
    entries.map(([name, inner]) => {
      const node = fields.get(name);
      return [name, node ? pick(inner, node) : inner];
    }),
  );
}

/** Cuts a value where a request without `tree` does: lists and objects within what is asked for are only named. */
export function shorten(
  value: unknown,
  depth: number,
  named: readonly string[],
): unknown {
  if (Array.isArray(value))
    return value.map(each => shorten(each, depth, named));
  if (!isObject(value)) return value;
  const isItem = typeof value.url === 'string' && depth < 0;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !isItem || named.includes(name))
      .map(([name, inner]) => [
        name,
        shorten(
          inner,
          depth - (isObject(inner) || Array.isArray(inner) ? 1 : 0),
          named,
        ),
      ]),
  );
}
