import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type MutableRefObject,
} from 'react';
import { usePictureRef, type PictureSource } from './export';
import { useEngine } from './hooks/useEngine';
import { useFullscreen } from './hooks/useFullscreen';
import { useLevelActions } from './hooks/useLevelActions';
import { useMeshScene } from './hooks/useMeshScene';
import { usePins } from './hooks/usePins';
import { useReducedMotion } from './hooks/useReducedMotion';
import { useViewSelection, useWayTo } from './hooks/useView';
import { useWords } from './hooks/useWords';
import type { Levels } from './levels';
import styles from './MeshCanvas.module.css';
import { CanvasButtons } from './parts/CanvasButtons';
import { FocusLayer, type FocusLayerHandle } from './parts/FocusLayer';
import { Legend } from './parts/Legend';
import { Minimap, type MinimapHandle } from './parts/Minimap';
import { aboutOf } from './scene/about';
import type { MarksOf } from './scene/comparisons';
import type { EdgeLabel } from './scene/texts';
import { meshCanvasTranslationRef } from './translation';

/** @public */
export type MeshCanvasProps = {
  graph: MeshGraph;
  /** Id of the selected node or edge. */
  selected?: string;
  onSelect: (id: string | undefined) => void;
  /** Ids to keep in full colour; the others fade. Absent means all. */
  highlighted?: ReadonlySet<string>;
  edgeLabel: EdgeLabel;
  /** Dots that travel along edges; off when the viewer prefers reduced motion. */
  showTraffic: boolean;
  /** Equal keys share a layout, and the places that the viewer chose. */
  layoutKey: string;
  /** Which boxes are open; absent leaves it to the canvas, which keeps marks readable. */
  levels?: Levels;
  /** The viewer has opened or closed something. */
  onLevelsChange?: (levels: Levels) => void;
  /** How nodes and edges differ from another moment. */
  marksOf?: MarksOf;
  /** Is told how to ask for what is on the canvas, to export it. */
  pictureRef?: MutableRefObject<PictureSource | undefined>;
};

/**
 * The picture of a graph. Data flows one way: graph and open boxes to a view,
 * view to scene and layout, both to the engine, which draws; React only
 * renders what surrounds the canvas and the few elements that must be real
 * ones.
 */
export function MeshCanvas(props: MeshCanvasProps) {
  const { graph, layoutKey, edgeLabel, onLevelsChange } = props;
  const { t } = useTranslationRef(meshCanvasTranslationRef);
  const words = useWords();
  const hostRef = useRef<HTMLDivElement>(null);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const focusRef = useRef<FocusLayerHandle>(null);
  const minimapRef = useRef<MinimapHandle>(null);
  const [own, setOwn] = useState<Levels>();
  const [said, setSaid] = useState('');
  const prefersStill = useReducedMotion();
  const fullscreen = useFullscreen(hostRef);
  const pins = usePins(layoutKey);

  const { shown, reset, localPlace } = useMeshScene({
    graph,
    levels: props.levels ?? own,
    layoutKey,
    pins: pins.places,
    marksOf: props.marksOf,
  });
  const setLevels = useCallback(
    (levels: Levels) => {
      setOwn(levels);
      onLevelsChange?.(levels);
    },
    [onLevelsChange],
  );
  const view = shown?.view;
  const selection = useViewSelection({
    view,
    selected: props.selected,
    highlighted: props.highlighted,
    onSelect: props.onSelect,
  });
  useWayTo({
    graph,
    view,
    levels: shown?.levels,
    selected: props.selected,
    onLevels: setLevels,
  });
  usePictureRef(props.pictureRef, {
    canvasRef,
    shown,
    words,
    edgeLabel,
    selected: selection.selected,
    highlighted: selection.highlighted,
  });
  const picked = useRef<string>();
  const pick = (id: string | undefined) => {
    picked.current = id;
    selection.select(id);
  };
  const actions = useLevelActions({ shown, setLevels, onSay: setSaid });

  const move = (id: string, place: { x: number; y: number }) => {
    const title = shown && aboutOf(shown.scene, id, words)?.title;
    pins.pin(id, localPlace(id, place));
    setSaid(t('said.moved', { name: title ?? id }));
  };
  const { engine, hovered, hoveredBox } = useEngine({
    canvasRef,
    shown,
    isStill: prefersStill,
    showTraffic: props.showTraffic && !prefersStill,
    words,
    edgeLabel,
    selected: selection.selected,
    highlighted: selection.highlighted,
    onSelect: pick,
    onToggle: actions.toggle,
    onMove: move,
    onZoomed: actions.afterZoom,
    onFrame: (camera, size) => {
      focusRef.current?.place(camera, size);
      minimapRef.current?.draw(camera, size);
    },
  });
  const { selected } = selection;
  useEffect(() => {
    if (engine && selected !== undefined) {
      // Who chose it in the picture sees it; others want to read it.
      engine.reveal(selected, picked.current !== selected);
    }
  }, [engine, selected]);

  const label = useMemo(() => {
    const count = (state: string) =>
      String(graph.nodes.filter(node => node.health.state === state).length);
    return t('picture.label', {
      nodes: String(graph.nodes.length),
      edges: String(graph.edges.length),
      marks: String(view?.marks.length ?? 0),
      failing: count('failing'),
      degraded: count('degraded'),
    });
  }, [graph, view, t]);
  return (
    <div
      ref={hostRef}
      className={styles.host}
      data-layout-revision={
        shown?.isSettled ? shown.layout.revision : undefined
      }
      data-marks={view?.marks.length}
      data-hovered={hovered}
    >
      <canvas
        ref={canvasRef}
        className={styles.canvas}
        role="img"
        aria-label={label}
      />
      {shown && (
        <FocusLayer
          ref={focusRef}
          scene={shown.scene}
          layout={shown.layout}
          words={words}
          selected={selection.selected}
          hovered={hovered}
          hoveredBox={hoveredBox}
          placeOf={id => engine?.placeOf(id)}
          onSelect={pick}
          onReveal={id => engine?.reveal(id)}
          onToggle={actions.toggle}
          onMove={move}
          onUnhover={() => engine?.unhover()}
        />
      )}
      {!shown && (
        <div className={styles.waiting} role="status">
          {t('picture.arranging')}
        </div>
      )}
      <div className={styles.said} role="status">
        {said}
      </div>
      <Legend />
      <div className={styles.corner}>
        {shown && (
          <Minimap
            ref={minimapRef}
            scene={shown.scene}
            layout={shown.layout}
            onGo={place => engine?.centre(place)}
          />
        )}
        <CanvasButtons
          onZoomIn={() => engine?.zoomBy(1.3)}
          onZoomOut={() => engine?.zoomBy(1 / 1.3)}
          onFit={() => engine?.reset()}
          onOpenAll={actions.openAll}
          onCloseAll={actions.closeAll}
          onResetLayout={() => {
            pins.forget();
            reset();
            engine?.reset();
            setSaid(t('said.reset'));
          }}
          fullscreen={fullscreen}
        />
      </div>
    </div>
  );
}
