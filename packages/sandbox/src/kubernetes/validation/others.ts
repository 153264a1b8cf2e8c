import type { StatusCause } from '../http/status-error';
import type { KubernetesObject } from '../store';
import {
  asNumber,
  asObject,
  asObjects,
  asText,
  asTexts,
  sameJson,
} from '../values';
import {
  duplicate,
  forbiddenField,
  invalidValue,
  notSupported,
  required,
} from './cause';

const serviceTypes = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];

/** Checks a Service. */
export function checkService(
  object: KubernetesObject,
  current: KubernetesObject | undefined,
): StatusCause[] {
  const spec = asObject(object.spec);
  const causes: StatusCause[] = [];
  const type = asText(spec.type) ?? 'ClusterIP';
  const ports = asObjects(spec.ports);
  if (!serviceTypes.includes(type)) {
    causes.push(notSupported('spec.type', type, serviceTypes));
  }
  if (type === 'ExternalName') {
    return asText(spec.externalName)
      ? causes
      : [...causes, required('spec.externalName')];
  }
  if (ports.length === 0 && spec.clusterIP !== 'None') {
    causes.push(required('spec.ports'));
  }
  const seen = new Set<string>();
  ports.forEach((port, index) => {
    const field = `spec.ports[${index}]`;
    const number = asNumber(port.port);
    if (number === undefined) {
      causes.push(required(`${field}.port`));
    } else if (number < 1 || number > 65535) {
      causes.push(
        invalidValue(
          `${field}.port`,
          number,
          'must be between 1 and 65535, inclusive',
        ),
      );
    }
    if (ports.length > 1 && !port.name) {
      causes.push(required(`${field}.name`));
    }
    const id = `${number}/${port.protocol ?? 'TCP'}`;
    if (seen.has(id)) {
      causes.push(duplicate(field, port));
    }
    seen.add(id);
  });
  const address = asText(current?.spec?.clusterIP);
  if (address && spec.clusterIP && spec.clusterIP !== address) {
    causes.push({
      reason: 'FieldValueInvalid',
      field: 'spec.clusterIPs[0]',
      message: `Invalid value: [${JSON.stringify(
        spec.clusterIP,
      )}]: may not change once set`,
    });
  }
  return causes;
}

/** Checks a ConfigMap or Secret. */
export function checkData(
  object: KubernetesObject,
  current: KubernetesObject | undefined,
): StatusCause[] {
  const causes: StatusCause[] = [];
  for (const field of ['data', 'binaryData']) {
    for (const key of Object.keys(asObject(object[field]))) {
      if (!/^[-._a-zA-Z0-9]+$/.test(key)) {
        causes.push(
          invalidValue(
            `${field}[${key}]`,
            key,
            `a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
          ),
        );
      }
    }
  }
  if (current?.immutable === true && !sameJson(current.data, object.data)) {
    causes.push(
      forbiddenField('data', 'field is immutable when `immutable` is set'),
    );
  }
  return causes;
}

/** Checks a binding: whom it binds may change, what it grants may not. */
export function checkBinding(
  object: KubernetesObject,
  current: KubernetesObject | undefined,
): StatusCause[] {
  const role = asTexts(object.roleRef);
  const causes: StatusCause[] = [];
  const kinds =
    object.kind === 'RoleBinding' ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  if (!kinds.includes(role.kind)) {
    causes.push(notSupported('roleRef.kind', role.kind ?? '', kinds));
  }
  if (!role.name) {
    causes.push(required('roleRef.name'));
  }
  if (current && !sameJson(current.roleRef, object.roleRef)) {
    causes.push(
      invalidValue('roleRef', object.roleRef, 'cannot change roleRef'),
    );
  }
  return causes;
}

/** Checks a HorizontalPodAutoscaler. */
export function checkAutoscaler(object: KubernetesObject): StatusCause[] {
  const spec = asObject(object.spec);
  const most = asNumber(spec.maxReplicas);
  const least = asNumber(spec.minReplicas) ?? 1;
  if (most !== undefined && most < 1) {
    return [invalidValue('spec.maxReplicas', most, 'must be greater than 0')];
  }
  return most !== undefined && most < least
    ? [
        invalidValue(
          'spec.maxReplicas',
          most,
          'must be greater than or equal to `minReplicas`',
        ),
      ]
    : [];
}
