import {
  policyNameOf,
  policyRulesOf,
} from '@orrery/backstage-plugin-config-center-common';
import type { KeyPlace } from '../keys/KeyPlaces';
import type { KeyTools } from './KeyTools';

/** Tells policies that Orrery made from those of others. */
const MADE_BY = 'Made by Orrery';

type Tools = Pick<KeyTools, 'consul'>;

/** What happens to the policy of a prefix, in a sentence. */
export async function describePolicy(
  { consul }: Tools,
  place: KeyPlace,
): Promise<string> {
  const name = policyNameOf(place);
  return (await consul.policyNamed(name))
    ? `The ACL policy ${name} is there and stays as it is.`
    : `The ACL policy ${name} lets its tokens read ${place.prefix}.`;
}

/** Makes the policy of a prefix unless it is there. */
export async function ensurePolicy(
  { consul }: Tools,
  place: KeyPlace,
): Promise<string> {
  const name = policyNameOf(place);
  if (await consul.policyNamed(name)) {
    return `the policy ${name} was there`;
  }
  await consul.createPolicy({
    name,
    description: `${MADE_BY}: ${place.app} in ${place.namespace} reads its configuration`,
    rules: policyRulesOf(place.prefix),
  });
  return `the policy ${name} was made`;
}

/** Deletes the policy of a prefix where Orrery made it. */
export async function removePolicy(
  { consul }: Tools,
  place: KeyPlace,
): Promise<string | undefined> {
  const policy = await consul.policyNamed(policyNameOf(place)).catch(
    // Where nobody may look, nothing was made either.
    () => undefined,
  );
  if (!policy?.Description.startsWith(MADE_BY)) {
    return undefined;
  }
  await consul.deletePolicy(policy.ID);
  return `the policy ${policy.Name} is gone`;
}
