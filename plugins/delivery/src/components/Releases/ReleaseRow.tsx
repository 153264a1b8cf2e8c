import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Release,
  ReleaseFigures,
  ReleaseState,
} from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { Link } from '@backstage/ui';
import { useCanaryLink } from '../../hooks/useCanaryLink';
import { personName } from '../../model/personName';
import type { ReleaseChange } from '../../model/releaseChanges';
import { deliveryTranslationRef } from '../../translation';
import styles from './ReleaseTable.module.css';

const GLYPHS: Record<ReleaseState, string> = {
  progressing: '▸',
  succeeded: '✓',
  failed: '×',
  superseded: '»',
  unknown: '?',
};
/** Errors that rose by more than a percentage point are worth a look. */
const WORSE = 0.01;

type ReleaseRowProps = {
  release: Release;
  change: ReleaseChange;
  isCurrent: boolean;
  showService: boolean;
  onDiff: (release: Release) => void;
  onRollBack?: (release: Release) => void;
  refusal?: string;
};

/** One release: what, when, by whom, how it went, and the way back to it. */
export function ReleaseRow(props: ReleaseRowProps) {
  const { release, isCurrent, showService, onDiff, onRollBack, refusal } =
    props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const canaryLink = useCanaryLink();
  const [, namespace, kind, name] = release.workload.split('/');
  const version = release.version ?? t('release.noVersion');
  const labelOf = (action: string) =>
    t('release.details', {
      action,
      version,
      name,
      time: format.instant(release.startedAt),
    });
  return (
    <tr>
      {showService && (
        <td>
          {release.app}
          <div className={styles.small}>
            {namespace} · {release.cluster}
          </div>
        </td>
      )}
      <td>
        <strong>{version}</strong>
        {isCurrent && <span className={styles.tag}>{t('release.runs')}</span>}
        {release.isRollback && (
          <span className={styles.tag}>{t('release.rollback')}</span>
        )}
        {release.canary && (
          <div className={styles.small}>
            <Link variant="body-x-small" href={canaryLink(release.canary)}>
              {t('release.canary')}
            </Link>
          </div>
        )}
        {!showService && (
          <div className={styles.small}>
            {namespace} · {kind} {name}
          </div>
        )}
      </td>
      <td className={styles.nowrap}>
        <time
          dateTime={release.startedAt}
          title={format.ago(release.startedAt, Date.now())}
        >
          {format.day(release.startedAt)} {format.time(release.startedAt)}
        </time>
        {release.commit && (
          <div className={styles.small} title={release.range?.reason}>
            {[
              t('release.commit', { commit: release.commit.slice(0, 7) }),
              release.range?.commits &&
                t('release.commits', {
                  number: String(release.range.commits),
                }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
        )}
      </td>
      <td className={styles.who}>
        <span title={release.actor.sentence}>
          {personName(release.actor.name) ?? release.actor.sentence}
        </span>
        {release.why && <div className={styles.small}>“{release.why}”</div>}
      </td>
      <td>
        <Change change={props.change} />
      </td>
      <td className={styles.nowrap}>
        <Errors before={release.before} after={release.after} />
      </td>
      <td className={styles.outcome}>
        <span className={styles.state} data-state={release.state}>
          <span aria-hidden="true">{GLYPHS[release.state]}</span>{' '}
          {t(`release.state.${release.state}`)}
        </span>
        <div className={styles.small} title={release.outcome}>
          {release.outcome}
        </div>
      </td>
      <td className={styles.actions}>
        <button
          type="button"
          className={styles.link}
          aria-label={labelOf(t('release.diff'))}
          onClick={() => onDiff(release)}
        >
          {t('release.diff')}
        </button>
        {onRollBack && (
          <button
            type="button"
            className={styles.link}
            aria-label={labelOf(t('release.rollBack'))}
            aria-disabled={refusal !== undefined}
            title={refusal}
            onClick={() => refusal === undefined && onRollBack(release)}
          >
            {t('release.rollBack')}
          </button>
        )}
      </td>
    </tr>
  );
}

function Change(props: { change: ReleaseChange }) {
  const { change } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  switch (change.kind) {
    case 'images':
      return (
        <>
          {change.images.map(({ container, version }) => (
            <div key={container}>
              {container} {version}
            </div>
          ))}
        </>
      );
    case 'settings':
      return <>{t('release.settings')}</>;
    default:
      return (
        <span className={styles.small} title={t('release.changeUnknownWhy')}>
          {t('release.changeUnknown')}
        </span>
      );
  }
}

function Errors(props: { before?: ReleaseFigures; after?: ReleaseFigures }) {
  const { before, after } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const figure = (figures: ReleaseFigures | undefined) =>
    figures?.errorShare === undefined ? (
      <span
        className={styles.small}
        title={figures?.reason ?? t('release.noFigures')}
      >
        {t('release.errorsUnknown')}
      </span>
    ) : (
      format.percent(figures.errorShare)
    );
  const isWorse =
    (after?.errorShare ?? 0) - (before?.errorShare ?? after?.errorShare ?? 0) >
    WORSE;
  return (
    <>
      {figure(before)} →{' '}
      <span
        data-state={isWorse ? 'failed' : undefined}
        className={styles.state}
      >
        {figure(after)}
      </span>
    </>
  );
}
