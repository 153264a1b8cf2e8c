import type { BuildPlaceInput } from '@orrery/backstage-plugin-delivery-common';

/** The job that builds a service, or the branch of it that is meant. */
export function jobOf(
  job: string,
  { branch }: Pick<BuildPlaceInput, 'branch'>,
): string {
  return branch === undefined ? job : `${job}/${branch}`;
}
