import { InputError, NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { configTreeSchema } from '@orrery/backstage-plugin-config-center-common';
import {
  serviceInventorySchema,
  sourceGroupsSchema,
  workloadDetailsSchema,
  workloadListSchema,
  type WorkloadContainer,
  type WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';
import type { ZodType } from 'zod';
import { entityFacts, type EntityFacts } from './entityFacts';
import { examplesOf } from './examples';
import { contextOf, type Step, type Tools } from './tools';

type Place = { cluster: string; namespace: string; app: string };

/** Kinds that run until somebody stops them, and so can be a service. */
const LASTING = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'];

/** The workload that runs the app: the one that is named, or the only one. */
function choose(
  found: readonly WorkloadSummary[],
  { cluster, namespace, app }: Place,
  wanted: string | undefined,
): WorkloadSummary {
  const lasting = found.filter(({ kind }) => LASTING.includes(kind));
  const keyOf = ({ kind, name }: WorkloadSummary) => `${kind}/${name}`;
  const names = lasting.map(keyOf).join(', ');
  const place = `app ${app} in ${namespace} of ${cluster}`;
  if (lasting.length === 0) {
    throw new NotFoundError(`There is no workload of the ${place}`);
  }
  const [chosen, ...more] = wanted
    ? lasting.filter(item => keyOf(item) === wanted)
    : lasting;
  if (!chosen) {
    throw new InputError(
      `workload: expected one of the ${place} (${names}), got ${wanted}`,
    );
  }
  if (more.length > 0) {
    throw new InputError(
      `workload: expected which of the ${place} is meant: ${names}`,
    );
  }
  return chosen;
}

/** The container that is the app, and not the mesh's or a helper's. */
function ownContainer(
  containers: readonly WorkloadContainer[],
  app: string,
): WorkloadContainer | undefined {
  const own = containers.filter(({ isInit }) => !isInit);
  return own.find(({ name }) => name === app) ?? own.at(0);
}

/** Why a service is refused of which something must be known. */
const UNKNOWN = {
  component: 'the catalog has no component for it: adopt it first',
  repository: 'no project of GitLab is known for it',
  port: 'its container declares no port: say which it listens on',
} as const;

/** `orrery:service:read` */
export function createServiceReadAction(tools: Tools) {
  return createTemplateAction({
    id: 'orrery:service:read',
    description:
      'Reads what runs of a service, and what the catalog and Consul know of it: for templates that adopt or clone one. Refuses where nothing runs. Secrets are left out.',
    examples: examplesOf('service-read'),
    supportsDryRun: true,
    schema: {
      input: {
        cluster: z => z.string(),
        namespace: z => z.string(),
        app: z => z.string(),
        workload: z =>
          z
            .string()
            .describe('Such as Deployment/coupon, where there are several')
            .optional(),
        needs: z =>
          z
            .array(z.enum(['component', 'repository', 'port']))
            .describe('What must be known of it: others are refused')
            .optional(),
        port: z =>
          z
            .number()
            .describe('What it listens on, where its container does not say')
            .optional(),
        config: z =>
          z
            .boolean()
            .describe('Also read its keys in Consul, without secrets')
            .optional(),
        with: z =>
          z
            .record(z.string())
            .describe('Texts by key that replace those of Consul')
            .optional(),
      },
      output: {
        workload: z => z.string().describe('Such as Deployment/coupon'),
        image: z => z.string().describe('With its tag or digest'),
        port: z =>
          z.number().describe('The first that it listens on').optional(),
        language: z => z.string().describe('`unknown` where nothing says it'),
        entityRef: z => z.string().optional(),
        owner: z => z.string().optional(),
        description: z => z.string().optional(),
        project: z => z.string().describe('Of GitLab').optional(),
        gitlabHost: z => z.string().optional(),
        config: z => z.record(z.string()).describe('Texts by key'),
      },
    },
    async handler(ctx) {
      const { cluster, namespace, app, workload } = ctx.input;
      const place = { cluster, namespace, app };
      const { items } = await ask(
        tools,
        ctx,
        'delivery',
        `/workloads?${new URLSearchParams({
          cluster,
          namespaces: namespace,
          app,
        })}`,
        workloadListSchema,
      );
      const chosen = choose(items, place, workload);
      const { containers } = await ask(
        tools,
        ctx,
        'delivery',
        `/workloads/${encodeURIComponent(chosen.ref)}`,
        workloadDetailsSchema,
      );
      const own = ownContainer(containers, app);
      if (!own) {
        throw new NotFoundError(`${chosen.ref} has no containers`);
      }
      const { entityRef, project } = await ask(
        tools,
        ctx,
        'delivery',
        `/service-inventory?${new URLSearchParams(place)}`,
        serviceInventorySchema,
      );
      const facts = await readEntity(tools, ctx, entityRef);
      const gitlabHost = await readGitLabHost(tools, ctx);
      const known = {
        component: facts,
        repository: gitlabHost && (facts?.project ?? project),
        port: ctx.input.port ?? own.ports?.at(0),
      };
      for (const need of ctx.input.needs ?? []) {
        if (known[need] === undefined) {
          throw new NotFoundError(`${app} in ${namespace}: ${UNKNOWN[need]}`);
        }
      }
      ctx.logger.info(`${chosen.ref} runs ${own.image}`);
      ctx.output('workload', `${chosen.kind}/${chosen.name}`);
      // What names neither is the latest, which is said from here on.
      ctx.output(
        'image',
        own.tag || own.digest ? own.image : `${own.image}:latest`,
      );
      ctx.output('port', known.port);
      ctx.output('language', facts?.language ?? 'unknown');
      ctx.output('entityRef', entityRef);
      ctx.output('owner', facts?.owner);
      ctx.output('description', facts?.description);
      ctx.output('project', facts?.project ?? project);
      ctx.output('gitlabHost', gitlabHost);
      ctx.output('config', {
        ...(ctx.input.config && (await readConfig(tools, ctx, place))),
        ...ctx.input.with,
      });
    },
  });
}

async function ask<T>(
  { portal }: Tools,
  ctx: Step,
  plugin: string,
  path: string,
  schema: ZodType<T>,
): Promise<T> {
  const { credentials, signal } = await contextOf(ctx);
  return portal.get(plugin, path, schema, credentials, signal);
}

/** Host of GitLab as templates address it; undefined where none answers. */
async function readGitLabHost(
  tools: Tools,
  ctx: Step,
): Promise<string | undefined> {
  try {
    const groups = '/source-groups';
    return (await ask(tools, ctx, 'delivery', groups, sourceGroupsSchema)).host;
  } catch {
    return undefined;
  }
}

/** What the catalog says of the service to whoever runs the template. */
async function readEntity(
  tools: Tools,
  ctx: Step,
  entityRef: string | undefined,
): Promise<EntityFacts | undefined> {
  if (!entityRef) {
    return undefined;
  }
  const { credentials } = await contextOf(ctx);
  const entity = await tools.catalog.getEntityByRef(entityRef, { credentials });
  return entity && entityFacts(entity);
}

/** Texts of a service in Consul, without those that are masked for being secret. */
async function readConfig(
  tools: Tools,
  ctx: Step,
  { cluster, namespace, app }: Place,
): Promise<Record<string, string>> {
  const service = `${cluster}/${namespace}/service/${app}`;
  const { entries } = await ask(
    tools,
    ctx,
    'config-center',
    `/tree?${new URLSearchParams({ service, values: 'true' })}`,
    configTreeSchema,
  );
  const left = entries.filter(
    ({ hasSecret, text }) => hasSecret || text === undefined,
  );
  if (left.length > 0) {
    ctx.logger.warn(
      `Secrets and what is no text are not read: ${left
        .map(({ key }) => key)
        .join(', ')}`,
    );
  }
  return Object.fromEntries(
    entries.flatMap(({ key, text, hasSecret }) =>
      text === undefined || hasSecret ? [] : [[key, text]],
    ),
  );
}
