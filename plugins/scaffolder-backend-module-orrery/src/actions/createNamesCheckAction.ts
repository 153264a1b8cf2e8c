import { parseEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { prefixCheckSchema } from '@orrery/backstage-plugin-config-center-common';
import {
  serviceNamesSchema,
  type NameCheck,
} from '@orrery/backstage-plugin-delivery-common';
import { z as ownZod } from 'zod';
import type { Compensation } from './compensation';
import { linkSchema } from './createDashboardAction';
import { examplesOf } from './examples';
import { contextOf, type Step, type Tools } from './tools';

type Input = {
  cluster: string;
  namespace: string;
  app: string;
  group?: string;
  host?: string;
  owner?: string;
};

const outcomeSchema = serviceNamesSchema.extend({
  checkedAt: ownZod.string(),
  dashboardUrl: ownZod.string(),
});

function sentence({ what, name, state, reason }: NameCheck): string {
  return `${what} ${name}: ${state}${reason ? ` (${reason})` : ''}`;
}

/** `orrery:names:check` */
export function createNamesCheckAction(tools: Tools) {
  return createTemplateAction({
    id: 'orrery:names:check',
    description:
      'Tells what a service is called in every system, and refuses names that one of them has already, before anything is made. A system that does not answer refuses too.',
    examples: examplesOf('names-check'),
    supportsDryRun: true,
    schema: {
      input: {
        cluster: z => z.string(),
        namespace: z => z.string(),
        app: z => z.string(),
        group: z =>
          z
            .string()
            .describe(
              'Group of its new project; without one, project, job and images are shared with what is there',
            )
            .optional(),
        host: z => z.string().optional(),
        owner: z =>
          z
            .string()
            .describe('Entity ref of its owner, who must be in the catalog')
            .optional(),
      },
      output: {
        system: z => z.string(),
        project: z => z.string(),
        repositoryUrl: z => z.string(),
        job: z => z.string(),
        image: z => z.string().describe('With the registry’s host'),
        consulPrefix: z => z.string(),
        dashboardUrl: z =>
          z
            .string()
            .describe(
              'Where its dashboard will be; empty where Grafana cannot be asked',
            ),
        isProtected: z => z.boolean(),
        compensation: z =>
          z
            .any()
            .describe(
              'Input for orrery:clean-up: deletes the project, if it was made after this check',
            ),
      },
    },
    async handler(ctx) {
      // After a restart, what this task has made must not be in its way.
      const checked = await ctx.checkpoint({
        key: 'names',
        fn: async () => JSON.stringify(await check(tools, ctx)),
      });
      const names = outcomeSchema.parse(JSON.parse(checked));
      ctx.output('system', names.system);
      ctx.output('project', names.project);
      ctx.output('repositoryUrl', names.repositoryUrl ?? '');
      ctx.output('job', names.job);
      ctx.output('image', names.imageRepository ?? names.image);
      ctx.output('consulPrefix', names.consulPrefix);
      ctx.output('dashboardUrl', names.dashboardUrl);
      ctx.output('isProtected', names.isProtected);
      if (ctx.input.group !== undefined) {
        const { cluster, namespace, app } = ctx.input;
        const undo: Compensation = {
          plugin: 'delivery',
          action: 'delete-source-project',
          input: {
            cluster,
            namespace,
            app,
            how: 'delete',
            madeAfter: names.checkedAt,
          },
        };
        ctx.output('compensation', undo);
      }
    },
  });
}

/** @throws InputError where nobody of the catalog would answer for the service */
async function checkOwner(
  { catalog }: Tools,
  owner: string,
  credentials: BackstageCredentials,
): Promise<void> {
  const ref = parseEntityRef(owner, {
    defaultKind: 'group',
    defaultNamespace: 'default',
  });
  const found = await catalog.getEntityByRef(ref, { credentials });
  if (!found || !['Group', 'User'].includes(found.kind)) {
    throw new InputError(
      `owner: expected a group or a person of the catalog, got ${owner}`,
    );
  }
}

/** Asks every system, and refuses what is taken or not known. */
async function check(
  tools: Tools,
  ctx: Step & { input: Input },
): Promise<ownZod.infer<typeof outcomeSchema>> {
  const { cluster, namespace, app, group, host, owner } = ctx.input;
  const { credentials } = await contextOf(ctx);
  if (owner !== undefined) {
    await checkOwner(tools, owner, credentials);
  }
  const checkedAt = new Date().toISOString();
  const place = { cluster, namespace, app };
  const names = await tools.portal.get(
    'delivery',
    `/service-names?${new URLSearchParams({
      ...place,
      ...(host && { host }),
    })}`,
    serviceNamesSchema,
    credentials,
    ctx.signal,
  );
  const prefix = await tools.portal
    .get(
      'config-center',
      `/prefixes/check?${new URLSearchParams(place)}`,
      prefixCheckSchema,
      credentials,
      ctx.signal,
    )
    .then(({ state, keys }) => ({
      state,
      reason: state === 'taken' ? `It has ${keys} keys` : undefined,
    }))
    .catch(error => ({
      state: 'unknown' as const,
      reason: error instanceof Error ? error.message : String(error),
    }));
  const shared = [
    'GitLab project',
    'Jenkins job',
    'Images',
    'Catalog component',
  ];
  const checks: NameCheck[] = [
    ...names.checks.filter(
      ({ what }) => group !== undefined || !shared.includes(what),
    ),
    {
      what: 'Consul prefix',
      name: names.consulPrefix,
      state: prefix.state,
      ...(prefix.reason && { reason: prefix.reason }),
    },
  ];
  checks.forEach(each => ctx.logger.info(sentence(each)));
  // Images outlive their service, and what is built anew has a tag of its own.
  const bad = checks.filter(
    ({ what, state }) => state !== 'free' && what !== 'Images',
  );
  const wanted = group === undefined ? names.project : `${group}/${app}`;
  if (names.project !== wanted) {
    throw new ConflictError(
      `group: expected the group of ${names.project}, which the naming convention gives ${app} in ${namespace}, got ${group}`,
    );
  }
  if (bad.length > 0) {
    const problem = bad.map(sentence).join('; ');
    if (!ctx.isDryRun) {
      throw new ConflictError(`Nothing was made: ${problem}`);
    }
    ctx.logger.warn(`It would end here: ${problem}`);
  }
  const { url: dashboardUrl } = await tools.portal
    .get(
      'telemetry',
      `/service-dashboard?${new URLSearchParams(place)}`,
      linkSchema,
      credentials,
      ctx.signal,
    )
    // A service without a dashboard is no worse for it.
    .catch(() => ({ url: '' }));
  return { ...names, checkedAt, dashboardUrl };
}
