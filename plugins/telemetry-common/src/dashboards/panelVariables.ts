import { z } from 'zod';

/** A variable in a dashboard's model. @public */
export const dashboardVariableSchema = z.object({
  name: z.string(),
  type: z.string().default('custom'),
  allValue: z.string().nullish(),
  query: z.unknown().optional(),
  current: z
    .object({ value: z.union([z.string(), z.array(z.string())]).optional() })
    .nullish(),
});

/** @public */
export type DashboardVariable = z.infer<typeof dashboardVariableSchema>;

const NAMESPACES = new Set(['namespace', 'ns', 'exported_namespace', 'dstns']);
const APPS = new Set([
  'app',
  'application',
  'service',
  'svc',
  'workload',
  'deployment',
  'component',
]);

/** What variables of a dashboard are for a service, by their names. @public */
export function variablesOfService(
  variables: readonly DashboardVariable[],
  service: { namespace: string; app: string },
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name, query } of variables) {
    const lower = name.toLocaleLowerCase('en-US');
    // Istio's own dashboards call the host of a service a service.
    const isHost = /destination_service\)/.test(JSON.stringify(query ?? ''));
    if (NAMESPACES.has(lower)) {
      values[name] = service.namespace;
    } else if (lower === 'service' && isHost) {
      values[name] = `${service.app}.${service.namespace}.svc.cluster.local`;
    } else if (APPS.has(lower)) {
      values[name] = service.app;
    }
  }
  return values;
}

/** What variables are in a query: those of the service, otherwise what the dashboard begins with. @public */
export function variablesOfQuery(
  variables: readonly DashboardVariable[],
  service: { namespace: string; app: string },
): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  for (const { name, current, allValue } of variables) {
    const value = current?.value;
    const isAll = [value].flat().includes('$__all');
    if (isAll) {
      values[name] = allValue || '.*';
    } else if (value !== undefined) {
      values[name] = value;
    }
  }
  return { ...values, ...variablesOfService(variables, service) };
}
