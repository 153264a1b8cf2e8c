import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { exposureManifest } from '../manifests/exposure';
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
      const { timeout = '10s', retries = 2, ...exposure } = ctx.input;
      const undo = await applyOne(
        tools,
        ctx,
        { cluster, namespace, app: service },
        exposureManifest({ ...exposure, timeout, retries }),
      );
      ctx.output('url', `http://${host}`);
      if (undo) {
        ctx.output('compensation', undo);
      }
    },
  });
}
