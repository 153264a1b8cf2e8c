import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { CanarySummary } from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { deliveryTranslationRef } from '../../translation';
import { VersionChip } from '../CanaryScreen/VersionChip';
import styles from './CanaryTable.module.css';
import { PhaseMark } from './PhaseMark';

const ROW_HEIGHT = 52;
/** More rows than this scroll within the table, and only those in sight are made. */
const MOST_ROWS = 12;

/** @public */
export type CanaryTableProps = {
  canaries: readonly CanarySummary[];
  onOpen: (ref: string) => void;
};

/** Canaries as rows; the row is the way to its screen. */
export function CanaryTable(props: CanaryTableProps) {
  const { canaries, onOpen } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const bodyRef = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: canaries.length,
    getScrollElement: () => bodyRef.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    initialRect: { width: 800, height: ROW_HEIGHT * MOST_ROWS },
  });
  const columns = [
    'service',
    'phase',
    'versions',
    'weight',
    'step',
    'since',
  ] as const;
  return (
    <div
      className={styles.table}
      role="table"
      aria-label={t('inbox.table')}
      aria-rowcount={canaries.length + 1}
    >
      <div className={styles.row} role="row">
        {columns.map(column => (
          <div key={column} role="columnheader" className={styles.header}>
            {t(`inbox.column.${column}`)}
          </div>
        ))}
      </div>
      <div
        ref={bodyRef}
        className={styles.body}
        role="rowgroup"
        style={{
          height: ROW_HEIGHT * Math.min(canaries.length, MOST_ROWS),
        }}
      >
        <div
          role="presentation"
          style={{ height: virtualizer.getTotalSize(), position: 'relative' }}
        >
          {virtualizer.getVirtualItems().map(item => (
            <CanaryRow
              key={canaries[item.index].ref}
              canary={canaries[item.index]}
              index={item.index}
              top={item.start}
              onOpen={onOpen}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function CanaryRow(props: {
  canary: CanarySummary;
  index: number;
  top: number;
  onOpen: (ref: string) => void;
}) {
  const { canary, index, top, onOpen } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const [cluster, namespace] = canary.ref.split('/');
  const { weights, stepIndex, stepCount } = canary;
  const since = canary.waitsFor?.since ?? canary.changedAt;
  return (
    <div
      className={styles.row}
      role="row"
      aria-rowindex={index + 2}
      style={{ position: 'absolute', top, left: 0, right: 0 }}
    >
      <div role="cell" className={styles.cell}>
        <button
          type="button"
          className={styles.link}
          onClick={() => onOpen(canary.ref)}
        >
          {canary.app}
        </button>
        <div className={styles.small}>
          {[namespace, canary.environment, cluster, canary.engineTitle]
            .filter(Boolean)
            .join(' · ')}
        </div>
      </div>
      <div role="cell" className={styles.cell}>
        <PhaseMark phase={canary.phase} />
        <div className={styles.small} title={canary.reason}>
          {canary.reason}
        </div>
      </div>
      <div role="cell" className={styles.cell}>
        {canary.canaryVersion &&
          canary.canaryVersion !== canary.stableVersion && (
            <>
              <VersionChip side="canary" version={canary.canaryVersion} />{' '}
            </>
          )}
        <VersionChip side="stable" version={canary.stableVersion} />
      </div>
      <div role="cell" className={styles.cell}>
        {format.percent(
          weights.desired === undefined ? undefined : weights.desired / 100,
        )}
        <div className={styles.small} title={weights.observedReason}>
          {weights.observed === undefined
            ? weights.observedReason && t('inbox.observedUnknown')
            : t('inbox.observed', {
                percent: format.percent(weights.observed / 100),
              })}
        </div>
      </div>
      <div role="cell" className={styles.cell}>
        {stepIndex === undefined || stepCount === 0
          ? '–'
          : t('inbox.step', {
              step: String(Math.min(stepIndex + 1, stepCount)),
              total: String(stepCount),
            })}
      </div>
      <div role="cell" className={styles.cell}>
        {since ? (
          <span title={format.instant(since)}>
            {format.ago(since, Date.now())}
          </span>
        ) : (
          '–'
        )}
        <div className={styles.small}>{canary.startedBy}</div>
      </div>
    </div>
  );
}
