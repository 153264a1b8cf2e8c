import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { exposureManifest } from '../manifests/exposure';
import { readOneManifest } from '../manifests/readOneManifest';
import { applyOne } from './applyOne';
import { examplesOf } from './examples';
import { CONSENT, type Tools } from './tools';

/** `orrery:mesh:expose` */
export function createMeshExposeAction(tools: Tools) {
  return createTemplateAction({
    id: 'orrery:mesh:expose',
    description:
      'Serves a service at a host of the mesh’s gateway by a VirtualService, with a timeout and retries.',
    examples: examplesOf('mesh-expose'),
    supportsDryRun: true,
    schema: {
      input: {
        consent: z => z.string().describe(CONSENT).optional(),
        cluster: z => z.string(),
        namespace: z => z.string(),
        service: z => z.string().describe('Name of the service and its app'),
        port: z => z.number().describe('Port of the Service'),
        host: z => z.string().describe('Host that people call'),
        gateway: z =>
          z.string().describe('The mesh’s gateway, as namespace/name'),
        path: z =>
          z
            .string()
            .describe(
              'A VirtualService in the workspace that serves the host, in place of what follows',
            )
            .optional(),
        timeout: z =>
          z.string().describe('Such as 10s, the default').optional(),
        retries: z => z.number().describe('2 by default').optional(),
      },
      output: {
        url: z => z.string().describe('Where it is served'),
        compensation: z => z.any().describe('Input for orrery:clean-up'),
      },
    },
    async handler(ctx) {
      const { cluster, namespace, service, host } = ctx.input;
      const { timeout = '10s', retries = 2, path, ...exposure } = ctx.input;
      const route =
        path === undefined
          ? exposureManifest({ ...exposure, timeout, retries })
          : await readOneManifest(ctx.workspacePath, path, 'VirtualService');
      const hosts: unknown = Reflect.get(Object(route.spec), 'hosts');
      if (!Array.isArray(hosts) || !hosts.includes(host)) {
        throw new InputError(`path: expected a VirtualService of ${host}`);
      }
      const undo = await applyOne(
        tools,
        ctx,
        { cluster, namespace, app: service },
        route,
      );
      ctx.output('url', `http://${host}`);
      if (undo) {
        ctx.output('compensation', undo);
      }
    },
  });
}
