import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [number, number, number];

/** A picture of pixels that can be drawn on and written as PNG. */
export class Raster {
  readonly #pixels: Buffer;

  constructor(
    readonly width: number,
    readonly height: number,
    background: Colour,
  ) {
    this.#pixels = Buffer.alloc(width * height * 3);
    for (let at = 0; at < this.#pixels.length; at += 3) {
      this.#pixels.set(background, at);
    }
  }

  dot(x: number, y: number, colour: Colour): void {
    const column = Math.round(x);
    const row = Math.round(y);
    if (column < 0 || row < 0) return;
    if (column >= this.width || row >= this.height) return;
    this.#pixels.set(colour, (row * this.width + column) * 3);
  }

  /** A straight line, two pixels thick. */
  line(
    from: readonly [number, number],
    to: readonly [number, number],
    colour: Colour,
  ): void {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const steps = Math.max(Math.abs(dx), Math.abs(dy), 1);
    for (let step = 0; step <= steps; step++) {
      const x = from[0] + (dx * step) / steps;
      const y = from[1] + (dy * step) / steps;
      this.dot(x, y, colour);
      this.dot(x, y + 1, colour);
    }
  }

  /** The picture as a PNG file (RFC 2083): one header, one piece of data, an end. */
  png(): Buffer {
    const rows = Buffer.alloc((this.width * 3 + 1) * this.height);
    for (let row = 0; row < this.height; row++) {
      const from = row * this.width * 3;
      // Each row begins with its filter; 0 is none.
      this.#pixels.copy(
        rows,
        row * (this.width * 3 + 1) + 1,
        from,
        from + this.width * 3,
      );
    }
    const header = Buffer.alloc(13);
    header.writeUInt32BE(this.width, 0);
    header.writeUInt32BE(this.height, 4);
    // Eight bits for each of red, green and blue.
    header.set([8, 2, 0, 0, 0], 8);
    return Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(rows)),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(content.length + 8);
  framed.writeUInt32BE(data.length, 0);
  content.copy(framed, 4);
  framed.writeUInt32BE(crc32(content), content.length + 4);
  return framed;
}
