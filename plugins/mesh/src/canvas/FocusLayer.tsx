import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import {
  forwardRef,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import { outlineOf } from '../model/outline';
import { toScreen, type Camera } from './engine/camera';
import { neighbourInDirection } from './keyboard';
import type { Layout } from './layout/types';
import styles from './MeshCanvas.module.css';
import { MARK_RADIUS } from './scene/curves';
import type { Scene } from './scene/types';

/** @public */
export type FocusLayerHandle = { place(camera: Camera): void };

/** @public */
export type FocusLayerProps = {
  graph: MeshGraph;
  scene: Scene;
  layout: Layout;
  selected?: string;
  hovered?: string;
  onSelect: (id: string | undefined) => void;
  onReveal: (id: string) => void;
};

/**
 * The marks that must be real elements: the one that has, or would get, the
 * keyboard's focus, and the one under the pointer. Arrow keys walk along
 * edges, Enter selects, Escape lets go.
 */
export const FocusLayer = forwardRef<FocusLayerHandle, FocusLayerProps>(
  function FocusButtons(props, ref) {
    const { graph, scene, layout, selected, hovered, onSelect } = props;
    const elements = useRef(new Map<string, HTMLElement>());
    const cameraRef = useRef<Camera>({ x: 0, y: 0, k: 1 });
    const [focused, setFocused] = useState<string>();
    const worst = useMemo(
      () => outlineOf(graph).flatMap(group => group.nodes)[0]?.id,
      [graph],
    );
    // One tab stop: what was focused last, else what is selected, else the worst.
    const stop = [focused, selected, worst].find(
      id => id !== undefined && scene.marks.has(id) && layout.marks.has(id),
    );

    const move = (element: HTMLElement, id: string) => {
      const place = layout.marks.get(id);
      if (place) {
        const { x, y } = toScreen(cameraRef.current, place);
        const radius = (MARK_RADIUS + 6) * cameraRef.current.k;
        element.style.transform = `translate(${x - radius}px, ${y - radius}px)`;
        element.style.width = `${2 * radius}px`;
        element.style.height = `${2 * radius}px`;
      }
    };
    useImperativeHandle(ref, () => ({
      place(camera) {
        cameraRef.current = camera;
        for (const [id, element] of elements.current) {
          move(element, id);
        }
      },
    }));

    const onKeyDown = (event: KeyboardEvent, id: string) => {
      const next = neighbourInDirection(graph, layout, id, event.key);
      if (next !== undefined) {
        event.preventDefault();
        setFocused(next);
        props.onReveal(next);
        // The element exists after the next render.
        requestAnimationFrame(() => elements.current.get(next)?.focus());
      } else if (event.key === 'Escape') {
        onSelect(undefined);
      }
    };
    const ids = [...new Set([stop, hovered])].filter(
      (id): id is string => id !== undefined && scene.marks.has(id),
    );
    return (
      <div className={styles.layer}>
        {ids.map(id => (
          <button
            key={id}
            ref={element => {
              if (element) {
                elements.current.set(id, element);
                move(element, id);
              } else {
                elements.current.delete(id);
              }
            }}
            type="button"
            className={styles.mark}
            tabIndex={id === stop ? 0 : -1}
            aria-pressed={id === selected}
            aria-label={scene.marks.get(id)?.description}
            title={
              id === hovered ? scene.marks.get(id)?.description : undefined
            }
            onClick={() => onSelect(id)}
            onFocus={() => setFocused(id)}
            onKeyDown={event => onKeyDown(event, id)}
          />
        ))}
      </div>
    );
  },
);
