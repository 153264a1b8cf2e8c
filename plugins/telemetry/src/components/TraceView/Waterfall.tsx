import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import {
  visibleRows,
  type Waterfall as WaterfallModel,
} from '@orrery/backstage-plugin-telemetry-common';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import { telemetryTranslationRef } from '../../translation';
import styles from './TraceView.module.css';
import { WaterfallBar } from './WaterfallBar';

const ROW_HEIGHT = 26;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** @public */
export type WaterfallProps = {
  waterfall: WaterfallModel;
  selected: string | undefined;
  onSelect: (spanId: string) => void;
};

/**
 * The spans of a trace as a tree over time. Only rows in sight are made, so
 * that ten thousand cost no more than fifty.
 */
export function Waterfall(props: WaterfallProps) {
  const { waterfall, selected, onSelect } = props;
  const { rows, durationMilliseconds } = waterfall;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const format = useFormat();
  const scrollRef = useRef<HTMLDivElement>(null);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const visible = useMemo(() => visibleRows(rows, closed), [rows, closed]);
  const selectedIndex = visible.findIndex(
    position => rows[position].span.id === selected,
  );
  const virtualizer = useVirtualizer({
    count: visible.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    initialRect: { width: 800, height: 640 },
  });
  const setOpen = (id: string, isOpen: boolean) =>
    setClosed(before => {
      const next = new Set(before);
      if (isOpen) {
        next.delete(id);
      } else {
        next.add(id);
      }
      return next;
    });
  const goTo = (index: number) => {
    const position = visible[index];
    if (position !== undefined) {
      onSelect(rows[position].span.id);
      virtualizer.scrollToIndex(index);
    }
  };
  const onClick = ({ target }: MouseEvent) => {
    const row = target instanceof Element && target.closest('[data-span]');
    const id = row && row.getAttribute('data-span');
    if (id) {
      onSelect(id);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[visible[selectedIndex]];
    const moves: Record<string, () => void> = {
      ArrowDown: () => goTo(selectedIndex + 1),
      ArrowUp: () => goTo(Math.max(0, selectedIndex - 1)),
      Home: () => goTo(0),
      End: () => goTo(visible.length - 1),
      ArrowLeft: () => row && setOpen(row.span.id, false),
      ArrowRight: () => row && setOpen(row.span.id, true),
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      move();
    }
  };
  return (
    <div className={styles.waterfall}>
      <div className={styles.axis} aria-hidden="true">
        <span className={styles.axisName}>{t('trace.spans')}</span>
        <span className={styles.ticks}>
          {TICKS.map(place => (
            <span key={place}>
              {format.milliseconds(place * durationMilliseconds)}
            </span>
          ))}
        </span>
      </div>
      <div
        ref={scrollRef}
        className={styles.rows}
        role="treegrid"
        aria-label={t('trace.waterfall')}
        aria-rowcount={visible.length}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={onClick}
        aria-activedescendant={
          selectedIndex < 0 ? undefined : `span-${selected}`
        }
      >
        <div
          role="rowgroup"
          style={{ height: virtualizer.getTotalSize(), position: 'relative' }}
        >
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[visible[index]];
            const { span } = row;
            const isClosed = closed.has(span.id);
            const hasChildren = row.childCount > 0;
            return (
              <div
                key={span.id}
                id={`span-${span.id}`}
                data-span={span.id}
                role="row"
                aria-level={row.depth + 1}
                aria-rowindex={index + 1}
                aria-selected={span.id === selected}
                aria-expanded={hasChildren ? !isClosed : undefined}
                data-error={span.isError ? '' : undefined}
                className={styles.row}
                style={{ transform: `translateY(${start}px)` }}
              >
                <div
                  role="gridcell"
                  className={styles.name}
                  style={{ paddingInlineStart: Math.min(row.depth, 24) * 12 }}
                >
                  <span
                    className={styles.toggle}
                    aria-hidden="true"
                    onClick={event => {
                      if (hasChildren) {
                        event.stopPropagation();
                        setOpen(span.id, isClosed);
                      }
                    }}
                  >
                    {hasChildren && (isClosed ? '▸' : '▾')}
                  </span>
                  {span.isError && (
                    <span
                      className={styles.error}
                      title={t('trace.failed')}
                      role="img"
                      aria-label={t('trace.failed')}
                    >
                      ✕
                    </span>
                  )}
                  <span className={styles.service}>
                    {span.isHidden ? t('traces.hidden') : span.service}
                  </span>
                  <span className={styles.operation}>
                    {!span.isHidden && span.name}
                    {isClosed && ` (+${row.descendantCount})`}
                  </span>
                </div>
                <WaterfallBar row={row} total={durationMilliseconds} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
