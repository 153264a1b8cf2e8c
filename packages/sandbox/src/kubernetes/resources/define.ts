import type { JsonSchema } from '../schema/schema';
import { allVerbs, type ResourceType, type ScalePaths } from './resource';

/** What differs between kinds; the rest follows from convention. */
export interface KindOptions {
  plural?: string;
  shortNames?: string[];
  categories?: string[];
  namespaced?: boolean;
  hasStatus?: boolean;
  scalable?: boolean;
  /** Where a custom kind keeps its counts. */
  scale?: ScalePaths;
  schema?: JsonSchema;
  verbs?: ResourceType['verbs'];
  custom?: boolean;
  columns?: ResourceType['versions'][number]['columns'];
}

function pluralOf(singular: string): string {
  if (singular.endsWith('y') && !singular.endsWith('ay')) {
    return `${singular.slice(0, -1)}ies`;
  }
  return /(s|x|ch)$/.test(singular) ? `${singular}es` : `${singular}s`;
}

/** Builds the description of a kind from its names and what is special about it. */
export function defineKind(
  group: string,
  versions: string[],
  kind: string,
  options: KindOptions = {},
): ResourceType {
  const singular = kind.toLowerCase();
  return {
    group,
    plural: options.plural ?? pluralOf(singular),
    singular,
    kind,
    listKind: `${kind}List`,
    namespaced: options.namespaced ?? true,
    shortNames: options.shortNames ?? [],
    categories: options.categories ?? [],
    versions: versions.map(name => ({
      name,
      ...(options.schema ? { schema: options.schema } : {}),
      ...(options.columns ? { columns: options.columns } : {}),
    })),
    storageVersion: versions[0],
    verbs: options.verbs ?? allVerbs,
    hasStatus: options.hasStatus ?? false,
    ...(options.scalable
      ? {
          scale: {
            specReplicasPath: '.spec.replicas',
            statusReplicasPath: '.status.replicas',
          },
        }
      : {}),
    ...(options.scale ? { scale: options.scale } : {}),
    custom: options.custom ?? false,
  };
}
