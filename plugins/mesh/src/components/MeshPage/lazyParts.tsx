import { lazy, Suspense, type ComponentProps, type ReactNode } from 'react';
import styles from './MeshPage.module.css';

// What the picture does not need at once. Each part is code of its own, so
// that the picture is not kept waiting for what is looked at after it.
const loadControlPlanes = () => import('../ControlPlane');
const loadExportMenu = () => import('../ExportMenu');
const loadTimeBar = () => import('../TimeBar');
const loadTables = () => import('../MeshTables');
const loadComparison = () => import('../ComparisonPanel');
const loadSelection = () => import('../SelectionPanel');

const LazyControlPlanes = lazy(async () => ({
  default: (await loadControlPlanes()).ControlPlanes,
}));
const LazyExportMenu = lazy(async () => ({
  default: (await loadExportMenu()).ExportMenu,
}));
const LazyTimeBar = lazy(async () => ({
  default: (await loadTimeBar()).TimeBar,
}));
const LazyTables = lazy(async () => ({
  default: (await loadTables()).MeshTables,
}));
const LazyComparison = lazy(async () => ({
  default: (await loadComparison()).ComparisonPanel,
}));
const LazySelection = lazy(async () => ({
  default: (await loadSelection()).SelectionPanel,
}));

/** Keeps the place of a part that is on its way, so that nothing jumps. */
function Later(props: { place: string; children: ReactNode }) {
  return (
    <Suspense fallback={<div className={props.place} aria-busy="true" />}>
      {props.children}
    </Suspense>
  );
}

/** See `ControlPlane`. */
export function ControlPlanes(
  props: ComponentProps<typeof LazyControlPlanes>,
): JSX.Element {
  return (
    <Later place={styles.laterPage}>
      <LazyControlPlanes {...props} />
    </Later>
  );
}

/** See `ExportMenu`. */
export function ExportMenu(
  props: ComponentProps<typeof LazyExportMenu>,
): JSX.Element {
  return (
    <Later place={styles.laterButton}>
      <LazyExportMenu {...props} />
    </Later>
  );
}

/** See `TimeBar`. */
export function TimeBar(
  props: ComponentProps<typeof LazyTimeBar>,
): JSX.Element {
  return (
    <Later place={styles.laterTimeBar}>
      <LazyTimeBar {...props} />
    </Later>
  );
}

/** See `MeshTables`. */
export function MeshTables(
  props: ComponentProps<typeof LazyTables>,
): JSX.Element {
  return (
    <Later place={styles.laterPage}>
      <LazyTables {...props} />
    </Later>
  );
}

/** See `ComparisonPanel`. */
export function ComparisonPanel(
  props: ComponentProps<typeof LazyComparison>,
): JSX.Element {
  return (
    <Later place={styles.laterPanel}>
      <LazyComparison {...props} />
    </Later>
  );
}

/** See `SelectionPanel`. */
export function SelectionPanel(
  props: ComponentProps<typeof LazySelection>,
): JSX.Element {
  return (
    <Later place={styles.laterPanel}>
      <LazySelection {...props} />
    </Later>
  );
}

/**
 * Fetches what the next click may need while nothing else is to be done. A
 * browser that does not say when that is fetches it with the click.
 *
 * @returns how to change one's mind
 */
export function fetchPartsWhenIdle(): () => void {
  if (typeof window.requestIdleCallback !== 'function') {
    return () => undefined;
  }
  const waiting = [loadSelection, loadTables, loadComparison];
  let request: number | undefined;
  const next = () => {
    request = window.requestIdleCallback(() => {
      // A part that does not arrive now is asked for again when it is wanted.
      waiting
        .shift()?.()
        .catch(() => undefined);
      if (waiting.length > 0) {
        next();
      }
    });
  };
  next();
  return () => {
    if (request !== undefined) {
      window.cancelIdleCallback(request);
    }
  };
}
