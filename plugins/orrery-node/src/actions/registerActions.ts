import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { z as ownZod } from 'zod';
import type { ActionRunner } from './ActionRunner';

/** What the input looks like, for whoever cannot see the schema itself. */
function describeInput(input: ownZod.ZodType): string {
  return `Input of the action, by this JSON schema: ${JSON.stringify(
    ownZod.toJSONSchema(input, { unrepresentable: 'any', io: 'input' }),
  )}`;
}

/**
 * Lets agents and templates preview and run every action of a plugin, with the
 * rights of whoever they act for. A run needs the version of a preview.
 *
 * @public
 */
export function registerActions(
  registry: ActionsRegistryService,
  runner: ActionRunner,
): void {
  for (const { name, title, description, input } of runner.actions) {
    const described = describeInput(input);
    registry.register({
      name: `preview-${name}`,
      title: `Preview: ${title}`,
      description: `${description} This only tells what would change, and changes nothing.`,
      attributes: { readOnly: true, idempotent: true, destructive: false },
      schema: {
        input: z =>
          z.object({ input: z.record(z.unknown()).describe(described) }),
        output: z => z.object({ preview: z.record(z.unknown()) }),
      },
      action: async ({ input: asked, credentials }) => ({
        output: {
          preview: {
            ...(await runner.preview(name, asked.input, { credentials })),
          },
        },
      }),
    });
    registry.register({
      name,
      title,
      description: `${description} Preview it first with preview-${name}. Where a second person is needed, the activity is waiting and nothing has changed.`,
      attributes: { readOnly: false, idempotent: true, destructive: true },
      schema: {
        input: z =>
          z.object({
            input: z.record(z.unknown()).describe(described),
            reason: z.string().describe('Why; written to the activity log'),
            resourceVersion: z.string().describe('That of the preview'),
            idempotencyKey: z
              .string()
              .min(8)
              .describe(
                'Equal keys run once; choose a new one for each change',
              ),
            typedConfirmation: z
              .string()
              .optional()
              .describe('The text that the preview asks for'),
          }),
        output: z => z.object({ activity: z.record(z.unknown()) }),
      },
      action: async ({ input: asked, credentials }) => ({
        output: {
          activity: {
            ...(await runner.run(
              name,
              { ...asked, input: asked.input },
              { credentials },
            )),
          },
        },
      }),
    });
  }
}
