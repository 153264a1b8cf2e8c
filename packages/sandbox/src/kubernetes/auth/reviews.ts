import { invalid } from '../http/status-error';
import { invalidValue } from '../validation/cause';
import { asList, asObject, asText, type JsonObject } from '../values';
import type { TokenAuthenticator } from './authenticate';
import type { Action, RoleAuthorizer } from './rbac';
import type { User } from './user';

function actionOf(spec: JsonObject, namespace?: string): Action | undefined {
  const attributes = asObject(spec.resourceAttributes);
  if (spec.resourceAttributes !== undefined) {
    const subresource = asText(attributes.subresource);
    const resource = asText(attributes.resource) ?? '';
    return {
      verb: asText(attributes.verb) ?? '',
      group: asText(attributes.group) ?? '',
      resource: subresource ? `${resource}/${subresource}` : resource,
      namespace: asText(attributes.namespace) || namespace,
      name: asText(attributes.name) || undefined,
    };
  }
  const path = asObject(spec.nonResourceAttributes);
  return spec.nonResourceAttributes === undefined
    ? undefined
    : { verb: asText(path.verb) ?? '', path: asText(path.path) ?? '' };
}

function textsOf(value: unknown): string[] {
  return asList(value).filter(
    (entry): entry is string => typeof entry === 'string',
  );
}

/** What a review is answered from. */
export interface ReviewContext {
  user: User;
  authorizer: RoleAuthorizer;
  authenticator: TokenAuthenticator;
  /** Namespace of a review posted inside one. */
  namespace?: string;
}

function accessStatus(
  { authorizer, namespace }: ReviewContext,
  subject: User,
  spec: JsonObject,
): JsonObject {
  const action = actionOf(spec, namespace);
  if (!action) {
    throw invalid('authorization.k8s.io', '', '', [
      invalidValue(
        'spec.resourceAttributes',
        null,
        'exactly one of nonResourceAttributes or resourceAttributes must be specified',
      ),
    ]);
  }
  return { allowed: authorizer.isAllowed(subject, action) };
}

function rulesStatus(
  { user, authorizer }: ReviewContext,
  spec: JsonObject,
): JsonObject {
  const rules = authorizer.rulesFor(user, asText(spec.namespace));
  return {
    resourceRules: rules
      .filter(rule => rule.resources.length > 0)
      .map(({ verbs, apiGroups, resources, resourceNames }) => ({
        verbs,
        apiGroups,
        resources,
        ...(resourceNames.length ? { resourceNames } : {}),
      })),
    nonResourceRules: rules
      .filter(rule => rule.nonResourceURLs.length > 0)
      .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
    incomplete: false,
  };
}

/** Answers a review: the question with its `status` filled in. */
export function answerReview(
  context: ReviewContext,
  kind: string,
  body: JsonObject,
): JsonObject {
  const spec = asObject(body.spec);
  const { user } = context;
  switch (kind) {
    case 'SelfSubjectAccessReview':
      return { ...body, status: accessStatus(context, user, spec) };
    case 'SubjectAccessReview':
    case 'LocalSubjectAccessReview': {
      const subject = {
        name: asText(spec.user) ?? '',
        groups: textsOf(spec.groups),
      };
      return { ...body, status: accessStatus(context, subject, spec) };
    }
    case 'SelfSubjectRulesReview':
      return { ...body, status: rulesStatus(context, spec) };
    case 'SelfSubjectReview':
      return {
        ...body,
        status: { userInfo: { username: user.name, groups: user.groups } },
      };
    default: {
      const known = context.authenticator.lookUp(asText(spec.token) ?? '');
      return {
        ...body,
        status: known
          ? {
              authenticated: true,
              user: { username: known.name, groups: known.groups },
            }
          : { authenticated: false, error: 'the token is not known' },
      };
    }
  }
}
