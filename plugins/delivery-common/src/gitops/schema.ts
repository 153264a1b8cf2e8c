import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';
import { mergeRequestSchema } from '../source';

const workload = z
  .string()
  .describe('Workload ref cluster/namespace/Kind/name');

/** Actions that can be made in Git instead of in the cluster. @public */
export const proposableActionSchema = z.enum([
  'deploy-image',
  'scale-workload',
  'set-resources',
  'set-probes',
  'set-environment',
  'roll-back',
]);

/** @public */
export type ProposableAction = z.infer<typeof proposableActionSchema>;

/** Input of `propose-change`. @public */
export const proposeChangeInputSchema = z.object({
  workload,
  /** What would be done to the workload itself. */
  action: proposableActionSchema,
  /** The input of that action; its workload is the one above. */
  input: z.record(z.string(), z.unknown()),
});

/** Input of `withdraw-proposal`. @public */
export const withdrawProposalInputSchema = z.object({
  workload,
  /** Number of the merge request in the project of the workload's manifest. */
  mergeRequest: z.number().int().min(1),
});

/**
 * Answer of `GET /api/delivery/workloads/:ref/git`: where the manifest of a
 * workload is, and what was proposed to it from here.
 *
 * @public
 */
export const workloadGitSchema = z.object({
  workload: z.string(),
  /** Absent where it is not known; then `reason` says why. */
  place: z
    .object({
      /** Who keeps the workload as the file says, in words. */
      keeper: z.string(),
      /** Path of the project in GitLab. */
      project: z.string(),
      branch: z.string(),
      file: z.string(),
      /** The file's page. */
      url: z.string(),
    })
    .optional(),
  reason: z.string().optional(),
  /** The newest first. */
  proposals: z.array(mergeRequestSchema),
  provenance: provenanceSchema,
});

/** @public */
export type WorkloadGit = z.infer<typeof workloadGitSchema>;
