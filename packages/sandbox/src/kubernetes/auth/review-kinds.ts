import { defineKind } from '../resources/define';
import type { ResourceType } from '../resources/resource';

const review = (group: string, kind: string, namespaced = false) =>
  defineKind(group, ['v1'], kind, { verbs: ['create'], namespaced });

/** Kinds that are questions: they are posted, answered and never stored. */
export const reviewKinds: readonly ResourceType[] = [
  review('authorization.k8s.io', 'SelfSubjectAccessReview'),
  review('authorization.k8s.io', 'SelfSubjectRulesReview'),
  review('authorization.k8s.io', 'SubjectAccessReview'),
  review('authorization.k8s.io', 'LocalSubjectAccessReview', true),
  review('authentication.k8s.io', 'SelfSubjectReview'),
  review('authentication.k8s.io', 'TokenReview'),
];
