import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  BuildsResponse,
  SourceResponse,
  WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';
import type { Provenance } from '@orrery/backstage-plugin-orrery-common';
import {
  useFormat,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useImageTags } from '../../hooks/useReleaseFacts';
import { formatBytes } from '../../model/formatBytes';
import { deliveryTranslationRef } from '../../translation';
import { BuildStateMark } from '../Builds';
import { SectionLink } from './SectionLink';
import { StripPart } from './StripPart';

const SHORT = 8;

/** Why an answer is not there, or only half. */
function problemOf(answer: {
  value: { provenance: Provenance } | undefined;
  error: Error | undefined;
}): string | undefined {
  return (
    answer.error?.message ??
    answer.value?.provenance.sources.find(({ state }) => state !== 'ok')?.reason
  );
}

/** The newest commit of the default branch. */
export function CommitPart(props: { source: AsyncValue<SourceResponse> }) {
  const { source } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const { value } = source;
  const commit = value?.branches.find(
    ({ name }) => name === value.defaultBranch,
  )?.commit;
  const name = t('strip.commit');
  return (
    <StripPart
      name={
        commit?.url ? (
          <a href={commit.url} target="_blank" rel="noreferrer">
            {name}
          </a>
        ) : (
          name
        )
      }
      value={
        commit && <span title={commit.id}>{commit.id.slice(0, SHORT)}</span>
      }
      reason={
        commit
          ? undefined
          : problemOf(source) ?? t(value ? 'strip.noCommit' : 'strip.loading')
      }
    >
      {commit && (
        <>
          <div>{commit.title}</div>
          {[
            value?.defaultBranch,
            commit.author,
            commit.at && format.ago(commit.at, Date.now()),
          ]
            .filter(Boolean)
            .join(' · ')}
        </>
      )}
    </StripPart>
  );
}

/** How the last build stands. */
export function BuildPart(props: { builds: AsyncValue<BuildsResponse> }) {
  const { builds } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const last = builds.value?.builds.at(0);
  const waiting = builds.value?.queue.length ?? 0;
  const about =
    last &&
    (Object.values(last.parameters).find(Boolean) ??
      last.revision?.slice(0, SHORT));
  return (
    <StripPart
      name={
        <SectionLink section="delivery-builds">{t('strip.build')}</SectionLink>
      }
      value={
        last && (
          <>
            <BuildStateMark state={last.state} /> #{last.number}
          </>
        )
      }
      reason={
        last
          ? undefined
          : problemOf(builds) ??
            t(builds.value ? 'build.none' : 'strip.loading')
      }
    >
      {[
        about,
        last?.startedAt && format.ago(last.startedAt, Date.now()),
        waiting > 0 && t('strip.waiting', { number: String(waiting) }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </StripPart>
  );
}

/** The newest image of the repository that a service runs from. */
export function ImagePart(props: { workload: WorkloadSummary }) {
  const { ref } = props.workload;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const answer = useImageTags(ref);
  const newest = answer.value?.items.at(0);
  return (
    <StripPart
      name={
        <SectionLink section="delivery-workloads" open={{ workload: ref }}>
          {t('strip.image')}
        </SectionLink>
      }
      value={newest && <span title={newest.digest}>{newest.tag}</span>}
      reason={
        newest
          ? undefined
          : problemOf(answer) ??
            t(answer.value ? 'image.none' : 'strip.loading')
      }
    >
      {newest &&
        [
          newest.createdAt && format.ago(newest.createdAt, Date.now()),
          newest.digest?.replace('sha256:', '').slice(0, 12) ?? newest.reason,
          newest.bytes !== undefined && formatBytes(newest.bytes),
        ]
          .filter(Boolean)
          .join(' · ')}
    </StripPart>
  );
}
