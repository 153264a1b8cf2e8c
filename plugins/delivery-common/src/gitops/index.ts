export {
  proposableActionSchema,
  proposeChangeInputSchema,
  withdrawProposalInputSchema,
  workloadGitSchema,
  type ProposableAction,
  type WorkloadGit,
} from './schema';
