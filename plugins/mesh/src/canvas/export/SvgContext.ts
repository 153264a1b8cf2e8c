import type { PaintContext } from '../render/paintContext';
import { SvgPath } from './SvgPath';
import { xmlAttributes, xmlText } from './xmlText';

/** Width of a text in a CSS font, in units. */
export type MeasureText = (font: string, text: string) => number;

const FONT = /^(?:(\d+|bold) )?([\d.]+)px /;

const ANCHORS: Readonly<Record<CanvasTextAlign, string | undefined>> = {
  left: undefined,
  start: undefined,
  center: 'middle',
  right: 'end',
  end: 'end',
};

type Attributes = Record<string, string | number | undefined>;

/**
 * Takes the place of a canvas and writes SVG instead: paths as paths, texts as
 * texts that can be selected. What is filled and then stroked becomes one
 * element, and so does a text with its halo.
 */
export class SvgContext implements PaintContext {
  fillStyle: PaintContext['fillStyle'] = '#000000';
  strokeStyle: PaintContext['strokeStyle'] = '#000000';
  lineWidth = 1;
  lineJoin: CanvasLineJoin = 'miter';
  globalAlpha = 1;
  font = '10px sans-serif';
  textAlign: CanvasTextAlign = 'start';
  textBaseline: CanvasTextBaseline = 'alphabetic';
  readonly #measure: MeasureText;
  readonly #parts: string[] = [];
  #path = new SvgPath();
  #dash: readonly number[] = [];
  #filled: { path: string; attributes: Attributes } | undefined;
  #halo: { key: string; attributes: Attributes } | undefined;

  constructor(measure: MeasureText) {
    this.#measure = measure;
  }

  /** All that was drawn. */
  toString(): string {
    this.#settle();
    return this.#parts.join('\n');
  }

  /** Begins a group; what it is about can be read by machines and by people. */
  openGroup(attributes: Attributes, title?: string): void {
    this.#settle();
    this.#parts.push(`<g${xmlAttributes(attributes)}>`);
    if (title !== undefined) {
      this.#parts.push(`<title>${xmlText(title)}</title>`);
    }
  }

  closeGroup(): void {
    this.#settle();
    this.#parts.push('</g>');
  }

  beginPath(): void {
    this.#settle();
    this.#path = new SvgPath();
  }

  moveTo(x: number, y: number): void {
    this.#path.moveTo(x, y);
  }

  lineTo(x: number, y: number): void {
    this.#path.lineTo(x, y);
  }

  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void {
    this.#path.curveTo(cx, cy, x, y);
  }

  closePath(): void {
    this.#path.close();
  }

  arc(
    x: number,
    y: number,
    radius: number,
    start: number,
    end: number,
    isCounterclockwise = false,
  ): void {
    this.ellipse(x, y, radius, radius, 0, start, end, isCounterclockwise);
  }

  /** @throws RangeError for an ellipse that is turned, which no mark is */
  ellipse(
    x: number,
    y: number,
    radiusX: number,
    radiusY: number,
    rotation: number,
    start: number,
    end: number,
    isCounterclockwise = false,
  ): void {
    if (rotation !== 0) {
      throw new RangeError('rotation: expected 0');
    }
    const size = { x, y, radiusX, radiusY };
    this.#path.ellipse({ ...size, start, end, isCounterclockwise });
  }

  roundRect(
    x: number,
    y: number,
    width: number,
    height: number,
    radius: number,
  ): void {
    const r = Math.min(radius, width / 2, height / 2);
    const right = x + width;
    const bottom = y + height;
    const quarter = Math.PI / 2;
    const corner = (atX: number, atY: number, start: number) =>
      this.arc(atX, atY, r, start, start + quarter);
    this.moveTo(x + r, y);
    corner(right - r, y + r, -quarter);
    corner(right - r, bottom - r, 0);
    corner(x + r, bottom - r, quarter);
    corner(x + r, y + r, 2 * quarter);
    this.closePath();
  }

  setLineDash(segments: Iterable<number>): void {
    this.#dash = [...segments];
  }

  fill(): void {
    this.#settle();
    if (!this.#path.isEmpty) {
      this.#filled = {
        path: String(this.#path),
        attributes: {
          fill: String(this.fillStyle),
          ...(this.globalAlpha < 1 && { 'fill-opacity': this.globalAlpha }),
        },
      };
    }
  }

  stroke(): void {
    const path = String(this.#path);
    if (this.#filled?.path !== path) {
      this.#settle();
    }
    if (path !== '') {
      const fill = this.#filled?.attributes ?? { fill: 'none' };
      this.#filled = undefined;
      this.#parts.push(
        `<path${xmlAttributes({
          d: path,
          ...fill,
          ...this.#strokeAttributes(),
        })}/>`,
      );
    }
  }

  /** The halo of the text that is filled next. */
  strokeText(text: string, x: number, y: number): void {
    this.#settle();
    this.#halo = {
      key: JSON.stringify([text, x, y]),
      attributes: { ...this.#strokeAttributes(), 'paint-order': 'stroke' },
    };
  }

  fillText(text: string, x: number, y: number): void {
    const key = JSON.stringify([text, x, y]);
    const halo = this.#halo?.key === key ? this.#halo.attributes : {};
    this.#settle();
    if (text === '') {
      return;
    }
    const [, weight, size] = FONT.exec(this.font) ?? [];
    const attributes = {
      x,
      y,
      'font-size': size,
      'font-weight': weight,
      'text-anchor': ANCHORS[this.textAlign],
      'dominant-baseline':
        this.textBaseline === 'middle' ? 'central' : undefined,
      fill: String(this.fillStyle),
      ...(this.globalAlpha < 1 && { 'fill-opacity': this.globalAlpha }),
      ...halo,
    };
    this.#parts.push(
      `<text${xmlAttributes(attributes)}>${xmlText(text)}</text>`,
    );
  }

  measureText(text: string): { width: number } {
    return { width: this.#measure(this.font, text) };
  }

  #strokeAttributes(): Attributes {
    return {
      stroke: String(this.strokeStyle),
      'stroke-width': this.lineWidth,
      'stroke-linejoin': this.lineJoin === 'miter' ? undefined : this.lineJoin,
      'stroke-dasharray':
        this.#dash.length > 0 ? this.#dash.join(' ') : undefined,
      ...(this.globalAlpha < 1 && { 'stroke-opacity': this.globalAlpha }),
    };
  }

  /** Writes what waited for something to go with it. */
  #settle(): void {
    this.#halo = undefined;
    if (this.#filled) {
      const { path, attributes } = this.#filled;
      this.#filled = undefined;
      this.#parts.push(`<path${xmlAttributes({ d: path, ...attributes })}/>`);
    }
  }
}
