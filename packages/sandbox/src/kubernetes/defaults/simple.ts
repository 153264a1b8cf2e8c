import type { KubernetesObject } from '../store';
import { asObject, asObjects, asTexts, type JsonObject } from '../values';
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

function withStatus(
  object: KubernetesObject,
  status: JsonObject,
): KubernetesObject {
  return { ...object, status: fill(asObject(object.status), status) };
}

/** Without metrics an autoscaler follows the CPU at 80 %. */
function defaultAutoscaler(object: KubernetesObject): KubernetesObject {
  const target = { type: 'Utilization', averageUtilization: 80 };
  return {
    ...object,
    spec: fill(asObject(object.spec), {
      minReplicas: 1,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
    }),
    status: fill(asObject(object.status), {
      currentMetrics: null,
      desiredReplicas: 0,
    }),
  };
}

function defaultNetworkPolicy(object: KubernetesObject): KubernetesObject {
  const spec = asObject(object.spec);
  const policyTypes =
    spec.egress === undefined ? ['Ingress'] : ['Ingress', 'Egress'];
  return { ...object, spec: fill(spec, { policyTypes }) };
}

function defaultEndpointSlice(object: KubernetesObject): KubernetesObject {
  return {
    ...object,
    ports: asObjects(object.ports).map(port =>
      fill(port, { name: '', protocol: 'TCP' }),
    ),
    endpoints: asObjects(object.endpoints).map(endpoint =>
      fill(endpoint, { conditions: {} }),
    ),
  };
}

const rbacGroup = 'rbac.authorization.k8s.io';

function defaultBinding(object: KubernetesObject): KubernetesObject {
  return {
    ...object,
    roleRef: fill(asObject(object.roleRef), { apiGroup: rbacGroup }),
    ...(Array.isArray(object.subjects)
      ? {
          subjects: asObjects(object.subjects).map(subject =>
            subject.kind === 'ServiceAccount'
              ? subject
              : fill(subject, { apiGroup: rbacGroup }),
          ),
        }
      : {}),
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
      return defaultAutoscaler(object);
    case 'networkpolicies.networking.k8s.io':
      return defaultNetworkPolicy(object);
    case 'persistentvolumeclaims':
      return {
        ...object,
        spec: fill(asObject(object.spec), { volumeMode: 'Filesystem' }),
        status: fill(asObject(object.status), { phase: 'Pending' }),
      };
    case 'ingresses.networking.k8s.io':
      return withStatus(object, { loadBalancer: {} });
    case 'resourcequotas':
      return withStatus(object, {});
    case 'poddisruptionbudgets.policy':
      return withStatus(object, {
        currentHealthy: 0,
        desiredHealthy: 0,
        disruptionsAllowed: 0,
        expectedPods: 0,
      });
    case 'endpointslices.discovery.k8s.io':
      return defaultEndpointSlice(object);
    case 'events':
      return fill(object, {
        eventTime: null,
        firstTimestamp: null,
        lastTimestamp: null,
        reportingComponent: '',
        reportingInstance: '',
        source: {},
      });
    case 'rolebindings.rbac.authorization.k8s.io':
    case 'clusterrolebindings.rbac.authorization.k8s.io':
      return defaultBinding(object);
    default:
      return object;
  }
}
