import { asObjects, isObject, type JsonObject } from '../values';
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

/** Files that a volume makes are readable by all unless told otherwise. */
function defaultVolume(volume: JsonObject): JsonObject {
  const result = { ...volume };
  for (const source of ['configMap', 'secret', 'projected', 'downwardAPI']) {
    const value = volume[source];
    if (isObject(value)) {
      result[source] = fill(value, { defaultMode: 0o644 });
    }
  }
  return result;
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
      ...(Array.isArray(spec.volumes)
        ? { volumes: asObjects(spec.volumes).map(defaultVolume) }
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
