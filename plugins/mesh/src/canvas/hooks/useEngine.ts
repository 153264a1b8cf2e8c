import { useEffect, useRef, useState, type RefObject } from 'react';
import { CanvasEngine } from '../engine/CanvasEngine';
import type { EngineListener } from '../engine/EngineListener';
import type { EngineOptions } from '../engine/Painter';
import type { MeshScene } from './useMeshScene';

type Options = EngineOptions &
  Omit<EngineListener, 'onHover'> & {
    canvasRef: RefObject<HTMLCanvasElement>;
    shown: MeshScene | undefined;
  };

/** The engine on a canvas, told of every change, and what is under the pointer. */
export function useEngine(options: Options): {
  engine: CanvasEngine | undefined;
  hovered: string | undefined;
  hoveredBox: string | undefined;
} {
  const { canvasRef, shown } = options;
  const { selected, highlighted, showTraffic, isStill, words, edgeLabel } =
    options;
  const [engine, setEngine] = useState<CanvasEngine>();
  const [hover, setHover] = useState<{ id?: string; box?: string }>({});
  const latest = useRef(options);
  latest.current = options;

  useEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext('2d', { alpha: false });
    if (!canvas || !context) {
      return undefined;
    }
    const created = new CanvasEngine(
      canvas,
      context,
      {
        onSelect: id => latest.current.onSelect(id),
        onToggle: id => latest.current.onToggle(id),
        onMove: (id, place) => latest.current.onMove(id, place),
        onZoomed: (camera, size) => latest.current.onZoomed(camera, size),
        onFrame: (camera, size) => latest.current.onFrame(camera, size),
        onHover: (id, box) => setHover({ id, box }),
      },
      latest.current,
    );
    setEngine(created);
    return () => {
      created.destroy();
      setEngine(undefined);
    };
  }, [canvasRef]);
  useEffect(() => {
    if (engine && shown) {
      engine.show(shown.scene, shown.layout);
    }
  }, [engine, shown]);
  useEffect(() => {
    engine?.setOptions({
      selected,
      highlighted,
      showTraffic,
      isStill,
      words,
      edgeLabel,
    });
  }, [engine, selected, highlighted, showTraffic, isStill, words, edgeLabel]);
  return { engine, hovered: hover.id, hoveredBox: hover.box };
}
