import {
  InvalidValueError,
  parseRef,
  type ObjectRef,
} from '@orrery/backstage-plugin-orrery-common';
import type { OrreryConfig } from '../config';

/** @public */
export type NamedObject = {
  cluster: string;
  namespace: string;
  kind: string;
  name: string;
};

function read(field: string, text: string): ObjectRef {
  try {
    return parseRef(text);
  } catch (error) {
    // A ref's own complaint does not know which field it was in.
    throw error instanceof InvalidValueError
      ? new InvalidValueError(field, error.expected, text)
      : error;
  }
}

/**
 * Reads the ref of an object of one of the kinds in a configured cluster.
 *
 * @param field - the field of the input that holds it
 * @param kinds - Kubernetes kinds that are meant; any where absent
 * @throws InvalidValueError that names the field
 * @public
 */
export function parseTarget(
  field: string,
  text: string,
  options: {
    kinds?: readonly string[];
    config: Pick<OrreryConfig, 'clusters'>;
  },
): NamedObject {
  const { kinds, config } = options;
  const ref = read(field, text);
  if (ref.type !== 'workload' || (kinds && !kinds.includes(ref.kind))) {
    throw new InvalidValueError(
      field,
      `a ref of a ${kinds?.join(', ') ?? 'Kubernetes object'}`,
      text,
    );
  }
  if (!config.clusters.some(({ name }) => name === ref.cluster)) {
    throw new InvalidValueError(
      field,
      `a cluster that is configured (${config.clusters
        .map(({ name }) => name)
        .join(', ')})`,
      ref.cluster,
    );
  }
  const { cluster, namespace, kind, name } = ref;
  return { cluster, namespace, kind, name };
}
