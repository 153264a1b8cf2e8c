import { useEffect, useState, type RefObject } from 'react';

/** Rows beyond the edge, so that scrolling never shows an empty one. */
const BEYOND = 12;
/** Where nothing can be measured (no layout), the first rows are shown anyway. */
const FALLBACK_HEIGHT = 600;

/** Which rows of a long list are in the document. */
export type RowWindow = {
  /** Index of the first row, and of the one after the last. */
  from: number;
  to: number;
  /** Scrolls as little as shows a row. */
  show: (index: number) => void;
};

/**
 * The rows in view of a list that scrolls, all of one height.
 *
 * @param scrollRef - the element that scrolls, and in which the first row is
 *   at the top
 * @param rowHeight - in CSS pixels
 */
export function useWindow(
  scrollRef: RefObject<HTMLElement>,
  count: number,
  rowHeight: number,
): RowWindow {
  const [first, setFirst] = useState(0);
  const [fitting, setFitting] = useState(
    Math.ceil(FALLBACK_HEIGHT / rowHeight),
  );
  useEffect(() => {
    const element = scrollRef.current;
    if (!element) {
      return undefined;
    }
    const read = () => {
      setFirst(Math.floor(element.scrollTop / rowHeight));
      if (element.clientHeight > 0) {
        setFitting(Math.ceil(element.clientHeight / rowHeight) + 1);
      }
    };
    read();
    element.addEventListener('scroll', read, { passive: true });
    const resize =
      typeof ResizeObserver === 'undefined'
        ? undefined
        : new ResizeObserver(read);
    resize?.observe(element);
    return () => {
      element.removeEventListener('scroll', read);
      resize?.disconnect();
    };
  }, [scrollRef, rowHeight]);

  // A list that became shorter has not told yet that it is scrolled less.
  const start = Math.max(0, Math.min(first, count - fitting));
  return {
    from: Math.max(0, start - BEYOND),
    to: Math.min(count, start + fitting + BEYOND),
    show: index => {
      const element = scrollRef.current;
      if (!element) {
        return;
      }
      const top = index * rowHeight;
      const height = element.clientHeight || FALLBACK_HEIGHT;
      if (top < element.scrollTop) {
        element.scrollTop = top;
      } else if (top + rowHeight > element.scrollTop + height) {
        element.scrollTop = top + rowHeight - height;
      }
      setFirst(Math.floor(element.scrollTop / rowHeight));
    },
  };
}
