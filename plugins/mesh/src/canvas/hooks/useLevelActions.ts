import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useCallback, useRef } from 'react';
import { viewOf, type Camera } from '../engine/camera';
import { withGroup, zoomChange, type Levels } from '../levels';
import { meshCanvasTranslationRef } from '../translation';
import type { MeshScene } from './useMeshScene';

/** What opens and closes boxes. */
export type LevelActions = {
  /** Opens a closed box, closes an open one; does nothing for nodes. */
  toggle: (id: string) => void;
  afterZoom: (camera: Camera, size: { width: number; height: number }) => void;
  /** Absent where there is nothing to open. */
  openAll: (() => void) | undefined;
  closeAll: (() => void) | undefined;
};

/** Opening and closing, each said aloud. */
export function useLevelActions(options: {
  shown: MeshScene | undefined;
  setLevels: (levels: Levels) => void;
  onSay: (words: string) => void;
}): LevelActions {
  const { shown, setLevels, onSay } = options;
  const { t } = useTranslationRef(meshCanvasTranslationRef);
  const openedByZoom = useRef(new Set<string>());

  const set = useCallback(
    (id: string, isOpen: boolean) => {
      const group = shown?.view.hierarchy.groups.get(id);
      if (!shown || !group) {
        return;
      }
      const state =
        shown.view.open.get(id) ??
        shown.view.marks.find(mark => mark.id === id)?.closed;
      const name = group.label || t('picture.outside');
      setLevels(withGroup(shown.levels, group, isOpen));
      onSay(
        isOpen
          ? t('said.opened', { name, nodes: String(state?.nodes ?? 0) })
          : t('said.closed', { name }),
      );
    },
    [shown, setLevels, onSay, t],
  );
  const toggle = useCallback(
    (id: string) => {
      openedByZoom.current.delete(id);
      set(id, !shown?.view.open.has(id));
    },
    [shown, set],
  );
  const afterZoom = useCallback(
    (camera: Camera, size: { width: number; height: number }) => {
      if (!shown) {
        return;
      }
      const { view, layout } = shown;
      const change = zoomChange({
        scale: camera.k,
        view: viewOf(camera, size),
        closed: view.marks.flatMap(({ id, closed }) => {
          const place = closed && layout.marks.get(id);
          return place ? [[id, place] as const] : [];
        }),
        opened: [...openedByZoom.current].flatMap(id => {
          const box = layout.boxes.get(id);
          return box ? [[id, box] as const] : [];
        }),
      });
      if (change) {
        openedByZoom.current[change.isOpen ? 'add' : 'delete'](change.id);
        set(change.id, change.isOpen);
      }
    },
    [shown, set],
  );
  const all = (levels: Levels) => {
    openedByZoom.current.clear();
    setLevels(levels);
    onSay('');
  };
  const hasBoxes = (shown?.view.hierarchy.groups.size ?? 0) > 0;
  const hasClusters = [...(shown?.view.hierarchy.groups.values() ?? [])].some(
    ({ level }) => level === 'cluster',
  );
  return {
    toggle,
    afterZoom,
    openAll: hasBoxes
      ? () => all({ depth: 'workload', except: [] })
      : undefined,
    closeAll: hasBoxes
      ? () => all({ depth: hasClusters ? 'cluster' : 'namespace', except: [] })
      : undefined,
  };
}
