import {
  checkValue,
  maskSecrets,
  readPrefixSchema,
  SCHEMA_KEY,
  type ConfigEntry,
  type ConfigTree,
  type PrefixSchema,
} from '@orrery/backstage-plugin-config-center-common';
import type { ConsulEntry } from '../sources/answers';
import type { KeyPlace } from './KeyPlaces';

const EXCERPT = 80;

/** The schema that a prefix declares. */
export function schemaOf(
  place: KeyPlace,
  entries: readonly ConsulEntry[],
): PrefixSchema {
  const wanted = `${place.prefix}${SCHEMA_KEY}`;
  return readPrefixSchema(entries.find(({ key }) => key === wanted)?.text);
}

/** What is told of a key without its value. */
export function describeEntry(
  { prefix }: KeyPlace,
  entry: ConsulEntry,
  schema: PrefixSchema,
): ConfigEntry {
  const key = entry.key.slice(prefix.length);
  const { text } = entry;
  const common = {
    key,
    bytes: entry.bytes,
    modifyIndex: entry.modifyIndex,
    createIndex: entry.createIndex,
    ...(entry.session && { lockedBy: entry.session }),
  };
  if (text === undefined) {
    return {
      ...common,
      kind: 'binary',
      hasSecret: false,
      excerpt: '',
      problems: 0,
    };
  }
  const { kind, problems } = checkValue(key, text);
  const masked = maskSecrets(key, text);
  return {
    ...common,
    kind,
    hasSecret: masked.isMasked,
    excerpt: masked.text.trimStart().split('\n')[0].slice(0, EXCERPT),
    problems: problems.length + schema.check(key, kind, text).length,
  };
}

/** The tree of a place, as it is sent. */
export function describeTree(
  place: KeyPlace,
  entries: readonly ConsulEntry[],
  asOf: string,
  withValues = false,
): ConfigTree {
  const schema = schemaOf(place, entries);
  const told = entries
    // The prefix itself is the folder, no key of it.
    .filter(({ key }) => key !== place.prefix)
    .map(entry => {
      const described = describeEntry(place, entry, schema);
      return withValues && entry.text !== undefined
        ? { ...described, text: maskSecrets(described.key, entry.text).text }
        : described;
    });
  const present = new Set(told.map(({ key }) => key));
  return {
    service: place.service,
    prefix: place.prefix,
    entries: told,
    ...(schema.problem !== undefined && { schemaProblem: schema.problem }),
    missingKeys: schema.required.filter(key => !present.has(key)),
    provenance: {
      sources: [{ name: 'consul', state: 'ok', asOf }],
      warnings: [],
    },
  };
}
