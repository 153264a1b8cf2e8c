import type { StatusCause } from '../http/status-error';
import type { KubernetesObject } from '../store';
import { asObject, asObjects, asText, isObject } from '../values';
import { invalidValue, notSupported, required } from './cause';

/** Checks a CustomResourceDefinition. */
export function checkDefinition(object: KubernetesObject): StatusCause[] {
  const spec = asObject(object.spec);
  const names = asObject(spec.names);
  const versions = asObjects(spec.versions);
  const causes: StatusCause[] = [];
  for (const field of ['kind', 'plural']) {
    if (!asText(names[field])) {
      causes.push(required(`spec.names.${field}`));
    }
  }
  if (!asText(spec.group)) {
    causes.push(required('spec.group'));
  }
  const expected = `${names.plural}.${spec.group}`;
  if (object.metadata.name !== expected) {
    causes.push(
      invalidValue(
        'metadata.name',
        object.metadata.name,
        `must be spec.names.plural+"."+spec.group`,
      ),
    );
  }
  const scopes = ['Cluster', 'Namespaced'];
  if (!scopes.includes(String(spec.scope))) {
    causes.push(notSupported('spec.scope', spec.scope ?? '', scopes));
  }
  if (versions.filter(version => version.storage === true).length !== 1) {
    causes.push(
      invalidValue(
        'spec.versions',
        versions.map(version => version.name),
        'must have exactly one version marked as storage version',
      ),
    );
  }
  versions.forEach((version, index) => {
    if (!isObject(asObject(version.schema).openAPIV3Schema)) {
      causes.push(
        required(
          `spec.versions[${index}].schema.openAPIV3Schema`,
          'schemas are required',
        ),
      );
    }
  });
  return causes;
}
