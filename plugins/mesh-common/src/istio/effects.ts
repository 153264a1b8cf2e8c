import { z } from 'zod';
import type { Feature } from '../schema/graph';

/** What an object does to traffic to a host. @public */
export type Effect = Omit<Feature, 'object'> & { host: string };

const destinationSchema = z.object({
  destination: z
    .object({ host: z.string(), subset: z.string().optional() })
    .optional(),
  weight: z.number().optional(),
});

const percentSchema = z.object({ value: z.number().optional() }).optional();

const httpSchema = z.object({
  match: z.array(z.unknown()).optional(),
  route: z.array(destinationSchema).optional(),
  timeout: z.string().optional(),
  retries: z.object({ attempts: z.number().optional() }).optional(),
  mirror: z.object({ host: z.string().optional() }).optional(),
  mirrors: z.array(z.unknown()).optional(),
  mirrorPercentage: percentSchema,
  fault: z
    .object({
      delay: z
        .object({
          fixedDelay: z.string().optional(),
          percentage: percentSchema,
        })
        .optional(),
      abort: z
        .object({
          httpStatus: z.number().optional(),
          grpcStatus: z.string().optional(),
          percentage: percentSchema,
        })
        .optional(),
    })
    .optional(),
});

const virtualServiceSchema = z.object({
  hosts: z.array(z.string()).optional(),
  http: z.array(httpSchema).optional(),
  tcp: z
    .array(z.object({ route: z.array(destinationSchema).optional() }))
    .optional(),
});

const policySchema = z
  .object({
    connectionPool: z.unknown().optional(),
    outlierDetection: z.unknown().optional(),
  })
  .optional();

const destinationRuleSchema = z.object({
  host: z.string().optional(),
  trafficPolicy: policySchema,
  subsets: z
    .array(z.object({ name: z.string(), trafficPolicy: policySchema }))
    .optional(),
});

type Http = z.infer<typeof httpSchema>;

/** Istio takes a fault without a percentage as one of every request. */
function percent(of: { value?: number } | undefined): string {
  return `${of?.value ?? 100} %`;
}

function shares(routes: readonly z.infer<typeof destinationSchema>[]): string {
  return routes
    .map(({ destination, weight = 0 }) => {
      const to = destination?.subset ?? destination?.host ?? 'unknown';
      return `${weight} % to ${to}`;
    })
    .join(', ');
}

function httpEffects(http: Http): Omit<Effect, 'host'>[] {
  const { delay, abort } = http.fault ?? {};
  const routes = http.route ?? [];
  const effects: Omit<Effect, 'host'>[] = [];
  if (http.match && http.match.length > 0) {
    effects.push({ name: 'request-routing' });
  }
  if (routes.length > 1) {
    effects.push({ name: 'traffic-shifting', summary: shares(routes) });
  }
  if (delay) {
    effects.push({
      name: 'fault-injection',
      summary: `delays ${percent(delay.percentage)} by ${
        delay.fixedDelay ?? 'an unknown time'
      }`,
    });
  }
  if (abort) {
    effects.push({
      name: 'fault-injection',
      summary: `aborts ${percent(abort.percentage)} with ${
        abort.httpStatus ?? abort.grpcStatus ?? 'an unknown status'
      }`,
    });
  }
  if (http.mirror || (http.mirrors && http.mirrors.length > 0)) {
    effects.push({
      name: 'mirroring',
      summary: `${percent(http.mirrorPercentage)} to ${
        http.mirror?.host ?? 'several hosts'
      }`,
    });
  }
  if (http.timeout && http.timeout !== '0s') {
    effects.push({ name: 'request-timeout', summary: `after ${http.timeout}` });
  }
  if (http.retries?.attempts) {
    effects.push({
      name: 'retries',
      summary: `${http.retries.attempts} attempts`,
    });
  }
  return effects;
}

/** Hosts that a route is about: those it is for, and those it leads to. */
function hostsOf(
  own: readonly string[],
  routes: readonly z.infer<typeof destinationSchema>[],
): string[] {
  return [
    ...new Set([
      ...own,
      ...routes.flatMap(({ destination }) => destination?.host ?? []),
    ]),
  ];
}

function virtualServiceEffects(spec: unknown): Effect[] {
  const parsed = virtualServiceSchema.safeParse(spec);
  if (!parsed.success) {
    return [];
  }
  const { hosts = [], http = [], tcp = [] } = parsed.data;
  const all = hostsOf(
    hosts,
    [...http, ...tcp].flatMap(({ route }) => route ?? []),
  );
  return [
    ...all.map((host): Effect => ({ host, name: 'virtual-service' })),
    ...http.flatMap(route =>
      hostsOf(hosts, route.route ?? []).flatMap(host =>
        httpEffects(route).map(effect => ({ ...effect, host })),
      ),
    ),
    ...tcp.flatMap(({ route = [] }) =>
      route.length > 1
        ? hostsOf(hosts, route).map(
            (host): Effect => ({
              host,
              name: 'tcp-traffic-shifting',
              summary: shares(route),
            }),
          )
        : [],
    ),
  ];
}

function destinationRuleEffects(spec: unknown): Effect[] {
  const parsed = destinationRuleSchema.safeParse(spec);
  if (!parsed.success || parsed.data.host === undefined) {
    return [];
  }
  const { host, trafficPolicy, subsets = [] } = parsed.data;
  const breaks = (policy: typeof trafficPolicy) =>
    policy?.connectionPool !== undefined ||
    policy?.outlierDetection !== undefined;
  const where = [
    ...(breaks(trafficPolicy) ? ['all subsets'] : []),
    ...subsets
      .filter(subset => breaks(subset.trafficPolicy))
      .map(({ name }) => `subset ${name}`),
  ];
  return where.map(
    (summary): Effect => ({ host, name: 'circuit-breaker', summary }),
  );
}

/**
 * What an Istio object does to traffic, by the host that it does it to.
 * Objects that cannot be read do nothing that we could tell.
 *
 * @public
 */
export function effectsOf(kind: string, spec: unknown): Effect[] {
  switch (kind) {
    case 'VirtualService':
      return virtualServiceEffects(spec);
    case 'DestinationRule':
      return destinationRuleEffects(spec);
    default:
      return [];
  }
}
