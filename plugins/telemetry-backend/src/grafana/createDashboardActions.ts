import { createHash } from 'node:crypto';
import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import {
  isProtected,
  type ActionDefinition,
  type OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import {
  putDashboardInputSchema,
  serviceDashboardPlaceSchema,
  telemetryDashboardsPermissions,
} from '@orrery/backstage-plugin-telemetry-common';
import { stringify } from 'yaml';
import type { z } from 'zod';
import {
  uidOf,
  type DashboardPlace,
  type ServiceDashboards,
} from './ServiceDashboards';

type Model = Record<string, unknown>;

/** What Grafana counts by itself. */
const COUNTED = new Set(['id', 'version', 'uid', 'iteration']);

function shown(model: Model | undefined): string {
  return model
    ? stringify(
        Object.fromEntries(
          Object.entries(model)
            .filter(([key]) => !COUNTED.has(key))
            .sort(([left], [right]) => left.localeCompare(right)),
        ),
      )
    : '';
}

function versionOf(model: Model | undefined): string {
  return model
    ? createHash('sha256')
        .update(JSON.stringify(model))
        .digest('hex')
        .slice(0, 32)
    : 'absent';
}

function targetOf({ cluster, namespace, app }: DashboardPlace): string {
  return formatRef({ type: 'service', cluster, namespace, name: app });
}

/** Makes the dashboard of a service, or gives it other content. */
function createPutAction(
  dashboards: ServiceDashboards,
): ActionDefinition<typeof putDashboardInputSchema> {
  const modelOf = (input: z.infer<typeof putDashboardInputSchema>): Model => {
    const tags: unknown = input.dashboard.tags;
    return {
      ...input.dashboard,
      id: null,
      uid: uidOf(input),
      title: input.title,
      tags: [
        ...new Set([...(Array.isArray(tags) ? tags : []), 'orrery', input.app]),
      ],
    };
  };
  return {
    name: 'put-dashboard',
    title: 'Make the dashboard of a service',
    description:
      'Makes the one dashboard that a service has of its own in the cluster’s Grafana, or gives it this content.',
    input: putDashboardInputSchema,
    permission: telemetryDashboardsPermissions.put,
    // Nothing that runs changes.
    approvable: false,
    target: targetOf,

    async preview(input) {
      const before = await dashboards.read(input);
      return {
        target: targetOf(input),
        summary: before
          ? `Change the dashboard ${input.title}`
          : `Make the dashboard ${input.title}`,
        before: shown(before),
        after: shown(modelOf(input)),
        blastRadius: { sentences: [] },
        resourceVersion: versionOf(before),
        warnings: [],
      };
    },

    async run(input, { actor, reason }) {
      await dashboards.write(input, modelOf(input), `${actor}: ${reason}`);
      return { message: `Grafana took the dashboard ${input.title}` };
    },

    async verify(input) {
      return (await dashboards.read(input))
        ? { state: 'succeeded', message: 'The dashboard is there' }
        : { state: 'failed', message: 'Grafana does not have the dashboard' };
    },

    undo: () =>
      'Delete the dashboard, or restore its version before in Grafana.',
  };
}

/** Takes the dashboard of a service away. */
function createDeleteAction(
  dashboards: ServiceDashboards,
  config: OrreryConfig,
): ActionDefinition<typeof serviceDashboardPlaceSchema> {
  return {
    name: 'delete-dashboard',
    title: 'Delete the dashboard of a service',
    description:
      'Takes away the one dashboard that a service has of its own. Others stay.',
    input: serviceDashboardPlaceSchema,
    permission: telemetryDashboardsPermissions.delete,
    target: targetOf,

    async preview(input) {
      const before = await dashboards.read(input);
      const { cluster, namespace, app } = input;
      return {
        target: targetOf(input),
        summary: before
          ? `Delete the dashboard of ${app}`
          : `The dashboard of ${app} is gone already`,
        before: shown(before),
        after: '',
        blastRadius: { sentences: [] },
        resourceVersion: versionOf(before),
        ...(before &&
          isProtected(config, cluster, namespace) && {
            typedConfirmation: app,
          }),
        warnings: [],
      };
    },

    async run(input) {
      await dashboards.delete(input);
      return { message: `Grafana let the dashboard of ${input.app} go` };
    },

    async verify(input) {
      return (await dashboards.read(input))
        ? { state: 'failed', message: 'Grafana still has the dashboard' }
        : { state: 'succeeded', message: 'The dashboard is gone' };
    },

    undo: () => 'Make it again from the text before.',
  };
}

/** Actions on the dashboards of services. */
export function createDashboardActions(
  dashboards: ServiceDashboards,
  config: OrreryConfig,
): ActionDefinition[] {
  return [createPutAction(dashboards), createDeleteAction(dashboards, config)];
}
