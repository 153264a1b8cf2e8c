import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { LineStore } from '../../model/LineStore';
import { logsTranslationRef } from '../../translation';
import { LineDetail, type LineVerbs } from './LineDetail';
import { LogRow, type RowLook } from './LogRow';
import styles from './LogLines.module.css';

const ROW_HEIGHT = 22;
/** Rows of one height are filled anew instead of made anew; more are never in sight. */
const RECYCLED = 256;
/** Nearer to the end than this counts as being there, in pixels. */
const NEAR_END = 30;
/** So many rows before the end more lines are fetched. */
const FETCH_AHEAD = 100;

export type LogLinesProps = {
  store: LineStore;
  label: string;
  look: RowLook;
  verbs: LineVerbs;
  /** Whether the end is kept in sight as lines come. */
  isFollowing?: boolean;
  hasMore?: boolean;
  onMore?: () => void;
};

/** Lines, of which only those in sight are made. */
export function LogLines(props: LogLinesProps) {
  const { store, label, look, verbs, isFollowing, hasMore, onMore } = props;
  const { t } = useTranslationRef(logsTranslationRef);
  useSyncExternalStore(store.subscribe, store.snapshot);
  const boxRef = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  /** Lines ever told when the reader scrolled away; undefined at the end. */
  const [leftAt, setLeftAt] = useState<number>();
  const count = store.count;
  const told = store.count + store.dropped;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => boxRef.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    initialRect: { width: 1200, height: 600 },
  });
  const rows = virtualizer.getVirtualItems();
  const lastIndex = rows.at(-1)?.index ?? 0;

  useEffect(() => {
    if (hasMore && lastIndex >= count - FETCH_AHEAD) {
      onMore?.();
    }
  }, [hasMore, lastIndex, count, onMore]);

  const isAtEnd = isFollowing && leftAt === undefined;
  useEffect(() => {
    if (isAtEnd && count > 0) {
      virtualizer.scrollToIndex(count - 1, { align: 'end' });
    }
  }, [virtualizer, isAtEnd, told, count]);

  const onScroll = () => {
    const box = boxRef.current;
    if (!box || !isFollowing) {
      return;
    }
    const rest = box.scrollHeight - box.scrollTop - box.clientHeight;
    setLeftAt(before => (rest < NEAR_END ? undefined : before ?? told));
  };
  const toggle = useCallback(
    (id: string) =>
      setOpen(before => {
        const next = new Set(before);
        if (!next.delete(id)) {
          next.add(id);
        }
        return next;
      }),
    [],
  );
  return (
    <div className={styles.frame}>
      <div
        ref={boxRef}
        className={styles.box}
        role="region"
        aria-label={label}
        tabIndex={count > 0 ? 0 : -1}
        onScroll={onScroll}
      >
        <div
          className={styles.sheet}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {rows.map(item => {
            const line = store.at(item.index);
            if (!line) {
              return null;
            }
            const isOpen = open.has(line.id);
            const isMeasured = isOpen || look.isWrapped;
            return (
              <div
                key={isMeasured ? item.key : `row ${item.index % RECYCLED}`}
                ref={isMeasured ? virtualizer.measureElement : undefined}
                data-index={item.index}
                className={styles.item}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <LogRow
                  line={line}
                  look={look}
                  isOpen={isOpen}
                  onToggle={toggle}
                />
                {isOpen && <LineDetail line={line} verbs={verbs} />}
              </div>
            );
          })}
        </div>
      </div>
      {isFollowing && leftAt !== undefined && (
        <div className={styles.resume}>
          <Button size="small" onPress={() => setLeftAt(undefined)}>
            {t('live.newLines', { number: String(told - leftAt) })}
          </Button>
        </div>
      )}
    </div>
  );
}
