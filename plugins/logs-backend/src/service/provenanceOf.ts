import type {
  Provenance,
  Warning,
} from '@orrery/backstage-plugin-orrery-common';
import type { SearchAnswer } from '../sources/answers';

/** Where an answer came from, and what of it is missing. */
export function provenanceOf(
  cluster: string,
  answer: Pick<SearchAnswer, 'timed_out' | '_shards'>,
): Provenance {
  const warnings: Warning[] = [];
  const failed = answer._shards?.failed ?? 0;
  if (answer.timed_out) {
    warnings.push({
      code: 'partial',
      message:
        'The log store ran out of time: this is only a part. A narrower range shows all.',
    });
  }
  if (failed > 0) {
    warnings.push({
      code: 'shards',
      message: `${failed} of ${
        answer._shards?.total ?? '?'
      } shards of the log store did not answer: lines may be missing`,
    });
  }
  return {
    sources: [
      {
        name: `${cluster}/logs`,
        state: failed > 0 || answer.timed_out ? 'stale' : 'ok',
        asOf: new Date().toISOString(),
      },
    ],
    warnings,
  };
}
