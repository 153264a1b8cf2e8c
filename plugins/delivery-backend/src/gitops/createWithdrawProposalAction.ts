import {
  deliveryWorkloadPermissions,
  withdrawProposalInputSchema,
  workloadKindSchema,
} from '@orrery/backstage-plugin-delivery-common';
import {
  formatRef,
  InvalidValueError,
} from '@orrery/backstage-plugin-orrery-common';
import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { requireGitLab } from '../builds/requireUpstream';
import { readWorkload, workloadTarget } from '../workloads/actions/ActionTools';
import { GitUnknownError } from './GitUnknownError';
import { isProposalOf, stateSentence } from './proposals';
import { proposalTarget, type ProposalTools } from './types';

type Input = z.infer<typeof withdrawProposalInputSchema>;

/** Closes a merge request that was made here, and takes its branch away. */
export function createWithdrawProposalAction(
  tools: ProposalTools,
): ActionDefinition<typeof withdrawProposalInputSchema> {
  async function find(input: Input) {
    const gitlab = requireGitLab(tools);
    const target = workloadTarget(
      input.workload,
      workloadKindSchema.options,
      tools.config,
    );
    const ref = formatRef({ ...target, type: 'workload' });
    const object = await readWorkload(tools.client, target);
    try {
      const { project } = await tools.places.find({ ...target, ref }, object);
      const request = await gitlab.mergeRequest(project, input.mergeRequest);
      if (!request || !isProposalOf(request, target)) {
        throw new InvalidValueError(
          'mergeRequest',
          `the number of a merge request in ${project} that was made here for ${target.name}`,
          input.mergeRequest,
        );
      }
      return { gitlab, ref, project, request };
    } catch (error) {
      if (error instanceof GitUnknownError) {
        throw new InvalidValueError(
          'workload',
          `a workload whose manifest in Git is known: ${error.message}`,
          target.name,
        );
      }
      throw error;
    }
  }

  return {
    name: 'withdraw-proposal',
    title: 'Withdraw a proposal',
    description:
      'Closes a merge request that propose-change opened for a workload, and deletes its branch.',
    input: withdrawProposalInputSchema,
    permission: deliveryWorkloadPermissions.withdrawProposal,
    // As proposing it changed nothing, taking it back changes nothing.
    approvable: false,

    target: input => proposalTarget(tools, input),

    async preview(input) {
      const { ref, project, request } = await find(input);
      const { iid, title, state, web_url: url } = request;
      if (state !== 'opened') {
        throw new InvalidValueError(
          'mergeRequest',
          `an open merge request: !${iid} of ${project} is ${state}`,
          input.mergeRequest,
        );
      }
      return {
        target: ref,
        summary: `Close merge request !${iid} of ${project}: ${title}`,
        before: stringify({ title, state, url }),
        after: stringify({ title, state: 'closed', url }),
        blastRadius: { sentences: [] },
        resourceVersion: `${iid}-${state}`,
        warnings: [],
      };
    },

    async run(input) {
      const { gitlab, project, request } = await find(input);
      if (request.state === 'opened') {
        await gitlab.closeMergeRequest(project, request.iid);
        await gitlab.deleteBranch(project, request.source_branch);
      }
      return { message: `Merge request !${request.iid} is being closed` };
    },

    async verify(input) {
      const { request } = await find(input);
      return {
        state: request.state === 'closed' ? 'succeeded' : 'failed',
        message: stateSentence(request),
      };
    },

    undo: () => 'Propose the change again.',
  };
}
