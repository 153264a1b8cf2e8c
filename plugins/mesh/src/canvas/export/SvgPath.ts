import { xmlNumber } from './xmlText';

const TURN = 2 * Math.PI;

/** The path of a canvas as the `d` of an SVG path. */
export class SvgPath {
  #commands: string[] = [];

  get isEmpty(): boolean {
    return this.#commands.length === 0;
  }

  toString(): string {
    return this.#commands.join('');
  }

  moveTo(x: number, y: number): void {
    this.#add('M', x, y);
  }

  /** Begins at the point where the path is empty, as on a canvas. */
  lineTo(x: number, y: number): void {
    this.#add(this.isEmpty ? 'M' : 'L', x, y);
  }

  curveTo(controlX: number, controlY: number, x: number, y: number): void {
    this.#add('Q', controlX, controlY, x, y);
  }

  close(): void {
    this.#commands.push('Z');
  }

  /**
   * Part of an ellipse, from one angle to another in radians, clockwise
   * unless told otherwise; joined to what is there by a line.
   */
  ellipse(arc: {
    x: number;
    y: number;
    radiusX: number;
    radiusY: number;
    start: number;
    end: number;
    isCounterclockwise: boolean;
  }): void {
    const { x, y, radiusX, radiusY, start, isCounterclockwise } = arc;
    const sweep = sweepOf(start, arc.end, isCounterclockwise);
    const pointAt = (angle: number) =>
      [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)] as const;
    this.lineTo(...pointAt(start));
    // An arc of SVG cannot end where it began: a full turn takes two.
    const pieces = Math.abs(sweep) > Math.PI ? 2 : 1;
    for (let piece = 1; piece <= pieces; piece++) {
      this.#add(
        'A',
        radiusX,
        radiusY,
        0,
        0,
        sweep > 0 ? 1 : 0,
        ...pointAt(start + (sweep * piece) / pieces),
      );
    }
  }

  #add(command: string, ...values: number[]): void {
    this.#commands.push(`${command}${values.map(xmlNumber).join(' ')}`);
  }
}

/** How far an arc goes, as a canvas reads its angles: negative counterclockwise. */
function sweepOf(
  start: number,
  end: number,
  isCounterclockwise: boolean,
): number {
  const turn = isCounterclockwise ? start - end : end - start;
  const size = turn >= TURN ? TURN : ((turn % TURN) + TURN) % TURN;
  return isCounterclockwise ? -size : size;
}
