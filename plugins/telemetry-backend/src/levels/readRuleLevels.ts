import type {
  ClusterClient,
  KubernetesObject,
  ResourceType,
} from '@orrery/backstage-plugin-orrery-node';
import {
  quotePromql,
  type DeclaredLevel,
} from '@orrery/backstage-plugin-telemetry-common';
import { z } from 'zod';

/** The Prometheus operator's rules. */
export const PROMETHEUS_RULES: ResourceType = {
  group: 'monitoring.coreos.com',
  version: 'v1',
  plural: 'prometheusrules',
  namespaced: true,
};

/** A level of a rule, with the expression of its share of bad requests. */
export type RuleLevel = DeclaredLevel & {
  badShareOf: (window: string) => string;
};

const specSchema = z.object({
  groups: z
    .array(
      z.object({
        rules: z
          .array(
            z.object({
              record: z.string().optional(),
              expr: z.union([z.string(), z.number()]),
              labels: z.record(z.string(), z.string()).optional(),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
});

/** Sloth's recording rules (https://sloth.dev): an objective, and its errors by window. */
const OBJECTIVE = 'slo:objective:ratio';
const SERVICE = 'sloth_service';
const WINDOW_DAYS = 30;

/** Levels that a PrometheusRule holds for an app. */
export function levelsOfRule(rule: KubernetesObject, app: string): RuleLevel[] {
  const spec = specSchema.safeParse(rule.spec);
  const rules = spec.success
    ? (spec.data.groups ?? []).flatMap(group => group.rules ?? [])
    : [];
  return rules.flatMap(({ record, expr, labels = {} }): RuleLevel[] => {
    const objective = Number(
      /^\s*vector\((0?\.\d+)\)\s*$/.exec(String(expr))?.[1],
    );
    const name = labels.sloth_slo;
    if (
      record !== OBJECTIVE ||
      labels[SERVICE] !== app ||
      !name ||
      !(objective > 0 && objective < 1)
    ) {
      return [];
    }
    const selector = `${SERVICE}=${quotePromql(app)},sloth_slo=${quotePromql(
      name,
    )}`;
    return [
      {
        id: `${rule.metadata.name}/${name}`,
        kind: /latency|duration|slow/.test(name) ? 'latency' : 'availability',
        objective,
        windowDays: WINDOW_DAYS,
        origin: `PrometheusRule ${rule.metadata.namespace}/${rule.metadata.name}`,
        badShareOf: window =>
          `max(slo:sli_error:ratio_rate${window}{${selector}})`,
      },
    ];
  });
}

/** Levels in rules of a namespace; none where the operator is not installed. */
export async function readRuleLevels(
  client: ClusterClient,
  service: { cluster: string; namespace: string; app: string },
): Promise<RuleLevel[]> {
  const { cluster, namespace, app } = service;
  try {
    const { items } = await client.list(cluster, PROMETHEUS_RULES, {
      namespace,
    });
    return items.flatMap(rule => levelsOfRule(rule, app));
  } catch {
    // The kind is missing in most clusters, and may be forbidden: annotations are enough.
    return [];
  }
}
