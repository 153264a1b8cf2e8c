/** One call of a canvas, with what colours and lines were set to. */
export type Drawn = {
  name: string;
  args: readonly unknown[];
  fillStyle: unknown;
  strokeStyle: unknown;
};

/**
 * A canvas to draw on that remembers what was drawn: jsdom has none. Letters
 * are six pixels wide.
 */
export function recordingContext(): {
  context: CanvasRenderingContext2D;
  drawn: Drawn[];
  /** Texts that were filled, in order. */
  texts: () => unknown[];
} {
  const drawn: Drawn[] = [];
  const settings: Record<string, unknown> = {};
  const target: object = {};
  const context = new Proxy(target, {
    get: (_, name) => {
      const key = String(name);
      if (key in settings) {
        return settings[key];
      }
      return (...args: unknown[]) => {
        drawn.push({
          name: key,
          args,
          fillStyle: settings.fillStyle,
          strokeStyle: settings.strokeStyle,
        });
        return key === 'measureText'
          ? { width: String(args[0]).length * 6 }
          : undefined;
      };
    },
    set: (_, name, value) => {
      settings[String(name)] = value;
      return true;
    },
  }) as CanvasRenderingContext2D;
  return {
    context,
    drawn,
    texts: () =>
      drawn
        .filter(({ name }) => name === 'fillText')
        .map(({ args }) => args[0]),
  };
}
