import { useCallback, useEffect, useState, type RefObject } from 'react';

/** Lets an element fill the screen; Escape ends it, as everywhere. */
export function useFullscreen(element: RefObject<HTMLElement>): {
  isAvailable: boolean;
  isFull: boolean;
  toggle: () => void;
} {
  const [isFull, setFull] = useState(false);
  useEffect(() => {
    const update = () =>
      setFull(
        document.fullscreenElement !== null &&
          document.fullscreenElement === element.current,
      );
    document.addEventListener('fullscreenchange', update);
    return () => document.removeEventListener('fullscreenchange', update);
  }, [element]);
  const toggle = useCallback(() => {
    const change = document.fullscreenElement
      ? document.exitFullscreen()
      : element.current?.requestFullscreen();
    // Refused by the browser: everything stays as it is.
    change?.catch(() => setFull(false));
  }, [element]);
  return { isAvailable: document.fullscreenEnabled === true, isFull, toggle };
}
