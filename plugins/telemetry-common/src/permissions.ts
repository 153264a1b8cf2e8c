import {
  createPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';

/** Resource type of what the plugin `telemetry` shows. @public */
export const RESOURCE_TYPE_TELEMETRY_TARGET = 'telemetry-target';

type TelemetryPermission = ResourcePermission<
  typeof RESOURCE_TYPE_TELEMETRY_TARGET
>;

function create(name: string): TelemetryPermission {
  return createPermission({
    name,
    attributes: { action: 'read' },
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

/** All permissions of the plugin `telemetry`. @public */
export const telemetryTargetPermissions: TelemetryPermission[] = [
  telemetryMetricsReadPermission,
  telemetryTracesReadPermission,
  telemetryDashboardsReadPermission,
];
