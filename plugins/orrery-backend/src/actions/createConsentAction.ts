import {
  CONSENT_ACTION,
  consentInputSchema,
  InvalidValueError,
  orreryConsentPermission,
  parseRef,
} from '@orrery/backstage-plugin-orrery-common';
import type {
  ActionDefinition,
  OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';

/**
 * Nothing but a second person's consent to something larger, such as all that
 * a template is about to make. Where none is needed it is given at once.
 */
export function createConsentAction({
  config,
}: {
  config: Pick<OrreryConfig, 'clusters'>;
}): ActionDefinition<typeof consentInputSchema> {
  return {
    name: CONSENT_ACTION.action,
    title: 'Ask for consent',
    description:
      'Asks a second person to consent to something that several writes will make, where the environment wants one. It changes nothing itself.',
    input: consentInputSchema,
    permission: orreryConsentPermission,

    target({ target }) {
      const { cluster } = parseRef(target);
      if (!config.clusters.some(({ name }) => name === cluster)) {
        throw new InvalidValueError(
          'target',
          `a cluster that is configured (${config.clusters
            .map(({ name }) => name)
            .join(', ')})`,
          cluster,
        );
      }
      return target;
    },

    async preview({ target, summary, reason }) {
      return {
        target,
        summary,
        before: '',
        after: `${summary}\n\n${reason}\n`,
        blastRadius: { sentences: [] },
        // What is asked for does not change while it waits.
        resourceVersion: 'consent',
        warnings: [],
      };
    },

    async run(_input, { approver }) {
      return {
        message: approver
          ? `${approver} consented`
          : 'No second person is needed here',
      };
    },

    async verify() {
      return { state: 'succeeded', message: 'It may go on' };
    },

    undo: () => 'Nothing was changed.',
  };
}
