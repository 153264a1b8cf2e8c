/** What a pointer does on a canvas. */
export type PointerListener = {
  onClick(event: MouseEvent): void;
  onDoubleClick(event: MouseEvent): void;
  /** It moves without a button being held. */
  onMove(event: PointerEvent): void;
  /** It has gone, and not onto a button of what it was on. */
  onLeave(): void;
};

/** Listens until aborted. */
export function listenToPointer(
  canvas: HTMLCanvasElement,
  signal: AbortSignal,
  listener: PointerListener,
): void {
  canvas.addEventListener('click', event => listener.onClick(event), {
    signal,
  });
  canvas.addEventListener('dblclick', event => listener.onDoubleClick(event), {
    signal,
  });
  canvas.addEventListener(
    'pointermove',
    event => {
      if (event.buttons === 0) {
        listener.onMove(event);
      }
    },
    { signal },
  );
  canvas.addEventListener(
    'pointerleave',
    event => {
      const onto = event.relatedTarget;
      if (!(onto instanceof Element && onto.closest('[data-canvas-part]'))) {
        listener.onLeave();
      }
    },
    { signal },
  );
}
