/**
 * Why there is no file: nothing is on the screen, the picture is larger than
 * browsers draw, or the browser gave none.
 */
export type ExportProblem = 'nothing' | 'tooLarge' | 'noImage';

/** A picture that cannot be exported. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
  readonly problem: ExportProblem;
  /** Pixels that the file would have had. */
  readonly size: { width: number; height: number } | undefined;

  constructor(
    problem: ExportProblem,
    size?: { width: number; height: number },
  ) {
    super(problem);
    this.problem = problem;
    this.size = size;
  }
}
