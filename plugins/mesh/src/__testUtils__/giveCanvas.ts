import { recordingContext } from './recordingContext';

/** Listens until a signal of Node aborts, which jsdom takes for none. */
function listenWithSignals(): void {
  const { prototype } = EventTarget;
  const add = prototype.addEventListener;
  jest
    .spyOn(prototype, 'addEventListener')
    .mockImplementation(function listen(
      this: EventTarget,
      type,
      listener,
      options,
    ) {
      if (typeof options !== 'object' || !options.signal) {
        add.call(this, type, listener, options);
        return;
      }
      const { signal, ...others } = options;
      add.call(this, type, listener, others);
      signal.addEventListener('abort', () =>
        this.removeEventListener(type, listener),
      );
    });
}

/**
 * Gives jsdom what it lacks to draw, until mocks are restored: a canvas of
 * 800 by 600 pixels that remembers what is drawn.
 */
export function giveCanvas(): { texts: () => unknown[] } {
  window.ResizeObserver ??= class {
    constructor(readonly onResize: ResizeObserverCallback) {}

    observe = () => this.onResize([], this);
    unobserve = () => undefined;
    disconnect = () => undefined;
  };
  window.Path2D ??= class {
    moveTo = () => undefined;
    lineTo = () => undefined;
    arc = () => undefined;
  } as unknown as typeof Path2D;
  if (typeof performance.mark !== 'function') {
    Object.defineProperty(performance, 'mark', {
      configurable: true,
      value: () => undefined,
    });
  }
  const { context, texts } = recordingContext();
  const { prototype } = HTMLCanvasElement;
  // One context serves for all kinds that may be asked for.
  (
    jest.spyOn(prototype, 'getContext') as unknown as jest.SpyInstance<
      CanvasRenderingContext2D,
      []
    >
  ).mockReturnValue(context);
  jest.spyOn(prototype, 'clientWidth', 'get').mockReturnValue(800);
  jest.spyOn(prototype, 'clientHeight', 'get').mockReturnValue(600);
  listenWithSignals();
  return { texts };
}
