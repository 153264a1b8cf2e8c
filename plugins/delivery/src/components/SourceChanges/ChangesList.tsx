import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Skeleton, Text } from '@backstage/ui';
import type {
  Commit,
  MergeRequest,
  ServicePlaceInput,
} from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useSourceChanges } from '../../hooks/useBuilds';
import type { Revisions } from '../../model/revisionsBetween';
import { deliveryTranslationRef } from '../../translation';
import styles from './SourceChanges.module.css';

const SHORT = 8;

/** @public */
export type ChangesListProps = {
  place: ServicePlaceInput;
  revisions: Revisions;
  /** How many commits are listed; the others are counted. */
  most: number;
};

/** What came between two revisions, or would be lost by going back. */
export function ChangesList(props: ChangesListProps) {
  const { place, revisions, most } = props;
  const { from, to, fromName, toName } = revisions;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { value, error } = useSourceChanges(place, from, to);
  if (error) {
    return <Text>{t('changes.unknown', { reason: error.message })}</Text>;
  }
  if (!value) {
    return (
      <div role="status" aria-label={t('changes.loading')}>
        <Skeleton height={72} />
      </div>
    );
  }
  const { commits, mergeRequests, files, isBackwards, url } = value;
  const names = { from: fromName, to: toName };
  return (
    <section aria-label={t('changes.title', names)} className={styles.changes}>
      {isBackwards ? (
        <Alert
          status="warning"
          icon
          title={t('changes.lost', {
            ...names,
            number: String(commits.length),
          })}
        />
      ) : (
        <div>
          {commits.length === 0
            ? t('changes.same', names)
            : t('changes.summary', {
                ...names,
                commits: String(commits.length),
                files: String(files.length),
              })}
        </div>
      )}
      {mergeRequests.length > 0 && (
        <ul className={styles.list} aria-label={t('changes.mergeRequests')}>
          {mergeRequests.map(request => (
            <MergeRequestItem key={request.number} request={request} />
          ))}
        </ul>
      )}
      {commits.length > 0 && (
        <ul className={styles.list} aria-label={t('changes.commits')}>
          {commits.slice(0, most).map(commit => (
            <CommitItem key={commit.id} commit={commit} />
          ))}
        </ul>
      )}
      <div className={styles.small}>
        {commits.length > most &&
          `${t('build.more', { number: String(commits.length - most) })} `}
        {url && (
          <a href={url} target="_blank" rel="noreferrer">
            {t('changes.inGitLab')}
          </a>
        )}
      </div>
    </section>
  );
}

function CommitItem(props: { commit: Commit }) {
  const { id, title, author, at, url } = props.commit;
  const format = useFormat();
  const short = id.slice(0, SHORT);
  return (
    <li>
      <span className={styles.code} title={id}>
        {url ? (
          <a href={url} target="_blank" rel="noreferrer">
            {short}
          </a>
        ) : (
          short
        )}
      </span>{' '}
      {title}{' '}
      <span className={styles.small} title={at && format.instant(at)}>
        {[author, at && format.ago(at, Date.now())].filter(Boolean).join(' · ')}
      </span>
    </li>
  );
}

function MergeRequestItem(props: { request: MergeRequest }) {
  const { number, title, author, url } = props.request;
  return (
    <li>
      <a href={url} target="_blank" rel="noreferrer">
        !{number}
      </a>{' '}
      {title} <span className={styles.small}>{author}</span>
    </li>
  );
}
