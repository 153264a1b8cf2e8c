import { storeName, type ResourceType } from '../resources/resource';
import type { StatusCause } from '../http/status-error';
import type { KubernetesObject } from '../store';
import { invalidValue } from './cause';

const labelPattern = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomainPattern = `${labelPattern}(\\.${labelPattern})*`;

interface NameRule {
  pattern: RegExp;
  longest: number;
  detail: string;
}

const subdomain: NameRule = {
  pattern: new RegExp(`^${subdomainPattern}$`),
  longest: 253,
  detail: `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomainPattern}')`,
};

const label: NameRule = {
  pattern: new RegExp(`^${labelPattern}$`),
  longest: 63,
  detail: `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${labelPattern}')`,
};

const pathSegment: NameRule = {
  pattern: /^(?!\.{1,2}$)[^/%]+$/,
  longest: 253,
  detail: `must be a valid path segment name: it may not be '.' or '..' and may not contain '/' or '%'`,
};

function ruleFor(type: ResourceType): NameRule {
  if (type.group === 'rbac.authorization.k8s.io') {
    return pathSegment;
  }
  switch (storeName(type)) {
    case 'namespaces':
    case 'services':
      return label;
    default:
      return subdomain;
  }
}

const qualifiedName =
  /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

function checkKey(field: string, key: string): StatusCause[] {
  return qualifiedName.test(key)
    ? []
    : [
        invalidValue(
          field,
          key,
          `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
        ),
      ];
}

/** Checks label keys and values at a path. */
export function checkLabels(
  field: string,
  labels: Record<string, string> | undefined,
): StatusCause[] {
  const causes: StatusCause[] = [];
  for (const [key, value] of Object.entries(labels ?? {})) {
    causes.push(...checkKey(field, key));
    if (
      typeof value !== 'string' ||
      value.length > 63 ||
      !labelValue.test(value)
    ) {
      causes.push(
        invalidValue(
          field,
          value,
          `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
        ),
      );
    }
  }
  return causes;
}

/** Checks the name and labels of an object. */
export function checkMetadata(
  type: ResourceType,
  object: KubernetesObject,
): StatusCause[] {
  const { name, labels, annotations = {} } = object.metadata;
  const rule = ruleFor(type);
  const causes: StatusCause[] = [];
  if (name.length > rule.longest) {
    causes.push({
      reason: 'FieldValueInvalid',
      field: 'metadata.name',
      message: `Invalid value: ${JSON.stringify(name)}: must be no more than ${
        rule.longest
      } characters`,
    });
  } else if (rule === label && name.includes('.')) {
    causes.push(invalidValue('metadata.name', name, 'must not contain dots'));
  } else if (!rule.pattern.test(name)) {
    causes.push(invalidValue('metadata.name', name, rule.detail));
  }
  return [
    ...causes,
    ...checkLabels('metadata.labels', labels),
    ...Object.keys(annotations).flatMap(key =>
      checkKey('metadata.annotations', key.toLowerCase()),
    ),
  ];
}
