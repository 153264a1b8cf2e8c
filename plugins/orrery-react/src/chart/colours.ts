/** Colours with a meaning, the same on every chart. @public */
export const CHART_COLOURS = {
  /** The version that has proved itself. */
  stable: '#1f7a8c',
  /** The version on trial. */
  canary: '#8250c4',
  neutral: 'var(--bui-fg-secondary)',
  positive: 'var(--bui-positive-fg-subdued)',
  warning: 'var(--bui-warning-fg-subdued)',
  negative: 'var(--bui-negative-fg-subdued)',
  /** For `fill`, under `negative`. */
  negativeArea: 'var(--bui-negative-bg-subdued)',
} as const;

/**
 * Colours to tell things apart that have no meaning by themselves, such as
 * pods; to be used in this order. They are legible on light and on dark.
 *
 * @public
 */
export const SERIES_COLOURS: readonly string[] = [
  '#3f7fbf',
  '#b8722c',
  '#4b8f4b',
  '#b65a8f',
  '#7d7a2e',
  '#6f6bc2',
  '#2f8f8a',
  '#a85c50',
];

/**
 * A colour that a canvas understands.
 *
 * @param host - where the theme's tokens are looked up
 * @param colour - a CSS colour, or `var(--token)`
 */
export function resolveColour(host: Element, colour: string): string {
  const token = /^var\((--[\w-]+)\)$/.exec(colour)?.[1];
  return token ? getComputedStyle(host).getPropertyValue(token).trim() : colour;
}
