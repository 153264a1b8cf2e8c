import {
  readPrefixSchema,
  SCHEMA_KEY,
  type ConfigTree,
  type PrefixSchema,
} from '@orrery/backstage-plugin-config-center-common';
import { useMemo } from 'react';
import { useKeyValue } from './useKeyValue';

/** The schema that a prefix declares; one that checks nothing where it does not. */
export function useSchema(tree: ConfigTree): PrefixSchema {
  const entry = tree.entries.find(({ key }) => key === SCHEMA_KEY);
  const value = useKeyValue(tree.service, SCHEMA_KEY, entry?.modifyIndex);
  const text = value.value?.text;
  return useMemo(() => readPrefixSchema(text), [text]);
}
