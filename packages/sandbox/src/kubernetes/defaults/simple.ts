import type { KubernetesObject } from '../store';
import { asObject, asTexts } from '../values';
import { fill } from './fill';

function defaultNamespace(namespace: KubernetesObject): KubernetesObject {
  const { name } = namespace.metadata;
  return {
    ...namespace,
    metadata: {
      ...namespace.metadata,
      labels: {
        ...namespace.metadata.labels,
        'kubernetes.io/metadata.name': name,
      },
    },
    spec: fill(asObject(namespace.spec), { finalizers: ['kubernetes'] }),
    status: fill(asObject(namespace.status), { phase: 'Active' }),
  };
}

/** Texts given as `stringData` are kept encoded under `data`. */
function defaultSecret(secret: KubernetesObject): KubernetesObject {
  const { stringData, ...rest } = secret;
  const encoded = Object.entries(asTexts(stringData)).map(([key, value]) => [
    key,
    Buffer.from(value).toString('base64'),
  ]);
  return {
    ...rest,
    ...(encoded.length
      ? { data: { ...asObject(secret.data), ...Object.fromEntries(encoded) } }
      : {}),
    type: secret.type ?? 'Opaque',
  };
}

/** Defaults of kinds that need only one or two fields. */
export function defaultSimple(
  resource: string,
  object: KubernetesObject,
): KubernetesObject {
  switch (resource) {
    case 'namespaces':
      return defaultNamespace(object);
    case 'secrets':
      return defaultSecret(object);
    case 'horizontalpodautoscalers.autoscaling':
      return {
        ...object,
        spec: fill(asObject(object.spec), { minReplicas: 1 }),
      };
    case 'cronjobs.batch':
      return {
        ...object,
        spec: fill(asObject(object.spec), {
          concurrencyPolicy: 'Allow',
          suspend: false,
          successfulJobsHistoryLimit: 3,
          failedJobsHistoryLimit: 1,
        }),
      };
    default:
      return object;
  }
}
