import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import {
  resolveTimeRange,
  type TimeRange,
} from '@orrery/backstage-plugin-orrery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import type { FoundLines } from '../../hooks/useLogSearch';
import { logsTranslationRef } from '../../translation';
import { LogLines, type LineVerbs, type RowLook } from '../LogLines';
import styles from './LogSearch.module.css';

/** Whether a range begins before what is kept; a bad range begins nowhere. */
function isBeforeKept(range: TimeRange, oldestAt: string | undefined) {
  try {
    return (
      oldestAt !== undefined &&
      resolveTimeRange(range, Date.now()).fromMilliseconds <
        Date.parse(oldestAt)
    );
  } catch {
    return false;
  }
}

/** What was found, or in words why there is nothing. */
export function FoundView(props: {
  found: FoundLines;
  look: RowLook;
  verbs: LineVerbs;
  oldestAt?: string;
  range: TimeRange;
}) {
  const { found, look, verbs, oldestAt, range } = props;
  const { t } = useTranslationRef(logsTranslationRef);
  const format = useFormat();
  const { store, answer, isLoading, error, hasMore, more } = found;
  const isEmpty = answer !== undefined && store.count === 0;
  const total = answer?.total;
  return (
    <div className={styles.found}>
      <div className={styles.foot} role="status">
        {isLoading && t('found.loading')}
        {!isLoading &&
          total &&
          t(total.relation === 'exact' ? 'found.total' : 'found.atLeast', {
            total: format.number(total.value),
            shown: format.number(store.count),
          })}
        {isBeforeKept(range, oldestAt) &&
          ` · ${t('found.kept', { at: format.instant(oldestAt ?? '') })}`}
      </div>
      {isLoading && store.count === 0 && <Skeleton height={300} />}
      {isEmpty && <p className={styles.empty}>{t('found.none')}</p>}
      {error && store.count === 0 && (
        <p className={styles.empty}>{error.message}</p>
      )}
      {store.count > 0 && (
        <LogLines
          store={store}
          label={t('found.title')}
          look={look}
          verbs={verbs}
          hasMore={hasMore}
          onMore={more}
        />
      )}
    </div>
  );
}
