/** Tells when a canvas gets another size or theme, until it is aborted. */
export function watchCanvas(
  canvas: HTMLCanvasElement,
  signal: AbortSignal,
  listener: { onResize: () => void; onTheme: () => void },
): void {
  const resize = new ResizeObserver(listener.onResize);
  resize.observe(canvas);
  // Themes are switched by attributes above us.
  const theme = new MutationObserver(listener.onTheme);
  for (const element of [document.documentElement, document.body]) {
    theme.observe(element, { attributes: true });
  }
  signal.addEventListener('abort', () => {
    resize.disconnect();
    theme.disconnect();
  });
}
