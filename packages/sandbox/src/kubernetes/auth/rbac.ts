import type { MemoryStore } from '../storage/memory-store';
import type { KubernetesObject } from '../store';
import {
  asList,
  asObject,
  asObjects,
  asText,
  type JsonObject,
} from '../values';
import type { User } from './user';

const group = 'rbac.authorization.k8s.io';

/** What somebody wants to do. */
export type Action =
  | {
      verb: string;
      group: string;
      /** Plural, with a subresource as `pods/log`. */
      resource: string;
      namespace?: string;
      name?: string;
    }
  | { verb: string; path: string };

/** A rule that applies to a user. */
export interface PolicyRule {
  verbs: string[];
  apiGroups: string[];
  resources: string[];
  resourceNames: string[];
  nonResourceURLs: string[];
}

function texts(value: unknown): string[] {
  return asList(value).filter(
    (entry): entry is string => typeof entry === 'string',
  );
}

function parseRule(rule: JsonObject): PolicyRule {
  return {
    verbs: texts(rule.verbs),
    apiGroups: texts(rule.apiGroups),
    resources: texts(rule.resources),
    resourceNames: texts(rule.resourceNames),
    nonResourceURLs: texts(rule.nonResourceURLs),
  };
}

function isSubject(subject: JsonObject, user: User): boolean {
  switch (subject.kind) {
    case 'User':
      return subject.name === user.name;
    case 'Group':
      return user.groups.includes(asText(subject.name) ?? '');
    case 'ServiceAccount':
      return (
        user.name ===
        `system:serviceaccount:${subject.namespace}:${subject.name}`
      );
    default:
      return false;
  }
}

function covers(list: string[], value: string): boolean {
  return list.includes('*') || list.includes(value);
}

function coversResource(resources: string[], resource: string): boolean {
  if (covers(resources, resource)) {
    return true;
  }
  const slash = resource.indexOf('/');
  return slash >= 0 && resources.includes(`*${resource.slice(slash)}`);
}

/** Whether a rule lets an action through. */
export function allows(rule: PolicyRule, action: Action): boolean {
  if (!covers(rule.verbs, action.verb)) {
    return false;
  }
  if ('path' in action) {
    return rule.nonResourceURLs.some(url =>
      url.endsWith('*')
        ? action.path.startsWith(url.slice(0, -1))
        : url === action.path,
    );
  }
  return (
    covers(rule.apiGroups, action.group) &&
    coversResource(rule.resources, action.resource) &&
    (rule.resourceNames.length === 0 ||
      (action.name !== undefined && rule.resourceNames.includes(action.name)))
  );
}

/** Decides by the roles and bindings in the store. */
export class RoleAuthorizer {
  readonly #store: MemoryStore;

  constructor(store: MemoryStore) {
    this.#store = store;
  }

  isAllowed(user: User, action: Action): boolean {
    if (user.groups.includes('system:masters')) {
      return true;
    }
    const namespace = 'path' in action ? undefined : action.namespace;
    return this.rulesFor(user, namespace).some(rule => allows(rule, action));
  }

  /** Rules that apply to a user in a namespace, or cluster-wide only. */
  rulesFor(user: User, namespace: string | undefined): PolicyRule[] {
    if (user.groups.includes('system:masters')) {
      return [
        {
          verbs: ['*'],
          apiGroups: ['*'],
          resources: ['*'],
          resourceNames: [],
          nonResourceURLs: [],
        },
        {
          verbs: ['*'],
          apiGroups: [],
          resources: [],
          resourceNames: [],
          nonResourceURLs: ['*'],
        },
      ];
    }
    const bindings = [
      ...this.#store.list(`clusterrolebindings.${group}`),
      ...(namespace
        ? this.#store.list(`rolebindings.${group}`, namespace)
        : []),
    ];
    return bindings
      .filter(binding =>
        asObjects(binding.subjects).some(subject => isSubject(subject, user)),
      )
      .flatMap(binding => this.#rulesOf(binding));
  }

  #rulesOf(binding: KubernetesObject): PolicyRule[] {
    const reference = asObject(binding.roleRef);
    const name = asText(reference.name) ?? '';
    const role =
      reference.kind === 'ClusterRole'
        ? this.#store.get(`clusterroles.${group}`, undefined, name)
        : this.#store.get(`roles.${group}`, binding.metadata.namespace, name);
    return asObjects(role?.rules).map(parseRule);
  }
}
