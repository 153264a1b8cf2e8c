import {
  createPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';

/** Resource type of what the plugin `orrery` changes. @public */
export const RESOURCE_TYPE_ORRERY_TARGET = 'orrery-target';

const TARGET_SUFFIX = '-target';

/**
 * The plugin whose targets a resource type stands for: `delivery` for
 * `delivery-target`. By this convention policies need not know every plugin.
 *
 * @returns undefined for other resource types
 * @public
 */
export function pluginOfTargets(resourceType: string): string | undefined {
  return resourceType.endsWith(TARGET_SUFFIX) &&
    resourceType.length > TARGET_SUFFIX.length
    ? resourceType.slice(0, -TARGET_SUFFIX.length)
    : undefined;
}

/** Reading clusters and namespaces to choose from. @public */
export const orreryScopeReadPermission = createPermission({
  name: 'orrery.scope.read',
  attributes: { action: 'read' },
});

/** Reading the activity log. @public */
export const orreryActivityReadPermission = createPermission({
  name: 'orrery.activity.read',
  attributes: { action: 'read' },
});

/** The two permissions about second persons. @public */
export type ApprovalPermissions<T extends string = string> = {
  /** Acting without a second person. */
  skip: ResourcePermission<T>;
  /** Approving and rejecting what others asked for. */
  grant: ResourcePermission<T>;
};

/** Ends of the names of {@link ApprovalPermissions}. @public */
export const APPROVAL_PERMISSION_SUFFIXES = {
  skip: '.approval.skip',
  grant: '.approval.grant',
} as const;

/**
 * The permissions about second persons of a plugin's targets:
 * `<plugin>.approval.skip` and `<plugin>.approval.grant`. Where `skip` is
 * denied on a target, a write to it waits for someone with `grant`.
 *
 * @public
 */
export function approvalPermissionsOf<const T extends string>(
  pluginId: string,
  resourceType: T,
): ApprovalPermissions<T> {
  const create = (suffix: string) =>
    createPermission({
      name: `${pluginId}${suffix}`,
      attributes: { action: 'update' },
      resourceType,
    });
  return {
    skip: create(APPROVAL_PERMISSION_SUFFIXES.skip),
    grant: create(APPROVAL_PERMISSION_SUFFIXES.grant),
  };
}

/** `orrery.approval.skip` and `orrery.approval.grant`. @public */
export const orreryApprovalPermissions = approvalPermissionsOf(
  'orrery',
  RESOURCE_TYPE_ORRERY_TARGET,
);

/** Asking for consent to something that several writes will make. @public */
export const orreryConsentPermission = createPermission({
  name: 'orrery.consent.ask',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_ORRERY_TARGET,
});

/** Permissions of the plugin `orrery` that have no target. @public */
export const orreryPermissions = [
  orreryScopeReadPermission,
  orreryActivityReadPermission,
];

/** Permissions of the plugin `orrery` on what it changes. @public */
export const orreryTargetPermissions = [
  orreryConsentPermission,
  orreryApprovalPermissions.skip,
  orreryApprovalPermissions.grant,
];
