import { createConditionExports } from '@backstage/plugin-permission-node';
import {
  isInCluster,
  isInNamespace,
  isOwnedBy,
  meshAppResourceRef,
} from './rules';

const exported = createConditionExports({
  resourceRef: meshAppResourceRef,
  rules: { isInCluster, isInNamespace, isOwnedBy },
});

/**
 * Conditions for permission policies, such as
 * `meshConditions.isOwnedBy({ claims: user.info.ownershipEntityRefs })`.
 *
 * @public
 */
export const meshConditions = exported.conditions;

/**
 * Makes the decision of a policy about the mesh from conditions.
 *
 * @public
 */
export const createMeshConditionalDecision = exported.createConditionalDecision;
