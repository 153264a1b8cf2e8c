import {
  createPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { approvalPermissionsOf } from '@orrery/backstage-plugin-orrery-common';

/** Resource type of what the plugin `delivery` shows and changes. @public */
export const RESOURCE_TYPE_DELIVERY_TARGET = 'delivery-target';

type DeliveryPermission = ResourcePermission<
  typeof RESOURCE_TYPE_DELIVERY_TARGET
>;

function create(
  name: string,
  action: 'read' | 'update' | 'delete' | 'create' = 'update',
): DeliveryPermission {
  return createPermission({
    name,
    attributes: { action },
    resourceType: RESOURCE_TYPE_DELIVERY_TARGET,
  });
}

/** Seeing workloads, their pods and events. @public */
export const deliveryWorkloadReadPermission = create(
  'delivery.workload.read',
  'read',
);

/** Seeing releases and the numbers of delivery. @public */
export const deliveryReleaseReadPermission = create(
  'delivery.release.read',
  'read',
);

/** Permissions of actions on workloads, by what they allow. @public */
export const deliveryWorkloadPermissions = {
  deploy: create('delivery.workload.deploy'),
  scale: create('delivery.workload.scale'),
  restart: create('delivery.workload.restart'),
  pause: create('delivery.workload.pause'),
  resume: create('delivery.workload.resume'),
  resources: create('delivery.workload.resources'),
  probes: create('delivery.workload.probes'),
  environment: create('delivery.workload.environment'),
  rollBack: create('delivery.workload.roll-back'),
  propose: create('delivery.workload.propose'),
  withdrawProposal: create('delivery.workload.withdraw-proposal'),
  deletePod: create('delivery.pod.delete', 'delete'),
  runCronJob: create('delivery.cron-job.run', 'create'),
  scanImage: create('delivery.image.scan', 'create'),
};

/** Permissions of what a service as a whole is made of. @public */
export const deliveryServicePermissions = {
  apply: create('delivery.service.apply', 'create'),
  delete: create('delivery.service.delete', 'delete'),
};

/** Permissions of builds, jobs, projects and images. @public */
export const deliveryBuildPermissions = {
  start: create('delivery.build.start', 'create'),
  abort: create('delivery.build.abort'),
  cancel: create('delivery.build.cancel'),
  createJob: create('delivery.build-job.create', 'create'),
  deleteJob: create('delivery.build-job.delete', 'delete'),
  createProject: create('delivery.image-project.create', 'create'),
  sourceHook: create('delivery.source-hook.update'),
  deleteSource: create('delivery.source.delete', 'delete'),
};

/** Seeing builds, their logs, commits and images. @public */
export const deliveryBuildReadPermission = create(
  'delivery.build.read',
  'read',
);

/** Seeing canaries, with their figures and logs. @public */
export const deliveryCanaryReadPermission = create(
  'delivery.canary.read',
  'read',
);

/** Permissions of actions on canaries, one per verb. @public */
export const deliveryCanaryPermissions = {
  start: create('delivery.canary.start', 'create'),
  promote: create('delivery.canary.promote'),
  'promote-full': create('delivery.canary.promote-full'),
  pause: create('delivery.canary.pause'),
  resume: create('delivery.canary.resume'),
  'skip-step': create('delivery.canary.skip-step'),
  abort: create('delivery.canary.abort'),
  retry: create('delivery.canary.retry'),
  approve: create('delivery.canary.approve'),
  reject: create('delivery.canary.reject'),
  'set-weight': create('delivery.canary.set-weight'),
  undo: create('delivery.canary.undo'),
  restart: create('delivery.canary.restart'),
};

/** `delivery.approval.skip` and `delivery.approval.grant`. @public */
export const deliveryApprovalPermissions = approvalPermissionsOf(
  'delivery',
  RESOURCE_TYPE_DELIVERY_TARGET,
);

/** Permissions of the plugin `delivery` on workloads and releases. @public */
export const deliveryTargetPermissions: DeliveryPermission[] = [
  deliveryWorkloadReadPermission,
  deliveryReleaseReadPermission,
  deliveryCanaryReadPermission,
  deliveryBuildReadPermission,
  ...Object.values(deliveryWorkloadPermissions),
  ...Object.values(deliveryServicePermissions),
  ...Object.values(deliveryBuildPermissions),
  ...Object.values(deliveryCanaryPermissions),
  deliveryApprovalPermissions.skip,
  deliveryApprovalPermissions.grant,
];
