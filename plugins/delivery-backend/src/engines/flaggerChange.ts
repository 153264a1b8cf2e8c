import {
  templateParts,
  type CanaryObject,
  type CanaryVerb,
  type FlaggerGateType,
} from '@orrery/backstage-plugin-delivery-common';
import {
  RESOURCE_TYPES,
  type KubernetesObject,
  type ObjectKey,
  type ResourceType,
} from '@orrery/backstage-plugin-orrery-node';

/** Marks a Canary whose `skipAnalysis` is for this rollout only, and to be taken back. */
export const RESET_SKIP_ANNOTATION = 'orrery.dev/reset-skip-analysis';

/** A decision about a gate, or a patch. */
export type FlaggerChange =
  | { gate: FlaggerGateType; isOpen: boolean; interval?: string }
  | {
      type: ResourceType;
      key: ObjectKey;
      patchType: 'merge' | 'strategic';
      patch: object;
      /** The part of the spec that people compare. */
      shown: (object: KubernetesObject) => unknown;
      sentences: string[];
      accepted: string;
    };

type Input = {
  canary: CanaryObject;
  /** The gate it waits at now. */
  gate: FlaggerGateType | undefined;
  /** Flagger asks a hook of ours whether to go back. */
  hasRollbackGate: boolean;
  primary: KubernetesObject | undefined;
  now: string;
};

const specField =
  (...names: string[]) =>
  ({ spec }: KubernetesObject) =>
    Object.fromEntries(
      names.map(name => [
        name,
        typeof spec === 'object' && spec !== null
          ? Reflect.get(spec, name)
          : undefined,
      ]),
    );

function specPatch(
  { canary }: Input,
  spec: Record<string, unknown>,
  accepted: string,
  more: { annotations?: object; sentences?: string[] } = {},
): FlaggerChange {
  const { namespace, name } = canary.metadata;
  return {
    type: RESOURCE_TYPES.canaries,
    key: { namespace, name },
    patchType: 'merge',
    patch: {
      ...(more.annotations && { metadata: { annotations: more.annotations } }),
      spec,
    },
    shown: specField(...Object.keys(spec)),
    sentences: more.sentences ?? [],
    accepted,
  };
}

function templatePatch(
  { canary }: Input,
  template: object,
  sentences: string[],
  accepted: string,
): FlaggerChange {
  return {
    type: RESOURCE_TYPES.deployments,
    key: {
      namespace: canary.metadata.namespace,
      name: canary.spec.targetRef.name,
    },
    patchType: 'strategic',
    patch: { spec: { template } },
    shown: specField('template'),
    sentences,
    accepted,
  };
}

/** Back to what the primary runs: Flagger then ends the canary by itself. */
function goBack(input: Input): FlaggerChange | undefined {
  if (input.hasRollbackGate) {
    return {
      gate: 'rollback',
      isOpen: true,
      interval: input.canary.spec.analysis.interval,
    };
  }
  if (!input.primary) {
    return undefined;
  }
  const containers = templateParts(input.primary).containers.map(
    ({ name, image }) => ({ name, image }),
  );
  return templatePatch(
    input,
    { spec: { containers } },
    [
      'Flagger has no command for this: the template gets the images of the primary back, and Flagger sees to the traffic.',
    ],
    `${input.canary.spec.targetRef.name} has the images of its primary again`,
  );
}

/** What a verb means for Flagger now, or undefined where it means nothing. */
export function flaggerChange(
  verb: CanaryVerb,
  input: Input,
): FlaggerChange | undefined {
  const { canary, gate, now } = input;
  switch (verb) {
    case 'approve':
    case 'promote':
      return gate
        ? { gate, isOpen: true, interval: canary.spec.analysis.interval }
        : undefined;
    case 'reject':
    case 'abort':
      return goBack(input);
    case 'pause':
      return specPatch(input, { suspend: true }, 'Flagger is suspended');
    case 'resume':
      return specPatch(input, { suspend: false }, 'Flagger is resumed');
    case 'promote-full':
      return specPatch(
        input,
        { skipAnalysis: true },
        'Flagger promotes without an analysis',
        {
          annotations: { [RESET_SKIP_ANNOTATION]: 'true' },
          sentences: [
            'skipAnalysis is taken back when this rollout is over, so that the next one is analysed again.',
          ],
        },
      );
    case 'retry':
      return templatePatch(
        input,
        { metadata: { annotations: { 'orrery.dev/retried-at': now } } },
        [],
        'Flagger begins anew',
      );
    default:
      return undefined;
  }
}
