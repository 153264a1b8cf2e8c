import { stringifyEntityRef } from '@backstage/catalog-model';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { examplesOf } from './examples';
import type { Tools } from './tools';

/** `orrery:catalog:register` */
export function createRegisterAction({ catalog }: Pick<Tools, 'catalog'>) {
  return createTemplateAction({
    id: 'orrery:catalog:register',
    description:
      'Puts the entities of a file into the catalog. A file that is there already stays, so that a step that was cut off can be done again.',
    examples: examplesOf('catalog-register'),
    supportsDryRun: true,
    schema: {
      input: {
        url: z => z.string().describe('Of the catalog-info.yaml'),
      },
      output: {
        entityRef: z => z.string().describe('Of its first component'),
      },
    },
    async handler(ctx) {
      const location = { type: 'url', target: ctx.input.url };
      if (ctx.isDryRun) {
        // Where the repository will be is not known before it is made.
        const file = location.target.split('/').at(-1);
        ctx.logger.info(`Dry run: ${file} of the repository`);
        return;
      }
      const credentials = await ctx.getInitiatorCredentials();
      const { exists, entities } = await catalog.addLocation(
        { ...location, dryRun: true },
        { credentials },
      );
      if (exists) {
        ctx.logger.info(`${location.target} is registered already`);
      } else {
        await catalog.addLocation(location, { credentials });
        ctx.logger.info(`Registered ${location.target}`);
      }
      const entity =
        entities.find(({ kind }) => kind === 'Component') ?? entities.at(0);
      if (entity) {
        ctx.output('entityRef', stringifyEntityRef(entity));
      }
    },
  });
}
