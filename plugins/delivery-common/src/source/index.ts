export {
  gitLabCommitSchema,
  gitLabMergeRequestSchema,
  gitLabReferenceSchema,
  readCommit,
  readMergeRequest,
  readReference,
  requestsOfCommits,
  type GitLabMergeRequest,
} from './readGitLab';
export {
  changedFileSchema,
  commitSchema,
  deleteSourceProjectInputSchema,
  mergeRequestSchema,
  sourceChangesSchema,
  sourceReferenceSchema,
  sourceResponseSchema,
  type Commit,
  type MergeRequest,
  type SourceChanges,
  type SourceReference,
  type SourceResponse,
} from './schema';
