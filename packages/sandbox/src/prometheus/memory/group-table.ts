import type { Labels } from '../storage';
import type { MetricFamily } from './families';
import {
  type GroupOwner,
  HistogramGroup,
  type PastRow,
  type SeriesGroup,
  ValueGroup,
} from './group';
import { LabelInterner } from './interner';
import { LabelPool } from './label-pool';
import { PostingList } from './postings';

function hashPairs(familyName: string, pairs: readonly number[]): number {
  let hash = 2166136261;
  for (let index = 0; index < familyName.length; index++) {
    hash = Math.imul(hash ^ familyName.charCodeAt(index), 16777619);
  }
  for (const pair of pairs) {
    hash = Math.imul(hash ^ pair, 16777619);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  }
  // Kept below 2^30 so that it stays an unboxed integer.
  return (hash >>> 2) % 1073741789;
}

const RESERVED = ['__name__', 'le'];

/** All series groups, their interned labels, and the inverted index over both. */
export class GroupTable {
  readonly interner = new LabelInterner();
  readonly #pool = new LabelPool();
  readonly #owner: GroupOwner;
  /** By id; a forgotten group leaves its place empty. */
  readonly #groups: (SeriesGroup | undefined)[] = [];
  #size = 0;
  readonly #byHash = new Map<number, SeriesGroup | SeriesGroup[]>();
  readonly #postings = new Map<number, PostingList>();

  constructor(owner: GroupOwner) {
    this.#owner = owner;
  }

  get size(): number {
    return this.#size;
  }

  get(id: number): SeriesGroup | undefined {
    return this.#groups[id];
  }

  /** The group of a label set, made when it is new. */
  open(
    family: MetricFamily,
    labels: Labels,
    past: PastRow | undefined,
  ): SeriesGroup {
    const pairs = this.#internLabels(family, labels);
    const hash = hashPairs(family.name, pairs);
    const known = this.#find(family, pairs, hash);
    if (known) {
      known.past = past ?? known.past;
      return known;
    }
    const place = {
      id: this.#groups.length,
      family,
      firstSlot: this.#owner.ring.allocate(family.slots),
      labels: this.#pool.add(pairs),
      labelCount: pairs.length,
      hash,
    };
    const group =
      family.type === 'histogram'
        ? new HistogramGroup(this.#owner, place, past)
        : new ValueGroup(this.#owner, place, past);
    this.#groups.push(group);
    this.#size += 1;
    this.#addHash(group);
    family.groups.push(group.id);
    for (const pair of pairs) {
      let list = this.#postings.get(pair);
      if (!list) {
        list = new PostingList();
        this.#postings.set(pair, list);
      }
      list.push(group.id);
    }
    return group;
  }

  /** Forgets a group. Its slots must hold no sample any more. */
  remove(group: SeriesGroup): void {
    this.#groups[group.id] = undefined;
    this.#size -= 1;
    this.#removeHash(group);
    group.family.groups.remove(group.id);
    for (let index = 0; index < group.labelCount; index++) {
      const pair = this.pairAt(group, index);
      const list = this.#postings.get(pair);
      list?.remove(group.id);
      if (list?.length === 0) this.#postings.delete(pair);
    }
    this.#pool.release(group.labels, group.labelCount);
    this.#owner.ring.release(group.firstSlot, group.family.slots);
  }

  pairAt(group: SeriesGroup, index: number): number {
    return this.#pool.at(group.labels, index);
  }

  /** Pairs that some group carries. */
  livePairs(): Iterable<number> {
    return this.#postings.keys();
  }

  /** Ids ever given out are below this. */
  get nextId(): number {
    return this.#groups.length;
  }

  /** Groups that carry a label pair. */
  posting(pair: number): PostingList | undefined {
    return this.#postings.get(pair);
  }

  #internLabels(family: MetricFamily, labels: Labels): number[] {
    for (const name of RESERVED) {
      if (name in labels && (name !== 'le' || family.type === 'histogram')) {
        throw new Error(`label ${name} of ${family.name} is set by storage`);
      }
    }
    return Object.keys(labels)
      .filter(name => labels[name] !== '')
      .sort()
      .map(name => this.interner.pair(name, labels[name]));
  }

  #find(
    family: MetricFamily,
    pairs: readonly number[],
    hash: number,
  ): SeriesGroup | undefined {
    const found = this.#byHash.get(hash);
    if (!found) return undefined;
    const matches = (group: SeriesGroup) =>
      group.family === family &&
      this.#pool.equals(group.labels, group.labelCount, pairs);
    if (Array.isArray(found)) return found.find(matches);
    return matches(found) ? found : undefined;
  }

  #addHash(group: SeriesGroup): void {
    const found = this.#byHash.get(group.hash);
    if (!found) this.#byHash.set(group.hash, group);
    else if (Array.isArray(found)) found.push(group);
    else this.#byHash.set(group.hash, [found, group]);
  }

  #removeHash(group: SeriesGroup): void {
    const found = this.#byHash.get(group.hash);
    if (!Array.isArray(found)) {
      this.#byHash.delete(group.hash);
      return;
    }
    const rest = found.filter(other => other !== group);
    if (rest.length === 0) this.#byHash.delete(group.hash);
    else this.#byHash.set(group.hash, rest);
  }
}
