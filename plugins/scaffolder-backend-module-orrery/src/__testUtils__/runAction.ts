import {
  createMockDirectory,
  mockCredentials,
} from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import { ActionClient } from '../client';
import { createActions } from '../createActions';
import type { PlayPortal } from './PlayPortal';

/** What a step did. */
export type Ran = {
  outputs: Record<string, unknown>;
  lines: string[];
  error?: Error;
};

/** A workspace, and the actions of templates on a portal that is played. */
export function setupActions() {
  const workspace = createMockDirectory();
  return {
    workspace,

    actionsOf(portal: PlayPortal): TemplateAction[] {
      return createActions({
        portal: portal as never,
        catalog: portal.catalog,
        actions: new ActionClient(portal as never, { pollMilliseconds: 1 }),
      });
    },

    /**
     * Runs one action as a step of a task.
     *
     * @param kept - checkpoints; given again, the step is one after a restart
     */
    async run(
      action: TemplateAction,
      input: JsonObject,
      options: { isDryRun?: boolean; kept?: Map<string, unknown> } = {},
    ): Promise<Ran> {
      const { isDryRun = false, kept = new Map() } = options;
      const outputs: Record<string, unknown> = {};
      const lines: string[] = [];
      const note = (line: string) => {
        lines.push(line);
      };
      const logger = {
        info: note,
        warn: note,
        error: note,
        debug: note,
        child: () => logger,
      };
      const context = createMockActionContext({
        input,
        workspacePath: workspace.path,
        logger,
        task: { id: 'task-1' },
        templateInfo: { entityRef: 'template:default/new-node-service' },
      });
      try {
        await action.handler({
          ...context,
          isDryRun,
          step: { id: 'step', name: 'A step' },
          output: (name, value) => {
            outputs[name] = value;
          },
          getInitiatorCredentials: async () => mockCredentials.user(),
          checkpoint: async ({ key, fn }) => {
            if (!kept.has(key)) {
              kept.set(key, await fn());
            }
            return kept.get(key) as never;
          },
        });
        return { outputs, lines };
      } catch (error) {
        return { outputs, lines, error: error as Error };
      }
    },
  };
}
