/** Why the file of a workload in Git is not known, or cannot be changed by us. */
export class GitUnknownError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'GitUnknownError';
  }
}
