import { parseRef } from '@orrery/backstage-plugin-orrery-common';
import type { KeyPlace } from '../keys/KeyPlaces';
import { readersOf } from '../readers/readersOf';
import { workloadsOf } from '../readers/workloadsOf';
import type { KeyTools } from './KeyTools';

function nameOf(ref: string): string {
  const parsed = parseRef(ref);
  return parsed.type === 'workload' ? `${parsed.kind} ${parsed.name}` : ref;
}

/** Who reads a prefix, in sentences for a preview; never fails. */
export async function readerSentences(
  { client }: Pick<KeyTools, 'client'>,
  place: KeyPlace,
): Promise<string[]> {
  let readers;
  try {
    readers = readersOf(
      await workloadsOf(client, place.cluster, place.namespace),
      place,
    );
  } catch {
    return ['Who reads it is not known: the cluster does not answer.'];
  }
  const declared = readers.filter(({ isDeclared }) => isDeclared);
  if (declared.length > 0) {
    return [`Read by ${declared.map(({ ref }) => nameOf(ref)).join(', ')}.`];
  }
  return readers.length > 0
    ? [
        `Probably read by ${readers
          .map(({ ref }) => nameOf(ref))
          .join(', ')}, though nothing but the name says so.`,
      ]
    : ['No workload says that it reads this prefix.'];
}
