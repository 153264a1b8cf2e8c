import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  forwardRef,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import type { Camera } from '../engine/camera';
import { lastOf, paceOf, wayOf } from '../keyboard';
import type { Layout } from '../layout/types';
import styles from '../MeshCanvas.module.css';
import { aboutOf, describe, worstIn } from '../scene/about';
import type { Words } from '../scene/texts';
import type { Point, Scene } from '../scene/types';
import { meshCanvasTranslationRef } from '../translation';
import { Card } from './Card';
import { placeElement, type Role } from './placeElement';

/** @public */
export type FocusLayerHandle = {
  place(camera: Camera, size: { width: number; height: number }): void;
};

/** @public */
export type FocusLayerProps = {
  scene: Scene;
  layout: Layout;
  words: Words;
  selected?: string;
  hovered?: string;
  hoveredBox?: string;
  placeOf: (id: string) => Point | undefined;
  onSelect: (id: string | undefined) => void;
  onReveal: (id: string) => void;
  onToggle: (id: string) => void;
  onMove: (id: string, place: Point) => void;
  onUnhover: () => void;
};

type Part = { id: string; role: Role; element: HTMLElement };

/**
 * The parts of the picture that must be real elements: the mark or line that
 * has, or would get, the keyboard's focus, the one under the pointer, the
 * selected one, their cards, and the buttons that open and close boxes.
 */
export const FocusLayer = forwardRef<FocusLayerHandle, FocusLayerProps>(
  function FocusButtons(props, ref) {
    const { scene, layout, words, selected, hovered, hoveredBox } = props;
    const { t } = useTranslationRef(meshCanvasTranslationRef);
    const elements = useRef(new Map<string, Part>());
    const cameraRef = useRef<Camera>({ x: 0, y: 0, k: 1 });
    const sizeRef = useRef({ width: 0, height: 0 });
    const [focused, setFocused] = useState<string>();
    const [hasFocus, setHasFocus] = useState(false);

    const linkOf = (id: string) => scene.links.find(link => link.id === id);
    const exists = (id: string | undefined): id is string =>
      id !== undefined &&
      (layout.marks.has(id) ? scene.marks.has(id) : linkOf(id) !== undefined);
    // One tab stop: what was focused last, else what is selected, else the worst.
    const stop = [focused, selected, scene.worst].find(exists);
    const carded = [hovered, hasFocus ? stop : undefined, selected].find(
      exists,
    );

    const isLookedAt = exists(hovered) || hasFocus;

    const move = ({ id, role, element }: Part) =>
      placeElement(element, role, {
        camera: cameraRef.current,
        size: sizeRef.current,
        box: layout.boxes.get(id),
        mark: scene.marks.get(id),
        place: layout.marks.get(id) ?? props.placeOf(id),
      });
    useImperativeHandle(ref, () => ({
      place(camera, size) {
        cameraRef.current = camera;
        sizeRef.current = size;
        elements.current.forEach(move);
      },
    }));
    const attach = (id: string, role: Role) => {
      const key = `${role} ${id}`;
      return (element: HTMLElement | null) => {
        if (element) {
          const part = { id, role, element };
          elements.current.set(key, part);
          move(part);
        } else {
          elements.current.delete(key);
        }
      };
    };

    const focus = (id: string) => {
      setFocused(id);
      // The element exists after the next render.
      requestAnimationFrame(() =>
        elements.current.get(`mark ${id}`)?.element.focus(),
      );
    };
    // Where the focus goes when a box has closed, or opened, under it.
    const next = useRef<{ box: string; isOpening: boolean }>();
    useEffect(() => {
      const { box, isOpening } = next.current ?? {};
      if (box === undefined) {
        return;
      }
      const target = isOpening ? worstIn(scene, box) : box;
      if (target !== undefined && scene.marks.has(target)) {
        next.current = undefined;
        focus(target);
      }
    }, [scene]);
    const toggle = (box: string) => {
      next.current = { box, isOpening: scene.marks.has(box) };
      props.onToggle(box);
    };

    const onKeyDown = (event: KeyboardEvent, id: string) => {
      const ways = { links: scene.links, places: layout.marks };
      const pace = event.shiftKey ? paceOf(event.key) : undefined;
      const place = layout.marks.get(id);
      if (pace && place) {
        event.preventDefault();
        props.onMove(id, { x: place.x + pace.x, y: place.y + pace.y });
        return;
      }
      const mark = scene.marks.get(id);
      const parent = mark?.view.parent;
      if (mark?.view.closed && ['+', 'Enter'].includes(event.key)) {
        event.preventDefault();
        toggle(id);
        return;
      }
      if (event.key === '-' && parent !== undefined) {
        toggle(parent);
        return;
      }
      if (event.key === 'Escape') {
        props.onSelect(undefined);
      }
      const target =
        { Home: scene.worst, End: lastOf(ways) }[event.key] ??
        wayOf(ways, id, event.key, event.altKey);
      if (exists(target)) {
        event.preventDefault();
        props.onReveal(target);
        focus(target);
      }
    };
    const ids = [...new Set([stop, hovered, selected])].filter(exists);
    const toggles = [
      ...new Set([
        hoveredBox,
        ...[hovered, hasFocus ? stop : undefined].filter(
          id => id !== undefined && scene.marks.get(id)?.view.closed,
        ),
      ]),
    ].filter((id): id is string => id !== undefined);
    const card =
      carded === undefined ? undefined : aboutOf(scene, carded, words);
    return (
      <div
        className={styles.layer}
        data-canvas-part
        onFocus={() => setHasFocus(true)}
        onBlur={() => setHasFocus(false)}
        onPointerLeave={props.onUnhover}
      >
        {ids.map(id => (
          <button
            key={id}
            ref={attach(id, 'mark')}
            type="button"
            className={styles.mark}
            tabIndex={id === stop ? 0 : -1}
            aria-pressed={id === selected}
            aria-label={describe(scene, id, words)}
            onClick={() => props.onSelect(id)}
            onFocus={() => setFocused(id)}
            onKeyDown={event => onKeyDown(event, id)}
          />
        ))}
        {toggles.map(id => {
          const isOpen = layout.boxes.has(id);
          const mark = scene.marks.get(id);
          const name =
            (isOpen ? scene.boxes.get(id)?.label : mark?.label) ||
            words.outside;
          return isOpen || mark ? (
            <button
              key={id}
              ref={attach(id, 'toggle')}
              type="button"
              tabIndex={-1}
              className={styles.toggle}
              aria-label={t(isOpen ? 'action.close' : 'action.open', { name })}
              onClick={() => props.onToggle(id)}
            >
              {isOpen ? '−' : '+'}
            </button>
          ) : null;
        })}
        {carded !== undefined && card && (
          <Card
            key={`card ${carded}`}
            ref={attach(carded, 'card')}
            title={card.title}
            health={card.health}
            // What is selected says the rest elsewhere.
            facts={carded === selected && !isLookedAt ? [] : card.facts}
          />
        )}
      </div>
    );
  },
);
