import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { examplesOf } from './examples';
import { CONSENT, perform, type Tools } from './tools';

/** `orrery:registry:project` */
export function createRegistryProjectAction(tools: Tools) {
  return createTemplateAction({
    id: 'orrery:registry:project',
    description:
      'Makes the project that the images of a service are pushed to, where the registry wants one (Harbor). Others make room by themselves.',
    examples: examplesOf('registry-project'),
    supportsDryRun: true,
    schema: {
      input: {
        consent: z => z.string().describe(CONSENT).optional(),
        cluster: z => z.string(),
        namespace: z => z.string(),
        app: z => z.string(),
      },
    },
    async handler(ctx) {
      const { cluster, namespace, app } = ctx.input;
      // A project is its system's, and stays when one service is taken back.
      await perform(tools, ctx, {
        plugin: 'delivery',
        action: 'create-image-project',
        input: { cluster, namespace, app },
        typed: app,
      });
    },
  });
}
