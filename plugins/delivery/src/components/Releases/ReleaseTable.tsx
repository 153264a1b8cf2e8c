import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Release } from '@orrery/backstage-plugin-delivery-common';
import { useMemo, useState } from 'react';
import { currentReleases, releaseChanges } from '../../model/releaseChanges';
import { sortReleases, type ReleaseOrder } from '../../model/sortReleases';
import { deliveryTranslationRef } from '../../translation';
import { ReleaseRow } from './ReleaseRow';
import styles from './ReleaseTable.module.css';
import { SCROLLING } from './scrolling';
import { SortHeader } from './SortHeader';

/** @public */
export type ReleaseTableProps = {
  releases: readonly Release[];
  /** All that are known, where `releases` are some of them; to compare with. */
  all?: readonly Release[];
  /** Whether the newest are among them, which run now. */
  isFirstPage?: boolean;
  /** Whether the releases are of several services. */
  showService?: boolean;
  onDiff: (release: Release) => void;
  /** Absent where nothing is rolled back from. */
  onRollBack?: (release: Release) => void;
  /** Why a release cannot be gone back to; undefined where it can. */
  refusalOf?: (release: Release) => string | undefined;
};

/** Releases as dense rows that can be sorted. */
export function ReleaseTable(props: ReleaseTableProps) {
  const {
    releases,
    all = releases,
    isFirstPage = true,
    showService = false,
    onDiff,
    onRollBack,
    refusalOf,
  } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [order, setOrder] = useState<ReleaseOrder>('when');
  const [isDescending, setDescending] = useState(true);
  const changes = useMemo(() => releaseChanges(all), [all]);
  const current = useMemo(
    () => (isFirstPage ? currentReleases(all) : new Set<string>()),
    [all, isFirstPage],
  );
  const sorted = useMemo(
    () => sortReleases(releases, order, isDescending),
    [releases, order, isDescending],
  );
  const header = (column: ReleaseOrder) => (
    <SortHeader
      label={t(`release.column.${column}`)}
      direction={
        order === column
          ? (isDescending && 'descending') || 'ascending'
          : undefined
      }
      onSort={() => {
        setDescending(order === column ? !isDescending : column === 'when');
        setOrder(column);
      }}
    />
  );
  return (
    <div
      className={styles.scroll}
      {...SCROLLING}
      aria-label={t('release.table')}
    >
      <table className={styles.table} aria-label={t('release.table')}>
        <thead>
          <tr>
            {showService && header('service')}
            {header('version')}
            {header('when')}
            {header('who')}
            <th scope="col">{t('release.column.changed')}</th>
            {header('errors')}
            {header('outcome')}
            <th scope="col">
              <span className={styles.hidden}>
                {t('release.column.actions')}
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(release => (
            <ReleaseRow
              key={release.id}
              release={release}
              change={changes.get(release.id) ?? { kind: 'unknown' }}
              isCurrent={current.has(release.id)}
              showService={showService}
              onDiff={onDiff}
              onRollBack={current.has(release.id) ? undefined : onRollBack}
              refusal={refusalOf?.(release)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
