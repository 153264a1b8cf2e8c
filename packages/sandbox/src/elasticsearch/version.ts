/** A store that speaks this protocol. */
export interface StoreVersion {
  product: 'elasticsearch' | 'opensearch';
  /** Such as `8.15.0`. */
  number: string;
}

/** What the sandbox's store is unless told otherwise. */
export const DEFAULT_VERSION: StoreVersion = {
  product: 'elasticsearch',
  number: '8.15.0',
};

const LUCENE: Readonly<Record<string, string>> = {
  'elasticsearch 7': '8.11.1',
  'elasticsearch 8': '9.11.1',
  'elasticsearch 9': '10.2.2',
  'opensearch 1': '8.10.1',
  'opensearch 2': '9.11.1',
  'opensearch 3': '10.1.0',
};

/** The answer to `GET /`, by which clients tell one product and version from another. */
export function greeting(
  { product, number }: StoreVersion,
  cluster: string,
): Record<string, unknown> {
  const major = Number(number.split('.')[0]);
  const isOpenSearch = product === 'opensearch';
  return {
    name: 'kepler-logs-0',
    cluster_name: cluster,
    cluster_uuid: 'q0uE2n9iSxuC3kUqk9k6Mw',
    version: {
      ...(isOpenSearch ? { distribution: 'opensearch' } : {}),
      number,
      ...(isOpenSearch ? {} : { build_flavor: 'default' }),
      build_type: isOpenSearch ? 'tar' : 'docker',
      build_hash: '1a77947f34deddb41af25e6f0ddb8e830159c179',
      build_date: '2026-08-05T10:05:34.233336849Z',
      build_snapshot: false,
      lucene_version: LUCENE[`${product} ${major}`] ?? '9.11.1',
      minimum_wire_compatibility_version: `${Math.max(major - 1, 1)}.0.0`,
      minimum_index_compatibility_version: `${Math.max(major - 1, 1)}.0.0`,
    },
    tagline: isOpenSearch
      ? 'The OpenSearch Project: https://opensearch.org/'
      : 'You Know, for Search',
  };
}
