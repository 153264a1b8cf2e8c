import type { KubernetesObject } from '../store';
import { asText, at } from '../values';
import { storeName, type ResourceType } from '../resources/resource';
import { badRequest } from './request-failures';

/** Decides whether an object is wanted. */
export type Predicate = (object: KubernetesObject) => boolean;

interface Requirement {
  key: string;
  operator: 'exists' | 'absent' | 'in' | 'notin' | 'gt' | 'lt';
  values: string[];
}

const keyPattern =
  /^([a-z0-9A-Z]([-a-z0-9A-Z.]*[a-z0-9A-Z])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const valuePattern = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;

function splitOutsideParentheses(selector: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < selector.length; index++) {
    const character = selector[index];
    if (character === '(') {
      depth += 1;
    } else if (character === ')') {
      depth -= 1;
    } else if (character === ',' && depth === 0) {
      parts.push(selector.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(selector.slice(start));
  return parts.map(part => part.trim());
}

function refuse(selector: string): never {
  throw badRequest(
    `unable to parse requirement: found '${selector}', expected: in, notin, =, ==, !=, gt, lt, or a label key`,
  );
}

function parseRequirement(part: string): Requirement {
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(part);
  if (set) {
    const operator = set[2] === 'in' ? 'in' : 'notin';
    const values = set[3].split(',').map(value => value.trim());
    return checked({ key: set[1], operator, values }, part);
  }
  const comparison = /^([^!=<>\s]+)\s*(==|=|!=|>|<)\s*(\S*)$/.exec(part);
  if (comparison) {
    const operators = {
      '=': 'in',
      '==': 'in',
      '!=': 'notin',
      '>': 'gt',
      '<': 'lt',
    } as const;
    const sign = comparison[2] as keyof typeof operators;
    return checked(
      {
        key: comparison[1],
        operator: operators[sign],
        values: [comparison[3]],
      },
      part,
    );
  }
  return part.startsWith('!')
    ? checked(
        { key: part.slice(1).trim(), operator: 'absent', values: [] },
        part,
      )
    : checked({ key: part, operator: 'exists', values: [] }, part);
}

function checked(requirement: Requirement, part: string): Requirement {
  const valid =
    keyPattern.test(requirement.key) &&
    requirement.values.every(value => valuePattern.test(value));
  return valid ? requirement : refuse(part);
}

function satisfies(
  { key, operator, values }: Requirement,
  labels: Record<string, string>,
): boolean {
  const value: string | undefined = labels[key];
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case 'absent':
      return value === undefined;
    case 'in':
      return value !== undefined && values.includes(value);
    case 'notin':
      return value === undefined || !values.includes(value);
    case 'gt':
      return value !== undefined && Number(value) > Number(values[0]);
    default:
      return value !== undefined && Number(value) < Number(values[0]);
  }
}

/** Reads a label selector in all its forms; 400 when it is malformed. */
export function parseLabelSelector(selector: string | null): Predicate {
  if (!selector?.trim()) {
    return () => true;
  }
  const requirements = splitOutsideParentheses(selector).map(parseRequirement);
  return object => {
    const labels = object.metadata.labels ?? {};
    return requirements.every(requirement => satisfies(requirement, labels));
  };
}

const ownFields: Record<string, string[]> = {
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  namespaces: ['status.phase'],
  nodes: ['spec.unschedulable'],
  secrets: ['type'],
  services: ['spec.clusterIP', 'spec.type'],
  'replicasets.apps': ['status.replicas'],
  'jobs.batch': ['status.successful'],
};

function fieldValue(object: KubernetesObject, field: string): string {
  if (field === 'source') {
    return asText(at(object, 'source.component')) ?? '';
  }
  const value = at(object, field);
  if (value === undefined || value === null) {
    return field === 'spec.unschedulable' || field === 'spec.hostNetwork'
      ? 'false'
      : '';
  }
  return String(value);
}

/** Reads a field selector; 400 for a field that the kind does not offer. */
export function parseFieldSelector(
  selector: string | null,
  type: ResourceType,
): Predicate {
  if (!selector?.trim()) {
    return () => true;
  }
  const own = type.custom ? [] : ownFields[storeName(type)];
  const allowed = ['metadata.name', 'metadata.namespace'].concat(own ?? []);
  const terms = selector.split(',').map(part => {
    const match = /^([^=!]+)(==|=|!=)(.*)$/.exec(part.trim());
    if (!match) {
      throw badRequest(
        `invalid selector: '${selector}'; can't understand '${part}'`,
      );
    }
    const [, field, sign, value] = match;
    if (!allowed.includes(field)) {
      throw badRequest(
        own
          ? `field label not supported: ${field}`
          : `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
      );
    }
    return { field, equal: sign !== '!=', value };
  });
  return object =>
    terms.every(
      ({ field, equal, value }) =>
        (fieldValue(object, field) === value) === equal,
    );
}
