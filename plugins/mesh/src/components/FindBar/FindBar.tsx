import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Found, MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import {
  compareHealth,
  type Health,
} from '@orrery/backstage-plugin-orrery-common';
import { useEffect, useMemo, useRef } from 'react';
import type { MeshFind } from '../../hooks/useFind';
import { meshTranslationRef } from '../../translation';
import { ExpressionField } from './ExpressionField';
import styles from './FindBar.module.css';
import { FindCounts } from './FindCounts';
import { FindHelp } from './FindHelp';

/** Whether keys that somebody presses are text that they write. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input, textarea, select, [role="dialog"]') !== null)
  );
}

/** Ids of what was found, nodes first, the worst of each before the others. */
function matchesOf(graph: MeshGraph, found: Found): string[] {
  const worstFirst = (
    items: readonly { id: string; health: Health }[],
    ids: ReadonlySet<string>,
  ) =>
    items
      .filter(item => ids.has(item.id))
      .sort((left, right) =>
        compareHealth(left.health.state, right.health.state),
      )
      .map(item => item.id);
  return [
    ...worstFirst(graph.nodes, found.nodes),
    ...worstFirst(graph.edges, found.edges),
  ];
}

/** Expressions that find nodes and edges, and that hide them. */
export function FindBar(props: {
  /** All of the graph, with what is hidden. */
  graph: MeshGraph;
  state: MeshFind;
  selected: string | undefined;
  onSelect: (id: string) => void;
}) {
  const { graph, state, selected, onSelect } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const inputRef = useRef<HTMLInputElement>(null);
  const { found } = state;
  const matches = useMemo(
    () => (found && state.shown ? matchesOf(state.shown, found) : []),
    [found, state.shown],
  );
  const place = selected === undefined ? -1 : matches.indexOf(selected);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (event.key === '/' && isPlain && !isWriting(event.target)) {
        event.preventDefault();
        inputRef.current?.focus();
        inputRef.current?.select();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  const go = (step: 1 | -1) => {
    if (matches.length > 0) {
      const start = place < 0 && step < 0 ? 0 : place;
      onSelect(matches[(start + step + matches.length) % matches.length]);
    }
  };
  return (
    <div role="search" className={styles.bar} aria-label={t('find.label')}>
      <ExpressionField
        use="find"
        field={state.find}
        graph={graph}
        isLive
        onGo={go}
        inputRef={inputRef}
      />
      <ExpressionField use="hide" field={state.hide} graph={graph} />
      <FindHelp />
      <FindCounts state={state} place={place} onGo={go} />
    </div>
  );
}
