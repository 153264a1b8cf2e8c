import {
  chooseContainer,
  deliveryWorkloadPermissions,
  deployImageInputSchema,
  parseImage,
  setImage,
} from '@orrery/backstage-plugin-delivery-common';
import {
  InvalidValueError,
  type Warning,
} from '@orrery/backstage-plugin-orrery-common';
import type { ImageState } from '../../registry/types';
import type { ActionTools } from './ActionTools';
import {
  createWorkloadAction,
  type WorkloadAction,
} from './createWorkloadAction';

function imageWarnings(image: string, known: ImageState): Warning[] {
  const { tag, digest } = parseImage(image);
  const warnings: Warning[] = [];
  if (known.state === 'unknown') {
    warnings.push({
      code: 'image-unknown',
      message: `Whether the image exists is not known: ${known.reason}.`,
    });
  }
  if (!digest && (tag === undefined || tag === 'latest')) {
    warnings.push({
      code: 'image-latest',
      message:
        'The tag latest means another image every time: pods of one version may differ, and there is nothing to roll back to.',
    });
  } else if (!digest) {
    warnings.push({
      code: 'image-not-pinned',
      message:
        known.state === 'exists'
          ? `The tag may be moved to another image later; now it is ${known.digest}. Set pinDigest to deploy exactly that.`
          : 'The tag may be moved to another image later.',
    });
  }
  return warnings;
}

/** Has the pods of a workload run another image. */
export function createDeployImageAction(
  tools: ActionTools,
): WorkloadAction<typeof deployImageInputSchema> {
  return createWorkloadAction(tools, {
    name: 'deploy-image',
    title: 'Deploy an image',
    description:
      'Has a workload run another image, a few pods at a time. The registry is asked first whether it exists.',
    input: deployImageInputSchema,
    permission: deliveryWorkloadPermissions.deploy,
    kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout', 'CronJob'],
    replacesPods: true,
    accepted: 'the image',
    undo: () =>
      'Roll back to the revision before: its template is kept in the cluster and in Releases.',

    async change({ container, image, pinDigest }, { object, target }) {
      const chosen = chooseContainer(object, container);
      // What is no image is refused before anyone is asked about it.
      setImage(object, { container, image });
      const known = await tools.registry.inspect(image);
      if (known.state === 'absent') {
        throw new InvalidValueError(
          'image',
          `an image that its registry has (${known.reason})`,
          image,
        );
      }
      const isPinned = parseImage(image).digest !== undefined;
      if (pinDigest && !isPinned && known.state !== 'exists') {
        throw new InvalidValueError(
          'pinDigest',
          `false while the registry does not tell the digest (${known.reason})`,
          pinDigest,
        );
      }
      const wanted =
        pinDigest && !isPinned && known.state === 'exists'
          ? `${image}@${known.digest}`
          : image;
      return {
        after: setImage(object, { container, image: wanted }),
        summary: `Deploy ${wanted} to ${target.kind} ${target.name} in ${
          target.namespace
        } (${chosen.name} runs ${chosen.image ?? 'no image'} now)`,
        warnings: imageWarnings(wanted, known),
      };
    },
  });
}
