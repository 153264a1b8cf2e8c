import {
  createImageProjectInputSchema,
  deliveryBuildPermissions,
} from '@orrery/backstage-plugin-delivery-common';
import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import type { z } from 'zod';
import type { ServiceNames } from '../names/ServiceNames';
import { harborUpstream } from './HarborClient';
import type { RegistryConfig } from './types';

type Input = z.infer<typeof createImageProjectInputSchema>;

function sentence(
  project: string,
  isThere: boolean | undefined,
  host = 'The registry',
): string {
  if (isThere === undefined) {
    return `${host} makes room for images of ${project} by itself`;
  }
  return isThere
    ? `The project ${project} is there already`
    : `Make the project ${project} in ${host}`;
}

/** Makes the project that a service's images are pushed to. */
export function createImageProjectAction(options: {
  names: ServiceNames;
  /** That images of services are pushed to. */
  registry?: RegistryConfig;
}): ActionDefinition<typeof createImageProjectInputSchema> {
  const { names, registry } = options;

  /** Whether the project is there; undefined where none is needed. */
  async function find(input: Input) {
    const { image } = await names.of(input);
    const project = image.slice(0, image.indexOf('/'));
    if (registry?.kind !== 'harbor') {
      return { project, isThere: undefined };
    }
    const harbor = harborUpstream(registry);
    const answer = await harbor.send(
      `/projects?project_name=${encodeURIComponent(project)}`,
      { method: 'HEAD' },
    );
    if (answer.status !== 200 && answer.status !== 404) {
      throw harbor.refusal(answer);
    }
    return { project, harbor, isThere: answer.status === 200 };
  }

  return {
    name: 'create-image-project',
    title: 'Make the project of a service’s images',
    description:
      'Makes the project that a service’s images are pushed to, where the registry is a Harbor. Other registries make room by themselves.',
    input: createImageProjectInputSchema,
    permission: deliveryBuildPermissions.createProject,

    target: input => names.refOf(input),

    async preview(input) {
      const { project, isThere } = await find(input);
      return {
        target: names.refOf(input),
        summary: sentence(project, isThere, registry?.host),
        before: isThere ? `project: ${project}\n` : '',
        after: isThere === undefined ? '' : `project: ${project}\n`,
        blastRadius: { sentences: [] },
        resourceVersion: String(isThere),
        warnings: [],
      };
    },

    async run(input) {
      const { project, harbor, isThere } = await find(input);
      if (harbor && !isThere) {
        const answer = await harbor.send('/projects', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({
            project_name: project,
            metadata: { public: 'false', auto_scan: 'true' },
          }),
        });
        // Somebody else may have been quicker.
        if (answer.status >= 300 && answer.status !== 409) {
          throw harbor.refusal(answer);
        }
      }
      return { message: `There is room for images of ${input.app}` };
    },

    async verify(input) {
      const { project, isThere } = await find(input);
      return isThere === false
        ? { state: 'failed', message: `There is no project ${project}` }
        : { state: 'succeeded', message: `There is room for ${project}` };
    },

    undo: () => 'A project is its system’s: delete it in the registry.',
  };
}
