import { InvalidValueError } from '../errors';

/**
 * The thing a ref names. `Kind` is a Kubernetes kind such as `Deployment`;
 * services use the reserved word `service`.
 *
 * @public
 */
export type ObjectRef =
  | { type: 'namespace'; cluster: string; namespace: string }
  | { type: 'service'; cluster: string; namespace: string; name: string }
  | {
      type: 'workload';
      cluster: string;
      namespace: string;
      kind: string;
      name: string;
    };

const SEGMENT = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const SHAPE =
  'cluster/namespace, cluster/namespace/service/name or cluster/namespace/Kind/name';

/**
 * Writes a ref as the string every domain uses in URLs, storage and links.
 *
 * @public
 */
export function formatRef(ref: ObjectRef): string {
  switch (ref.type) {
    case 'namespace':
      return `${ref.cluster}/${ref.namespace}`;
    case 'service':
      return `${ref.cluster}/${ref.namespace}/service/${ref.name}`;
    default:
      return `${ref.cluster}/${ref.namespace}/${ref.kind}/${ref.name}`;
  }
}

/**
 * Reads a ref.
 *
 * @throws InvalidValueError naming the field `ref` when the text has another shape.
 * @public
 */
export function parseRef(text: string): ObjectRef {
  const segments = text.split('/');
  if (!segments.every(segment => SEGMENT.test(segment))) {
    throw new InvalidValueError('ref', SHAPE, text);
  }
  const [cluster, namespace, kind, name] = segments;
  if (segments.length === 2) {
    return { type: 'namespace', cluster, namespace };
  }
  if (segments.length === 4) {
    return kind === 'service'
      ? { type: 'service', cluster, namespace, name }
      : { type: 'workload', cluster, namespace, kind, name };
  }
  throw new InvalidValueError('ref', SHAPE, text);
}
