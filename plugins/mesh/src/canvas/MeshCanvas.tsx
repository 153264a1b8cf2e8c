import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import {
  orreryReactTranslationRef,
  useFormat,
} from '@orrery/backstage-plugin-orrery-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { meshTranslationRef } from '../translation';
import { CanvasButtons } from './CanvasButtons';
import { CanvasEngine } from './engine/CanvasEngine';
import { FocusLayer, type FocusLayerHandle } from './FocusLayer';
import { useLayout } from './layout/useLayout';
import { Legend } from './Legend';
import styles from './MeshCanvas.module.css';
import { Minimap, type MinimapHandle } from './Minimap';
import { buildScene } from './scene/buildScene';
import { useReducedMotion } from './useReducedMotion';

/** What edges are labelled with. @public */
export type EdgeLabel = 'none' | 'rate' | 'errors' | 'p95';

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
  /** Equal keys share a layout for the length of a visit. */
  layoutKey: string;
};

/**
 * The picture of a graph. Data flows one way: graph to scene, scene to
 * layout, both to the engine, which draws; React only renders what surrounds
 * the canvas and the few elements that must be real ones.
 */
export function MeshCanvas(props: MeshCanvasProps) {
  const { graph, selected, onSelect, highlighted, edgeLabel } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const { t: shared } = useTranslationRef(orreryReactTranslationRef);
  const format = useFormat();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const focusRef = useRef<FocusLayerHandle>(null);
  const minimapRef = useRef<MinimapHandle>(null);
  const [engine, setEngine] = useState<CanvasEngine>();
  const [hovered, setHovered] = useState<string>();
  const prefersStill = useReducedMotion();

  const scene = useMemo(
    () =>
      buildScene(graph, edgeLabel, {
        format,
        health: state => shared(`health.${state}`),
      }),
    [graph, edgeLabel, format, shared],
  );
  const layout = useLayout(scene, props.layoutKey);

  const onSelectRef = useRef(onSelect);
  onSelectRef.current = onSelect;
  useEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) {
      return undefined;
    }
    const created = new CanvasEngine(canvas, context, {
      onSelect: id => onSelectRef.current(id),
      onHover: setHovered,
      onFrame: (camera, size) => {
        focusRef.current?.place(camera);
        minimapRef.current?.draw(camera, size);
      },
    });
    setEngine(created);
    return () => {
      created.destroy();
      setEngine(undefined);
    };
  }, []);

  useEffect(() => {
    if (engine && layout) {
      engine.show(scene, layout);
    }
  }, [engine, scene, layout]);
  const showTraffic = props.showTraffic && !prefersStill;
  useEffect(() => {
    engine?.setOptions({ selected, highlighted, showTraffic });
  }, [engine, selected, highlighted, showTraffic]);
  useEffect(() => {
    if (engine && selected !== undefined) {
      engine.reveal(selected);
    }
  }, [engine, selected]);

  const count = (state: string) =>
    graph.nodes.filter(node => node.health.state === state).length;
  return (
    <div
      className={styles.host}
      data-layout-revision={layout?.revision}
      data-hovered={hovered}
    >
      <canvas
        ref={canvasRef}
        className={styles.canvas}
        role="img"
        aria-label={t('canvas.label', {
          nodes: String(graph.nodes.length),
          edges: String(graph.edges.length),
          failing: String(count('failing')),
          degraded: String(count('degraded')),
        })}
      />
      {layout && (
        <FocusLayer
          ref={focusRef}
          graph={graph}
          scene={scene}
          layout={layout}
          selected={selected}
          hovered={hovered}
          onSelect={onSelect}
          onReveal={id => engine?.reveal(id)}
        />
      )}
      {!layout && (
        <div className={styles.waiting} role="status">
          {t('canvas.arranging')}
        </div>
      )}
      <Legend />
      <div className={styles.corner}>
        {layout && <Minimap ref={minimapRef} scene={scene} layout={layout} />}
        <CanvasButtons
          onZoomIn={() => engine?.zoomBy(1.3)}
          onZoomOut={() => engine?.zoomBy(1 / 1.3)}
          onFit={() => engine?.reset()}
        />
      </div>
    </div>
  );
}
