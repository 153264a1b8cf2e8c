import type { StatusCause } from '../http/status-error';
import {
  asNumber,
  asObject,
  asObjects,
  asText,
  isObject,
  sameJson,
  type JsonObject,
} from '../values';
import {
  duplicate,
  forbiddenField,
  invalidValue,
  notSupported,
  required,
} from './cause';

function checkPort(field: string, value: unknown): StatusCause[] {
  const port = asNumber(value);
  return port === undefined || (port >= 1 && port <= 65535)
    ? []
    : [invalidValue(field, port, 'must be between 1 and 65535, inclusive')];
}

function checkContainer(field: string, container: JsonObject): StatusCause[] {
  const causes: StatusCause[] = [];
  const name = asText(container.name);
  if (!name) {
    causes.push(required(`${field}.name`));
  } else if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
    causes.push(
      invalidValue(
        `${field}.name`,
        name,
        `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`,
      ),
    );
  }
  if (!asText(container.image)) {
    causes.push(required(`${field}.image`));
  }
  asObjects(container.ports).forEach((port, index) => {
    const path = `${field}.ports[${index}].containerPort`;
    causes.push(
      ...(port.containerPort === undefined
        ? [required(path)]
        : checkPort(path, port.containerPort)),
    );
  });
  for (const kind of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = container[kind];
    if (
      isObject(probe) &&
      !['exec', 'httpGet', 'tcpSocket', 'grpc'].some(
        handler => probe[handler] !== undefined,
      )
    ) {
      causes.push(required(`${field}.${kind}`, 'must specify a handler type'));
    }
  }
  asObjects(container.env).forEach((variable, index) => {
    if (!asText(variable.name)) {
      causes.push(required(`${field}.env[${index}].name`));
    }
  });
  const policy = container.imagePullPolicy;
  const policies = ['Always', 'IfNotPresent', 'Never'];
  if (policy !== undefined && !policies.includes(String(policy))) {
    causes.push(notSupported(`${field}.imagePullPolicy`, policy, policies));
  }
  return causes;
}

function checkMounts(
  field: string,
  container: JsonObject,
  volumes: unknown[],
): StatusCause[] {
  return asObjects(container.volumeMounts).flatMap(({ name }, index) =>
    volumes.includes(name)
      ? []
      : [
          {
            reason: 'FieldValueNotFound',
            field: `${field}.volumeMounts[${index}].name`,
            message: `Not found: ${JSON.stringify(name)}`,
          },
        ],
  );
}

/** Checks what a pod would run. */
export function checkPodSpec(
  field: string,
  spec: JsonObject,
  restartPolicies: string[],
): StatusCause[] {
  const containers = asObjects(spec.containers);
  const causes: StatusCause[] = [];
  if (containers.length === 0) {
    causes.push(required(`${field}.containers`));
  }
  const names = new Set<unknown>();
  const volumes = asObjects(spec.volumes).map(volume => volume.name);
  const all = [
    ...containers.map((entry, index) => ({
      entry,
      path: `containers[${index}]`,
    })),
    ...asObjects(spec.initContainers).map((entry, index) => ({
      entry,
      path: `initContainers[${index}]`,
    })),
  ];
  for (const { entry, path } of all) {
    causes.push(
      ...checkContainer(`${field}.${path}`, entry),
      ...checkMounts(`${field}.${path}`, entry, volumes),
    );
    if (entry.name && names.has(entry.name)) {
      causes.push(duplicate(`${field}.${path}.name`, entry.name));
    }
    names.add(entry.name);
  }
  const policy = asText(spec.restartPolicy);
  if (policy && !restartPolicies.includes(policy)) {
    causes.push(
      notSupported(`${field}.restartPolicy`, policy, restartPolicies),
    );
  }
  return causes;
}

const changeable = [
  'tolerations',
  'activeDeadlineSeconds',
  'terminationGracePeriodSeconds',
  'schedulingGates',
];

function fixedPart(spec: JsonObject): JsonObject {
  const fixed = { ...spec };
  changeable.forEach(field => delete fixed[field]);
  for (const field of ['containers', 'initContainers']) {
    if (fixed[field] !== undefined) {
      fixed[field] = asObjects(fixed[field]).map(
        ({ image, imagePullPolicy, resources, ...rest }) => rest,
      );
    }
  }
  return fixed;
}

/** Almost nothing of a pod's spec may change once it exists. */
export function checkPodUpdate(
  next: JsonObject,
  current: JsonObject,
): StatusCause[] {
  return sameJson(fixedPart(asObject(next)), fixedPart(asObject(current)))
    ? []
    : [
        forbiddenField(
          'spec',
          'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
        ),
      ];
}
