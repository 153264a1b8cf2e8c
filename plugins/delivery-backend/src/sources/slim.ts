import type {
  KubernetesObject,
  ResourceType,
} from '@orrery/backstage-plugin-orrery-node';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function pick(value: unknown, fields: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    fields.flatMap(field =>
      field in value ? [[field, Reflect.get(value, field)]] : [],
    ),
  );
}

function pickEach(value: unknown, fields: readonly string[]): unknown {
  return Array.isArray(value) ? value.map(item => pick(item, fields)) : value;
}

/** What is kept of an object, with less in its spec or status. */
function changed(
  object: KubernetesObject,
  field: 'spec' | 'status',
  change: (part: object) => object,
): KubernetesObject {
  const part = object[field];
  return typeof part === 'object' && part !== null
    ? { ...object, [field]: change(part) }
    : object;
}

/**
 * Everything but what only servers and `kubectl apply` need: which field each
 * manager wrote, and the object's own copy of itself.
 */
export function keepObject(object: KubernetesObject): KubernetesObject {
  const { managedFields, annotations, ...metadata } = object.metadata;
  const rest = Object.fromEntries(
    Object.entries(annotations ?? {}).filter(([name]) => name !== LAST_APPLIED),
  );
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(annotations && { annotations: rest }),
      ...(managedFields !== undefined && {
        managedFields: pickEach(managedFields, [
          'manager',
          'operation',
          'time',
          'subresource',
        ]),
      }),
    },
  };
}

/** A pod without what its workload tells anyway. */
export function keepPod(object: KubernetesObject): KubernetesObject {
  const { managedFields, annotations, ...metadata } = object.metadata;
  return changed(
    changed({ ...object, metadata }, 'spec', spec => ({
      nodeName: Reflect.get(spec, 'nodeName'),
      containers: pickEach(Reflect.get(spec, 'containers'), ['name', 'image']),
    })),
    'status',
    status => ({
      ...status,
      conditions: pickEach(Reflect.get(status, 'conditions'), [
        'type',
        'status',
        'reason',
        'message',
      ]),
    }),
  );
}

/** Of a ReplicaSet its images only: there are ten of them for each workload. */
export function keepReplicaSet(object: KubernetesObject): KubernetesObject {
  return changed(keepObject(object), 'spec', spec => {
    const template: unknown = Reflect.get(spec, 'template');
    const inner =
      typeof template === 'object' && template !== null
        ? Reflect.get(template, 'spec')
        : undefined;
    const metadata =
      typeof template === 'object' && template !== null
        ? Reflect.get(template, 'metadata')
        : undefined;
    return {
      replicas: Reflect.get(spec, 'replicas'),
      template: {
        metadata: pick(metadata, ['labels']),
        spec: {
          containers: pickEach(
            typeof inner === 'object' && inner !== null
              ? Reflect.get(inner, 'containers')
              : undefined,
            ['name', 'image'],
          ),
        },
      },
    };
  });
}

/**
 * What is kept of a kind. Everyone who watches it says the same, for the
 * first to ask decides.
 */
export function keepOf({
  group,
  plural,
}: ResourceType): (object: KubernetesObject) => KubernetesObject {
  if (group === '' && plural === 'pods') {
    return keepPod;
  }
  return group === 'apps' && plural === 'replicasets'
    ? keepReplicaSet
    : keepObject;
}
