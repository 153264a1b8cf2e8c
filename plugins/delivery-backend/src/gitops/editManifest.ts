import {
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  Scalar,
  stringify,
  type Document,
  type ParsedNode,
} from 'yaml';
import { isObject, type Difference, type Step } from './differences';
import { GitUnknownError } from './GitUnknownError';

/** Which object of a manifest. */
export type ManifestKey = { kind: string; namespace: string; name: string };

type Manifest = Document.Parsed<ParsedNode>;

/** A value's place in the text, to be written over. */
type Splice = { start: number; end: number; text: string };

/** Lists that say what a pod is made of: what is not there is not guessed. */
const PARTS = ['containers', 'initContainers'];

function manifestsOf(text: string): Manifest[] {
  const documents = parseAllDocuments(text);
  return Array.isArray(documents) ? documents : [];
}

function isOf(document: Manifest, key: ManifestKey): boolean {
  if (document.errors.length > 0 || !isMap(document.contents)) {
    return false;
  }
  const namespace: unknown = document.getIn(['metadata', 'namespace']);
  return (
    document.get('kind') === key.kind &&
    document.getIn(['metadata', 'name']) === key.name &&
    (namespace === undefined || namespace === key.namespace)
  );
}

/** How often a file has the object; a namespace that is not said is anyone's. */
export function countManifests(text: string, key: ManifestKey): number {
  return manifestsOf(text).filter(document => isOf(document, key)).length;
}

/** The one document of a file that is the object. */
function find(text: string, key: ManifestKey): Manifest {
  const [found] = manifestsOf(text).filter(document => isOf(document, key));
  if (!found) {
    throw new GitUnknownError(`The file has no ${key.kind} ${key.name}`);
  }
  return found;
}

/**
 * Steps by name become positions.
 *
 * @returns undefined where a list has no item of the name
 */
function positionsOf(
  document: Manifest,
  path: readonly Step[],
): (string | number)[] | undefined {
  const positions: (string | number)[] = [];
  for (const step of path) {
    if (typeof step === 'string') {
      positions.push(step);
      continue;
    }
    const list: unknown = document.getIn(positions, true);
    const index = isSeq(list)
      ? list.items.findIndex(
          item => isMap(item) && item.get('name') === step.name,
        )
      : -1;
    if (index < 0) {
      return undefined;
    }
    positions.push(index);
  }
  return positions;
}

const isPlainValue = (value: unknown) =>
  ['string', 'number', 'boolean'].includes(typeof value) &&
  !String(value).includes('\n');

/** A value as it would be written where another one is, in the same quotes. */
function spliceOf(node: unknown, after: unknown): Splice | undefined {
  if (!isScalar(node) || !node.range || !isPlainValue(after)) {
    return undefined;
  }
  const style = node.type ?? Scalar.PLAIN;
  if (style === Scalar.BLOCK_FOLDED || style === Scalar.BLOCK_LITERAL) {
    return undefined;
  }
  const isQuoted =
    style === Scalar.QUOTE_DOUBLE || style === Scalar.QUOTE_SINGLE;
  const text = stringify(after, {
    lineWidth: 0,
    defaultStringType:
      isQuoted && typeof after === 'string' ? style : Scalar.PLAIN,
  });
  return { start: node.range[0], end: node.range[1], text: text.trimEnd() };
}

function pathText(path: readonly Step[]): string {
  return path
    .map(step => (typeof step === 'string' ? step : step.name))
    .join('.');
}

/** Changes the document where a value cannot be written over in place. */
function change(document: Manifest, { path, after }: Difference): boolean {
  const positions = positionsOf(document, path);
  const last = path.at(-1);
  if (positions) {
    if (after === undefined) {
      return document.deleteIn(positions);
    }
    const node: unknown = document.getIn(positions, true);
    if (isScalar(node) && isPlainValue(after)) {
      // The node itself stays, for its comment.
      node.value = after;
    } else {
      document.setIn(positions, document.createNode(after));
    }
    return true;
  }
  const isWholeItem = isObject(last) && isObject(after);
  const list = isWholeItem
    ? positionsOf(document, path.slice(0, -1))
    : undefined;
  if (after === undefined) {
    return false;
  }
  if (!list || PARTS.includes(String(list.at(-1)))) {
    throw new GitUnknownError(`The file does not have ${pathText(path)}`);
  }
  if (document.getIn(list) === undefined) {
    document.setIn(list, document.createNode([after]));
  } else {
    document.addIn(list, document.createNode(after));
  }
  return true;
}

/** Lists under their key may be indented or not; the file's own way stays. */
function indentsLists(text: string): boolean {
  return !/^( *)[\w-]+:[ \t]*\n\1- /m.test(text);
}

/**
 * A comment on top of the first document is told as its own, though it is
 * before where it begins: it would be written twice.
 */
function forgetCommentsIn(before: string, document: Manifest): void {
  const { contents } = document;
  const first: unknown = isMap(contents) ? contents.items[0]?.key : undefined;
  for (const node of [document, contents, isScalar(first) ? first : null]) {
    const last = node?.commentBefore?.split('\n').at(-1);
    if (node && last !== undefined && before.includes(`#${last}\n`)) {
      node.commentBefore = null;
      if ('spaceBefore' in node) {
        node.spaceBefore = false;
      }
    }
  }
}

/**
 * Changes one object of a manifest and nothing else of the text: values are
 * written over where they stand; only where something comes or goes is the
 * object's document written anew, with its comments.
 *
 * @throws GitUnknownError where the text has no such object or part
 */
export function editManifest(
  text: string,
  key: ManifestKey,
  differences: readonly Difference[],
): string {
  const document = find(text, key);
  const splices = differences.map(difference => {
    const positions = positionsOf(document, difference.path);
    const node: unknown = positions && document.getIn(positions, true);
    return spliceOf(node, difference.after);
  });
  if (splices.every(splice => splice !== undefined)) {
    return [...splices]
      .sort((left, right) => right.start - left.start)
      .reduce(
        (result, { start, end, text: value }) =>
          result.slice(0, start) + value + result.slice(end),
        text,
      );
  }
  const changes = differences.map(difference => change(document, difference));
  if (!changes.includes(true)) {
    return text;
  }
  const [start, , end] = document.range;
  forgetCommentsIn(text.slice(0, start), document);
  const written = document.toString({
    lineWidth: 0,
    indentSeq: indentsLists(text),
  });
  return `${text.slice(0, start)}${written}${text.slice(end)}`;
}

/** What a file has where something is to be changed, by differences. */
export function valuesIn(
  text: string,
  key: ManifestKey,
  differences: readonly Difference[],
): unknown[] {
  const document = find(text, key);
  return differences.map(({ path }) => {
    const positions = positionsOf(document, path);
    const node: unknown = positions && document.getIn(positions, true);
    return isScalar(node) ? node.value : undefined;
  });
}

/** The part of a file that is the object, and nothing else that it has. */
export function manifestIn(text: string, key: ManifestKey): string {
  const [start, , end] = find(text, key).range;
  return text.slice(start, end);
}
