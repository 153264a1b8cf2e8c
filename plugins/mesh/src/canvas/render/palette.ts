import type { HealthState } from '@orrery/backstage-plugin-orrery-common';

/** Colours of the canvas, read from the theme's tokens. */
export type Palette = {
  background: string;
  surface: string;
  boxFill: string;
  border: string;
  borderStrong: string;
  text: string;
  textSoft: string;
  accent: string;
  edge: string;
  health: Record<HealthState, { fill: string; line: string; text: string }>;
  font: string;
};

/** Reads the palette as it applies to an element. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const neutral = {
    fill: token('--bui-bg-neutral-1'),
    line: token('--bui-fg-secondary'),
    text: token('--bui-fg-secondary'),
  };
  const family = (name: string) => ({
    fill: token(`--bui-${name}-bg-subdued`),
    line: token(`--bui-${name}-fg-subdued`),
    text: token(`--bui-${name}-fg-subdued`),
  });
  return {
    background: token('--bui-bg-app'),
    surface: token('--bui-bg-neutral-1'),
    boxFill: token('--bui-bg-neutral-1'),
    border: token('--bui-border-1'),
    borderStrong: token('--bui-border-2'),
    text: token('--bui-fg-primary'),
    textSoft: token('--bui-fg-secondary'),
    accent: token('--bui-accent-bg'),
    edge: token('--bui-fg-secondary'),
    health: {
      failing: family('negative'),
      degraded: family('warning'),
      healthy: { ...neutral, line: token('--bui-positive-fg-subdued') },
      unknown: neutral,
      idle: neutral,
    },
    font: style.fontFamily || 'sans-serif',
  };
}
