import { useEffect, useState, type RefObject } from 'react';

/** The width of an element in CSS pixels, as it changes. */
export function useWidth(ref: RefObject<Element>, fallback: number): number {
  const [width, setWidth] = useState(fallback);
  useEffect(() => {
    const element = ref.current;
    if (!element || typeof ResizeObserver === 'undefined') {
      return undefined;
    }
    const observer = new ResizeObserver(
      () => element.clientWidth > 0 && setWidth(element.clientWidth),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
