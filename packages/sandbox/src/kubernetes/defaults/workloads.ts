import type { KubernetesObject } from '../store';
import { asObject, asObjects, isObject, type JsonObject } from '../values';
import { fill } from './fill';

const probeDefaults = {
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
};

function withProbe(container: JsonObject, field: string): JsonObject {
  const probe = container[field];
  return isObject(probe)
    ? { [field]: withHttpScheme(fill(probe, probeDefaults)) }
    : {};
}

function withHttpScheme(probe: JsonObject): JsonObject {
  return isObject(probe.httpGet)
    ? { ...probe, httpGet: fill(probe.httpGet, { path: '/', scheme: 'HTTP' }) }
    : probe;
}

function defaultContainer(container: JsonObject): JsonObject {
  const image = String(container.image ?? '');
  const latest = /:latest$/.test(image) || !/:[^/]*$/.test(image);
  const ports = container.ports;
  return fill(
    {
      ...container,
      ...(Array.isArray(ports)
        ? {
            ports: asObjects(ports).map(port =>
              fill(port, { protocol: 'TCP' }),
            ),
          }
        : {}),
      ...withProbe(container, 'livenessProbe'),
      ...withProbe(container, 'readinessProbe'),
      ...withProbe(container, 'startupProbe'),
    },
    {
      resources: {},
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
      imagePullPolicy: latest ? 'Always' : 'IfNotPresent',
    },
  );
}

/** A pod spec with the API server's defaults. */
export function defaultPodSpec(
  spec: JsonObject,
  restartPolicy = 'Always',
): JsonObject {
  const account = spec.serviceAccountName ?? spec.serviceAccount;
  return fill(
    {
      ...spec,
      ...(Array.isArray(spec.containers)
        ? { containers: asObjects(spec.containers).map(defaultContainer) }
        : {}),
      ...(Array.isArray(spec.initContainers)
        ? {
            initContainers: asObjects(spec.initContainers).map(
              defaultContainer,
            ),
          }
        : {}),
      ...(account === undefined
        ? {}
        : { serviceAccountName: account, serviceAccount: account }),
    },
    {
      restartPolicy,
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      securityContext: {},
      schedulerName: 'default-scheduler',
    },
  );
}

/** A pod with defaults; one that names no service account runs as `default`. */
export function defaultPod(pod: KubernetesObject): KubernetesObject {
  const spec = defaultPodSpec(asObject(pod.spec));
  return {
    ...pod,
    spec: fill(spec, {
      serviceAccountName: 'default',
      serviceAccount: 'default',
      enableServiceLinks: true,
    }),
    status: fill(asObject(pod.status), {
      phase: 'Pending',
      qosClass: qualityOf(spec),
    }),
  };
}

function qualityOf(spec: JsonObject): string {
  const resources = asObjects(spec.containers).map(container =>
    asObject(container.resources),
  );
  const isEmpty = (value: unknown) => Object.keys(asObject(value)).length === 0;
  if (
    resources.every(entry => isEmpty(entry.requests) && isEmpty(entry.limits))
  ) {
    return 'BestEffort';
  }
  const guaranteed = resources.every(entry => {
    const limits = asObject(entry.limits);
    const requests = fill(asObject(entry.requests), limits);
    return ['cpu', 'memory'].every(
      name => limits[name] !== undefined && limits[name] === requests[name],
    );
  });
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

const specDefaults: Record<string, JsonObject> = {
  'deployments.apps': {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
  },
  'replicasets.apps': { replicas: 1 },
  replicationcontrollers: { replicas: 1 },
  'statefulsets.apps': {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: {
      whenDeleted: 'Retain',
      whenScaled: 'Retain',
    },
  },
  'daemonsets.apps': { revisionHistoryLimit: 10 },
  'jobs.batch': {
    completions: 1,
    parallelism: 1,
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: 'TerminatingOrFailed',
    manualSelector: false,
  },
};

function strategyOf(resource: string, spec: JsonObject): JsonObject {
  if (resource === 'deployments.apps') {
    const strategy = fill(asObject(spec.strategy), { type: 'RollingUpdate' });
    return {
      strategy:
        strategy.type === 'RollingUpdate'
          ? {
              ...strategy,
              rollingUpdate: fill(asObject(strategy.rollingUpdate), {
                maxUnavailable: '25%',
                maxSurge: '25%',
              }),
            }
          : strategy,
    };
  }
  if (resource === 'statefulsets.apps' || resource === 'daemonsets.apps') {
    const strategy = fill(asObject(spec.updateStrategy), {
      type: 'RollingUpdate',
    });
    const rolling =
      resource === 'statefulsets.apps'
        ? { partition: 0 }
        : { maxSurge: 0, maxUnavailable: 1 };
    return {
      updateStrategy:
        strategy.type === 'RollingUpdate'
          ? {
              ...strategy,
              rollingUpdate: fill(asObject(strategy.rollingUpdate), rolling),
            }
          : strategy,
    };
  }
  return {};
}

/** A workload with defaults of its own and of its pods. */
export function defaultPodTemplateOwner(
  resource: string,
  object: KubernetesObject,
): KubernetesObject {
  const spec = asObject(object.spec);
  const template = asObject(spec.template);
  const restart = resource === 'jobs.batch' ? undefined : 'Always';
  return {
    ...object,
    spec: fill(
      {
        ...spec,
        ...strategyOf(resource, spec),
        ...(isObject(spec.template)
          ? {
              template: {
                ...template,
                spec: defaultPodSpec(asObject(template.spec), restart),
              },
            }
          : {}),
      },
      specDefaults[resource] ?? {},
    ),
  };
}
