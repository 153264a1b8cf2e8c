import { z } from 'zod';
import type { PlanContext } from './context';

const routeObjectSchema = z.object({
  name: z.string(),
  /** Whether a plan makes it, and takes it away again. */
  isMade: z.boolean(),
});

/**
 * The object that shares out a Service's requests between two versions, and
 * what it tells them apart by.
 *
 * @public
 */
export const planRoutingSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('VirtualService'),
    /** Name of the Service whose requests are shared out. */
    service: z.string(),
    virtualService: routeObjectSchema,
    /** It has a subset for each version. */
    destinationRule: routeObjectSchema,
    subsets: z.object({ stable: z.string(), canary: z.string() }),
  }),
  z.object({
    kind: z.literal('HTTPRoute'),
    service: z.string(),
    httpRoute: z.object({ name: z.string() }),
    /** Names of the Services that have one version each. */
    services: z.object({ stable: z.string(), canary: z.string() }),
  }),
]);

/** @public */
export type PlanRouting = z.infer<typeof planRoutingSchema>;

/** By what a plan shares out requests. @public */
export function routingOf(context: PlanContext): PlanRouting {
  const { service } = context;
  if ('httpRoute' in context) {
    return {
      kind: 'HTTPRoute',
      service,
      httpRoute: { name: context.httpRoute.name },
      services: {
        stable: context.services.stable.name,
        canary: context.services.canary.name,
      },
    };
  }
  const { virtualService, destinationRule, subsets } = context;
  return {
    kind: 'VirtualService',
    service,
    virtualService: {
      name: virtualService.name,
      isMade: virtualService.originalRoutes === undefined,
    },
    destinationRule: {
      name: destinationRule.name,
      isMade: destinationRule.isMade,
    },
    subsets,
  };
}

function inWords(
  kind: string,
  { name, isMade }: z.infer<typeof routeObjectSchema>,
) {
  return isMade
    ? `${kind} ${name} (made for the canary, removed after it)`
    : `${kind} ${name}`;
}

/** The same in a sentence. @public */
export function routingInWords(routing: PlanRouting): string {
  const { service } = routing;
  if (routing.kind === 'HTTPRoute') {
    const { httpRoute, services } = routing;
    return `HTTPRoute ${httpRoute.name} shares out the requests to Service ${service}, between Services ${services.stable} and ${services.canary}.`;
  }
  const { virtualService, destinationRule, subsets } = routing;
  return `${inWords(
    'VirtualService',
    virtualService,
  )} shares out the requests to Service ${service}, between the subsets ${
    subsets.stable
  } and ${subsets.canary} of ${inWords('DestinationRule', destinationRule)}.`;
}
