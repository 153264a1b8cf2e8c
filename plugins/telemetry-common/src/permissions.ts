import {
  createPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { approvalPermissionsOf } from '@orrery/backstage-plugin-orrery-common';

/** Resource type of what the plugin `telemetry` shows. @public */
export const RESOURCE_TYPE_TELEMETRY_TARGET = 'telemetry-target';

type TelemetryPermission = ResourcePermission<
  typeof RESOURCE_TYPE_TELEMETRY_TARGET
>;

function create(
  name: string,
  action: 'read' | 'update' | 'delete' = 'read',
): TelemetryPermission {
  return createPermission({
    name,
    attributes: { action },
    resourceType: RESOURCE_TYPE_TELEMETRY_TARGET,
  });
}

/** Reading charts and service levels of a service. @public */
export const telemetryMetricsReadPermission = create('telemetry.metrics.read');

/** Reading traces that a service takes part in. @public */
export const telemetryTracesReadPermission = create('telemetry.traces.read');

/** Seeing a service's dashboards and their pictures. @public */
export const telemetryDashboardsReadPermission = create(
  'telemetry.dashboards.read',
);

/** Changing the dashboard that a service has of its own. @public */
export const telemetryDashboardsPermissions = {
  put: create('telemetry.dashboards.put', 'update'),
  delete: create('telemetry.dashboards.delete', 'delete'),
};

/** `telemetry.approval.skip` and `telemetry.approval.grant`. @public */
export const telemetryApprovalPermissions = approvalPermissionsOf(
  'telemetry',
  RESOURCE_TYPE_TELEMETRY_TARGET,
);

/** All permissions of the plugin `telemetry`. @public */
export const telemetryTargetPermissions: TelemetryPermission[] = [
  telemetryMetricsReadPermission,
  telemetryTracesReadPermission,
  telemetryDashboardsReadPermission,
  ...Object.values(telemetryDashboardsPermissions),
  telemetryApprovalPermissions.skip,
  telemetryApprovalPermissions.grant,
];
