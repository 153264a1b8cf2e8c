import { drawMarks, drawThresholds, type Overlay } from './drawOverlay';

class TextSize implements TextMetrics {
  width = 0;
  actualBoundingBoxAscent = 0;
  actualBoundingBoxDescent = 0;
  actualBoundingBoxLeft = 0;
  actualBoundingBoxRight = 0;
  alphabeticBaseline = 0;
  emHeightAscent = 0;
  emHeightDescent = 0;
  fontBoundingBoxAscent = 0;
  fontBoundingBoxDescent = 0;
  hangingBaseline = 0;
  ideographicBaseline = 0;
}

/** Writes down what is drawn; every letter is six wide. */
function pad() {
  const texts: [string, number][] = [];
  const lines: { x: number; y: number; colour: unknown }[] = [];
  const context: Overlay['context'] = {
    save: () => undefined,
    restore: () => undefined,
    beginPath: () => undefined,
    moveTo: (x, y) => lines.push({ x, y, colour: context.strokeStyle }),
    lineTo: () => undefined,
    stroke: () => undefined,
    setLineDash: () => undefined,
    fillText: (text, x) => texts.push([text, x]),
    measureText: text => ({ ...new TextSize(), width: text.length * 6 }),
    strokeStyle: '',
    fillStyle: '',
    font: '',
    lineWidth: 1,
    textAlign: 'left',
  };
  const overlay: Overlay = {
    context,
    area: { left: 10, top: 0, width: 200, height: 100 },
    pixelRatio: 1,
    xOf: milliseconds => milliseconds,
    yOf: value => 100 - value,
    colourOf: colour => colour,
  };
  return { overlay, texts, lines };
}

const deploy = (atMilliseconds: number, title: string) => ({
  atMilliseconds,
  kind: 'deploy' as const,
  title,
});

describe('drawMarks', () => {
  it('flags what is within the area, in words where they fit', () => {
    const { overlay, texts, lines } = pad();
    drawMarks(
      overlay,
      [deploy(150, 'v2'), deploy(20, 'v1'), deploy(400, 'later')],
      true,
    );
    expect(lines.map(({ x }) => x)).toEqual([20, 150]);
    expect(texts).toEqual([
      ['▲ v1', 23],
      ['▲ v2', 153],
    ]);
  });

  it('keeps the glyph where there is no room for words', () => {
    const { overlay, texts } = pad();
    drawMarks(overlay, [deploy(20, 'a long name'), deploy(60, 'v2')], true);
    expect(texts.map(([text]) => text)).toEqual(['▲', '▲ v2']);
  });

  it('writes no words on low charts, and no two glyphs over each other', () => {
    const { overlay, texts, lines } = pad();
    drawMarks(overlay, [deploy(20, 'v1'), deploy(22, 'v2')], false);
    expect(texts).toEqual([['▲', 23]]);
    expect(lines).toHaveLength(2);
  });

  it('shows what went wrong in the colour of failures', () => {
    const { overlay, lines } = pad();
    drawMarks(overlay, [{ ...deploy(20, 'v1'), isBad: true }], true);
    expect(lines[0].colour).toContain('negative');
  });
});

describe('drawThresholds', () => {
  it('draws those within the scale with their meaning', () => {
    const { overlay, texts, lines } = pad();
    drawThresholds(overlay, [
      { value: 40, title: 'at most 40' },
      { value: 400, title: 'far above' },
    ]);
    expect(lines).toEqual([
      { x: 10, y: 60, colour: 'var(--bui-warning-fg-subdued)' },
    ]);
    expect(texts).toEqual([['at most 40', 210]]);
  });
});
