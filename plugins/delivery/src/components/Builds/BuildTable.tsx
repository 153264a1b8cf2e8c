import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Build } from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import type { ReactNode } from 'react';
import { useNow } from '../../hooks/useNow';
import { formatDuration } from '../../model/duration';
import { deliveryTranslationRef } from '../../translation';
import { BuildParameters } from './BuildParameters';
import styles from './Builds.module.css';
import { BuildStateMark } from './BuildStateMark';

const SHORT = 8;

/** @public */
export type BuildTableProps = {
  /** The newest first. */
  builds: readonly Build[];
  /** Number of the build that is open. */
  open: number | undefined;
  onToggle: (number: number) => void;
  /** All about the build that is open. */
  renderOpen: (build: Build) => ReactNode;
  renderActions: (build: Build) => ReactNode;
};

/** Builds in lines; one of them can be open. */
export function BuildTable(props: BuildTableProps) {
  const { builds, open, onToggle, renderOpen, renderActions } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const columns = [
    'number',
    'state',
    'parameters',
    'commit',
    'started',
    'duration',
    'cause',
  ] as const;
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={t('build.title')}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column} scope="col">
                {t(`build.column.${column}`)}
              </th>
            ))}
            <th scope="col" aria-label={t('pod.actions')} />
          </tr>
        </thead>
        {builds.map(build => (
          <tbody key={build.number}>
            <BuildRow
              build={build}
              isOpen={build.number === open}
              onToggle={() => onToggle(build.number)}
              actions={renderActions(build)}
            />
            {build.number === open && (
              <tr>
                <td colSpan={columns.length + 1} className={styles.open}>
                  {renderOpen(build)}
                </td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function BuildRow(props: {
  build: Build;
  isOpen: boolean;
  onToggle: () => void;
  actions: ReactNode;
}) {
  const { build, isOpen, onToggle, actions } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const { startedAt, revision, cause } = build;
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={isOpen}
          aria-label={t('build.open', { number: String(build.number) })}
          onClick={onToggle}
        >
          <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> #{build.number}
        </button>
      </th>
      <td>
        <BuildStateMark state={build.state} />
      </td>
      <td>
        <BuildParameters parameters={build.parameters} />
      </td>
      <td className={styles.code} title={revision}>
        {revision?.slice(0, SHORT) ?? t('build.unknown')}
      </td>
      <td className={styles.nowrap}>
        {startedAt ? (
          <span title={format.instant(startedAt)}>
            {format.ago(startedAt, Date.now())}
          </span>
        ) : (
          t('build.unknown')
        )}
      </td>
      <td className={styles.nowrap}>
        <Duration build={build} />
      </td>
      <td>{cause ?? t('build.unknown')}</td>
      <td className={styles.actions}>{actions}</td>
    </tr>
  );
}

/** How long it took or has been running, against what is usual. */
function Duration(props: { build: Build }) {
  const { state, startedAt, durationMilliseconds, estimatedMilliseconds } =
    props.build;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const now = useNow(state === 'running');
  const spent =
    state === 'running' && startedAt
      ? Math.max(0, now - Date.parse(startedAt))
      : durationMilliseconds;
  return (
    <>
      {spent === undefined ? t('build.unknown') : formatDuration(spent)}
      <div className={styles.small}>
        {estimatedMilliseconds === undefined
          ? t('build.usualUnknown')
          : t('build.usual', { time: formatDuration(estimatedMilliseconds) })}
      </div>
    </>
  );
}
