import { useEffect, useState } from 'react';

const QUERY = '(prefers-reduced-motion: reduce)';

/** Whether the viewer asked their system for less movement. */
export function useReducedMotion(): boolean {
  const [isReduced, setReduced] = useState(
    () => window.matchMedia?.(QUERY).matches ?? false,
  );
  useEffect(() => {
    const media = window.matchMedia?.(QUERY);
    const update = () => setReduced(media?.matches ?? false);
    media?.addEventListener('change', update);
    return () => media?.removeEventListener('change', update);
  }, []);
  return isReduced;
}
