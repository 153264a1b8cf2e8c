type Json = Readonly<Record<string, unknown>>;

const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};

/** Where a Rollout says what its controller puts on pods of one side. */
const SIDES = [
  'stableMetadata',
  'canaryMetadata',
  'activeMetadata',
  'previewMetadata',
];

/** Labels that controllers add to templates to tell them apart. */
const HASHES = ['pod-template-hash', 'rollouts-pod-template-hash'];

/**
 * A ReplicaSet's pod template as its workload had it: without the hash, and
 * without the labels and annotations that a Rollout's controller puts on the
 * pods of one side. With them, the Rollout would see a new template and walk
 * all its steps for a version that runs already.
 *
 * @param workload - the object that gets the template back
 * @public
 */
export function withoutSideMetadata(
  template: object,
  workload: { readonly [field: string]: unknown },
): Json {
  const strategy = asObject(asObject(workload.spec).strategy);
  const own = (field: string) =>
    Object.values(strategy).flatMap(kind =>
      SIDES.flatMap(side =>
        Object.keys(asObject(asObject(asObject(kind)[side])[field])),
      ),
    );
  const metadata = asObject(asObject(template).metadata);
  const without = (field: 'labels' | 'annotations') => {
    if (metadata[field] === undefined) {
      return {};
    }
    const names = [...HASHES, ...own(field)];
    const rest = Object.entries(asObject(metadata[field])).filter(
      ([name]) => !names.includes(name),
    );
    return { [field]: Object.fromEntries(rest) };
  };
  return {
    ...template,
    metadata: { ...metadata, ...without('labels'), ...without('annotations') },
  };
}
