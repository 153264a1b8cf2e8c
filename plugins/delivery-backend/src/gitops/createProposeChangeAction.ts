import { ConflictError } from '@backstage/errors';
import {
  deliveryWorkloadPermissions,
  proposeChangeInputSchema,
} from '@orrery/backstage-plugin-delivery-common';
import {
  formatRef,
  InvalidValueError,
  parseWith,
  type Warning,
} from '@orrery/backstage-plugin-orrery-common';
import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import type { z } from 'zod';
import { requireGitLab } from '../builds/requireUpstream';
import { FIELD_MANAGER } from '../workloads/actions/ActionTools';
import { differencesBetween, type Difference } from './differences';
import { editManifest, valuesIn } from './editManifest';
import type { GitPlace, GitTarget } from './GitPlaces';
import { GitUnknownError } from './GitUnknownError';
import {
  branchOf,
  describeProposal,
  shownManifest,
  versionOf,
} from './proposal';
import { openProposals, stateSentence } from './proposals';
import { proposalTarget, type ProposalTools } from './types';

type Input = z.infer<typeof proposeChangeInputSchema>;

/** Values that Git and the cluster do not agree on, where they are to be changed. */
function driftWarnings(
  place: GitPlace,
  target: GitTarget,
  differences: readonly Difference[],
): Warning[] {
  const values = valuesIn(place.text, target, differences);
  return differences.flatMap(({ before }, index) => {
    const value = values[index];
    return value === undefined ||
      before === undefined ||
      typeof before === 'object' ||
      value === before
      ? []
      : [
          {
            code: 'git-drift',
            message: `Git says ${JSON.stringify(
              value,
            )} where the cluster has ${JSON.stringify(before)}.`,
            ref: target.ref,
          },
        ];
  });
}

/**
 * Proposes a change of a workload to the repository that it is kept by: a
 * branch with the manifest changed, and a merge request for it.
 */
export function createProposeChangeAction(
  tools: ProposalTools,
): ActionDefinition<typeof proposeChangeInputSchema> {
  const { client, places, proposable } = tools;
  /** Numbers of merge requests that runs opened, until they are verified. */
  const opened = new WeakMap<Input, { project: string; number: number }>();

  async function prepare(input: Input) {
    const { workload, action: name } = input;
    const action = proposable[name];
    const wanted = parseWith(
      action.input,
      { ...input.input, workload },
      'input',
    );
    const { found, change, patch } = await action.prepare(wanted);
    const target: GitTarget = {
      ...found.target,
      ref: formatRef({ ...found.target, type: 'workload' }),
    };
    const differences = differencesBetween(found.object, change.after);
    try {
      const place = await places.find(target, found.object);
      const text = editManifest(place.text, target, differences);
      return { target, change, patch, differences, place, text };
    } catch (error) {
      if (!(error instanceof GitUnknownError)) {
        throw error;
      }
      throw new InvalidValueError(
        'workload',
        `a workload whose manifest in Git can be changed from here: ${error.message}. Change it in Git by hand, by the patch that the action ${name} shows`,
        target.name,
      );
    }
  }

  return {
    name: 'propose-change',
    title: 'Propose a change in Git',
    description:
      'Opens a merge request with the changed manifest of a workload that Argo CD or Flux keeps as it is in Git. Use it instead of changing such a workload in the cluster, which would be taken back.',
    input: proposeChangeInputSchema,
    permission: deliveryWorkloadPermissions.propose,
    // Nothing changes before somebody merges: that is the second person.
    approvable: false,

    target: input => proposalTarget(tools, input),

    async preview(input) {
      const { target, change, patch, differences, place, text } = await prepare(
        input,
      );
      const { cluster, type, namespace, name } = {
        ...target,
        type: tools.typeOf(target.kind),
      };
      // What the API server would refuse is not worth a merge request.
      await client.patch(
        cluster,
        type,
        { namespace, name },
        { type: 'merge', patch },
        { dryRun: true, fieldManager: FIELD_MANAGER },
      );
      if (text === place.text) {
        throw new InvalidValueError(
          'input',
          `a change: ${place.file} in ${place.project} says so already, and ${place.keeper} is to bring it to the cluster`,
          input.input,
        );
      }
      const gitlab = requireGitLab(tools);
      const others = await openProposals(gitlab, place.project, target);
      return {
        target: target.ref,
        summary: `Merge request to ${place.project} (${place.branch}): ${change.summary}`,
        before: shownManifest(place.text, target),
        after: shownManifest(text, target),
        blastRadius: {
          sentences: [
            `It changes ${place.file}; nothing happens in the cluster before it is merged.`,
            ...(change.sentences ?? []),
          ],
        },
        resourceVersion: versionOf(place.lastCommit, text),
        warnings: [
          ...driftWarnings(place, target, differences),
          ...others.map(({ iid, title, web_url }) => ({
            code: 'proposed-already',
            message: `Merge request !${iid} for it is open: ${title} (${web_url}).`,
            ref: target.ref,
          })),
          ...(change.warnings ?? []),
        ],
      };
    },

    async run(input, { resourceVersion, actor, reason }) {
      const { target, change, place, text } = await prepare(input);
      const { project, branch: into, file, lastCommit, keeper } = place;
      if (versionOf(lastCommit, text) !== resourceVersion) {
        throw new ConflictError(
          `${file} in ${project} has changed since it was previewed: preview it again`,
        );
      }
      const gitlab = requireGitLab(tools);
      const from = branchOf(target, text);
      const open = await openProposals(gitlab, project, target);
      const same = open.find(({ source_branch }) => source_branch === from);
      if (same) {
        throw new ConflictError(
          `The same is proposed already: ${same.web_url}`,
        );
      }
      const person = await tools.personOf(actor);
      const words = describeProposal(
        { actor, reason, displayName: person?.name },
        { summary: change.summary, keeper, file, ref: target.ref },
      );
      // What an attempt left that did not come to its merge request.
      await gitlab.deleteBranch(project, from);
      await gitlab.commit(project, {
        branch: from,
        from: into,
        message: words.message,
        ...(person && { author: person }),
        file,
        text,
        lastCommit,
      });
      const request = await gitlab.openMergeRequest(project, {
        from,
        to: into,
        title: words.title,
        description: words.description,
      });
      opened.set(input, { project, number: request.iid });
      return { message: `Merge request !${request.iid}: ${request.web_url}` };
    },

    async verify(input) {
      const made = opened.get(input);
      const request =
        made &&
        (await requireGitLab(tools).mergeRequest(made.project, made.number));
      if (!request) {
        return {
          state: 'failed',
          message: 'GitLab does not have the merge request',
        };
      }
      return {
        state: request.state === 'closed' ? 'failed' : 'succeeded',
        message: stateSentence(request),
      };
    },

    undo: () =>
      'Withdraw the proposal: its merge request is closed and its branch deleted. Once merged, revert it in GitLab.',
  };
}
