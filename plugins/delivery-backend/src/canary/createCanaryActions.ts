import { ConflictError } from '@backstage/errors';
import {
  canaryCommandInputSchema,
  canarySetWeightInputSchema,
  canaryVerbSchema,
  deliveryCanaryPermissions,
  type Canary,
  type CanaryVerb,
} from '@orrery/backstage-plugin-delivery-common';
import { parseRef } from '@orrery/backstage-plugin-orrery-common';
import {
  isProtected,
  parseTarget,
  type ActionDefinition,
  type OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import { decisionVersion } from '../engines/versions';
import type { CanaryService } from './CanaryService';
import { outcomeOf } from './outcomeOf';

const POLL_MILLISECONDS = 1000;

/** What puts things right must not wait for anyone, nor for a name to be typed. */
const BRAKES: readonly CanaryVerb[] = ['abort', 'pause', 'reject'];

const WORDS: Record<CanaryVerb, { title: string; description: string }> = {
  promote: {
    title: 'Promote a canary by one step',
    description:
      'Ends the wait that the canary is in and goes to the next step.',
  },
  'promote-full': {
    title: 'Promote a canary at once',
    description: 'Sends all traffic to the canary, whatever steps are left.',
  },
  pause: {
    title: 'Pause a canary',
    description: 'Holds the canary at the share of traffic it has.',
  },
  resume: {
    title: 'Resume a canary',
    description: 'Lets a canary that a person paused go on.',
  },
  'skip-step': {
    title: 'Skip a step of a canary',
    description: 'Goes to the next step without finishing the present one.',
  },
  abort: {
    title: 'Abort a canary',
    description: 'Puts all traffic back to the stable version.',
  },
  retry: {
    title: 'Try a canary again',
    description: 'Begins an aborted canary anew from its first step.',
  },
  approve: {
    title: 'Approve a canary',
    description: 'Opens the gate that the canary waits at.',
  },
  reject: {
    title: 'Reject a canary',
    description: 'Refuses what the canary waits for and puts traffic back.',
  },
  'set-weight': {
    title: 'Set the weight of a canary',
    description:
      'Sends this percentage of requests to the canary and holds it.',
  },
  undo: {
    title: 'Undo a canary',
    description: 'Puts the template of the stable version back.',
  },
  restart: {
    title: 'Restart the pods of a Rollout',
    description: 'Replaces its pods by new ones of the same version.',
  },
};

const UNDO: Partial<Record<CanaryVerb, string>> = {
  promote: 'Abort: all traffic goes back to the stable version.',
  'promote-full': 'Roll back the release.',
  'skip-step': 'Abort: all traffic goes back to the stable version.',
  approve: 'Abort, while it is not promoted; roll back the release after.',
  pause: 'Resume.',
  resume: 'Pause.',
  abort: 'Try again.',
  reject: 'Try again.',
  retry: 'Abort.',
  'set-weight': 'Resume: the weight of the step counts again.',
  undo: 'Deploy the image again.',
};

/** One action for each verb, for the canaries of all engines. */
export function createCanaryActions(options: {
  service: CanaryService;
  config: OrreryConfig;
}): ActionDefinition[] {
  return canaryVerbSchema.options.map(verb =>
    verb === 'set-weight'
      ? createAction(verb, canarySetWeightInputSchema, options)
      : createAction(verb, canaryCommandInputSchema, options),
  );
}

function createAction(
  verb: CanaryVerb,
  input: typeof canaryCommandInputSchema | typeof canarySetWeightInputSchema,
  options: { service: CanaryService; config: OrreryConfig },
): ActionDefinition<typeof input> {
  const { service, config } = options;
  const isBrake = BRAKES.includes(verb);
  /** As verification begins it must know how things were; by the input's ref. */
  const before = new Map<string, Canary>();

  const commandOf = async (values: { canary: string; weight?: number }) => {
    const { canary, engine } = await service.find(values.canary);
    const offer = canary.offers.find(candidate => candidate.verb === verb);
    if (!offer) {
      throw new ConflictError(
        `${canary.app} cannot ${verb} now: it is ${canary.phase} (${canary.reason})`,
      );
    }
    if (offer.refusal) {
      throw new ConflictError(offer.refusal);
    }
    const weight = 'weight' in values ? values.weight : undefined;
    return { engine, offer, command: { verb, canary, weight } };
  };

  return {
    name: `canary-${verb}`,
    ...WORDS[verb],
    input,
    permission: deliveryCanaryPermissions[verb],
    approvable: !isBrake,

    target: ({ canary }) => {
      parseTarget('canary', canary, {
        kinds: service.engines.map(({ kind }) => kind),
        config,
      });
      return canary;
    },

    async preview(values) {
      const { engine, offer, command } = await commandOf(values);
      const { canary } = command;
      const { cluster, namespace } = parseRef(canary.ref);
      const { sentences, ...texts } = await engine.preview(command);
      const effect =
        command.weight === undefined
          ? offer.effect
          : `Send ${command.weight} % to ${canary.canaryVersion}`;
      return {
        target: canary.ref,
        summary: `${effect} (${canary.app} in ${namespace}, ${engine.title})`,
        ...texts,
        blastRadius: {
          pods: canary.canary?.readyPods,
          sentences: [
            ...sentences,
            ...(canary.weights.desired !== undefined
              ? [
                  `${canary.canaryVersion ?? 'The canary'} has ${
                    canary.weights.desired
                  } % of the traffic now.`,
                ]
              : []),
            ...(canary.verdict && canary.verdict.state !== 'go' && !isBrake
              ? [
                  `The judge says ${canary.verdict.state}: ${canary.verdict.sentence}`,
                ]
              : []),
          ],
        },
        resourceVersion: decisionVersion(canary),
        typedConfirmation:
          !isBrake && isProtected(config, cluster, namespace)
            ? canary.app
            : undefined,
        warnings: [],
      };
    },

    async run(values, context) {
      const { engine, command } = await commandOf(values);
      before.set(values.canary, command.canary);
      return { message: await engine.perform(command, context) };
    },

    async verify({ canary: ref }, { signal, report }) {
      const was = before.get(ref);
      before.delete(ref);
      let last = '';
      for (;;) {
        const { canary } = await service.find(ref);
        const outcome = outcomeOf(verb, was, canary);
        if (outcome) {
          return outcome;
        }
        const message = `${canary.phase}: ${canary.reason}`;
        if (signal.aborted) {
          return { state: 'failed', message: `Gave up waiting. ${message}` };
        }
        if (message !== last) {
          last = message;
          report(message);
        }
        await new Promise(resolve => {
          setTimeout(resolve, POLL_MILLISECONDS);
        });
      }
    },

    undo: () => UNDO[verb] ?? 'Not needed',
  };
}
