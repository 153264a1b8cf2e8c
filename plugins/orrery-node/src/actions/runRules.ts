import { ConflictError, InputError } from '@backstage/errors';

/** @throws ConflictError where the target has changed since its preview */
export function refuseUnlessCurrent(current: string, seen: string): void {
  if (current !== seen) {
    throw new ConflictError(
      `The target has changed since it was previewed (resourceVersion ${seen}, now ${current}): preview it again`,
    );
  }
}

/** @throws InputError where the preview asks for a text that was not typed */
export function refuseUnlessTyped(
  wanted: string | undefined,
  typed: string | undefined,
): void {
  if (wanted !== undefined && typed !== wanted) {
    throw new InputError(
      `typedConfirmation: expected ${JSON.stringify(wanted)}`,
    );
  }
}
