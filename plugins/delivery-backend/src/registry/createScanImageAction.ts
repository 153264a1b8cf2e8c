import {
  deliveryWorkloadPermissions,
  parseImage,
  scanImageInputSchema,
  workloadKindSchema,
  WORKLOAD_KINDS,
  type ImageScan,
} from '@orrery/backstage-plugin-delivery-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import {
  parseTarget,
  UpstreamError,
  type ActionDefinition,
} from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import type { z } from 'zod';
import type { ActionTools } from '../workloads/actions/ActionTools';
import { follow } from '../workloads/actions/followRollout';
import type { ImageScans } from './ImageScans';

type Input = z.infer<typeof scanImageInputSchema>;

const endOf = (scan: ImageScan) =>
  scan.state === 'scanned' ? scan.at : undefined;

/** Has the registry scan an image that a workload could run. */
export function createScanImageAction(
  tools: Pick<
    ActionTools,
    'client' | 'config' | 'indexes' | 'registry' | 'pollMilliseconds' | 'now'
  > & { scans: ImageScans },
): ActionDefinition<typeof scanImageInputSchema> {
  const { scans, config, indexes, registry } = tools;
  /** When what was known before a run had ended. */
  const before = new WeakMap<Input, string | undefined>();

  /** @throws InvalidValueError that names what is wrong */
  async function find(input: Input) {
    const { cluster, namespace, kind, name } = parseTarget(
      'workload',
      input.workload,
      { kinds: WORKLOAD_KINDS, config },
    );
    const { index } = await indexes.read(cluster);
    const images =
      index.find(namespace, workloadKindSchema.parse(kind), name)?.summary
        .images ?? [];
    const { repository } = parseImage(input.image);
    const own = images.map(({ image }) => parseImage(image).repository);
    if (!own.includes(repository)) {
      throw new InvalidValueError(
        'image',
        `an image of what the workload runs (${
          own.join(', ') || 'it is not known'
        })`,
        input.image,
      );
    }
    const place = scans.placeOf(input.image);
    if (!place) {
      throw new InvalidValueError(
        'image',
        'an image of a registry that scans (kind harbor under orrery.registries)',
        input.image,
      );
    }
    const state = await registry.inspect(input.image);
    if (state.state !== 'exists') {
      throw new InvalidValueError(
        'image',
        `an image that its registry has (${state.reason})`,
        input.image,
      );
    }
    const { scan } = await scans.read(place, state.digest);
    return { place, digest: state.digest, scan };
  }

  return {
    name: 'scan-image',
    title: 'Scan an image',
    description:
      'Has the registry look for known weaknesses in an image of a workload’s repository.',
    input: scanImageInputSchema,
    permission: deliveryWorkloadPermissions.scanImage,
    // It changes nothing that runs.
    approvable: false,

    target: input => input.workload,

    async preview(input) {
      const { digest, scan } = await find(input);
      if (scan.state === 'running') {
        throw new InvalidValueError(
          'image',
          'an image that is not being scanned right now',
          input.image,
        );
      }
      return {
        target: input.workload,
        summary: `Scan ${input.image}`,
        before: stringify({ digest, scan }),
        after: stringify({ digest, scan: { state: 'running' } }),
        blastRadius: { sentences: [] },
        resourceVersion: digest,
        warnings: [],
      };
    },

    async run(input) {
      const { place, digest, scan } = await find(input);
      before.set(input, endOf(scan));
      try {
        await place.harbor.scan(place.repository, digest);
      } catch (error) {
        // That somebody else has begun one is as good.
        if (!(error instanceof UpstreamError && error.status === 409)) {
          throw error;
        }
      }
      scans.forget(place);
      return { message: 'The registry scans it' };
    },

    verify: (input, context) =>
      follow(tools, context, async () => {
        const { place, scan } = await find(input);
        const end = endOf(scan);
        // The last result is told until the new scan has begun.
        if (scan.state === 'scanned' && end !== before.get(input)) {
          scans.forget(place);
          const { critical = 0, high = 0 } = scan.counts;
          return {
            state: 'succeeded',
            message: `It is scanned: ${critical} critical and ${high} high findings`,
          };
        }
        return {
          state: 'running',
          message:
            scan.state === 'unknown' ? scan.reason : 'It is being scanned',
        };
      }),

    undo: () => 'Nothing needs to be taken back: a scan changes no image.',
  };
}
