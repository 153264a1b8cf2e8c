import { SvgContext } from './SvgContext';

const create = () => new SvgContext((_, text) => text.length * 10);

describe('SvgContext', () => {
  it('makes one element of what is filled and stroked', () => {
    const context = create();
    context.fillStyle = '#112233';
    context.strokeStyle = '#445566';
    context.lineWidth = 2;
    context.setLineDash([3, 3]);
    context.beginPath();
    context.moveTo(0, 0);
    context.quadraticCurveTo(5, 5.126, 10, 0);
    context.closePath();
    context.fill();
    context.stroke();
    expect(String(context)).toBe(
      '<path d="M0 0Q5 5.13 10 0Z" fill="#112233" stroke="#445566" stroke-width="2" stroke-dasharray="3 3"/>',
    );
  });

  it('keeps a fill by itself, and a line by itself', () => {
    const context = create();
    context.globalAlpha = 0.5;
    context.beginPath();
    context.lineTo(1, 1);
    context.lineTo(2, 2);
    context.fill();
    context.beginPath();
    context.moveTo(3, 3);
    context.lineTo(4, 4);
    context.stroke();
    expect(String(context).split('\n')).toEqual([
      '<path d="M1 1L2 2" fill="#000000" fill-opacity="0.5"/>',
      '<path d="M3 3L4 4" fill="none" stroke="#000000" stroke-width="1" stroke-opacity="0.5"/>',
    ]);
  });

  it('draws full turns, parts of them, and the shorter way back', () => {
    const path = (draw: (context: SvgContext) => void) => {
      const context = create();
      context.beginPath();
      draw(context);
      context.fill();
      return /d="([^"]*)"/.exec(String(context))?.[1];
    };
    expect(path(context => context.arc(0, 0, 10, 0, Math.PI * 2))).toBe(
      'M10 0A10 10 0 0 1 -10 0A10 10 0 0 1 10 0',
    );
    expect(path(context => context.arc(0, 0, 10, 0, Math.PI / 2))).toBe(
      'M10 0A10 10 0 0 1 0 10',
    );
    expect(path(context => context.arc(0, 0, 10, 0, -Math.PI / 2, true))).toBe(
      'M10 0A10 10 0 0 0 0 -10',
    );
    // From half a turn on to nought is the upper half, as of a lock.
    expect(path(context => context.arc(0, 0, 10, Math.PI, 0))).toBe(
      'M-10 0A10 10 0 0 1 10 0',
    );
    expect(path(context => context.roundRect(0, 0, 40, 20, 50))).toBe(
      'M10 0L30 0A10 10 0 0 1 40 10L40 10A10 10 0 0 1 30 20L10 20A10 10 0 0 1 0 10L0 10A10 10 0 0 1 10 0Z',
    );
    expect(() => path(context => context.ellipse(0, 0, 1, 1, 1, 0, 1))).toThrow(
      'rotation: expected 0',
    );
  });

  it('writes texts once, with their halo', () => {
    const context = create();
    context.font = '600 12.5px "Open Sans", sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = 4;
    context.strokeText('a < b', 1, 2);
    context.fillText('a < b', 1, 2);
    context.fillText('', 1, 2);
    expect(String(context)).toBe(
      '<text x="1" y="2" font-size="12.5" font-weight="600" text-anchor="middle" dominant-baseline="central" fill="#000000" stroke="#000000" stroke-width="4" stroke-linejoin="round" paint-order="stroke">a &lt; b</text>',
    );
    expect(context.measureText('four').width).toBe(40);
  });

  it('says nothing that is no number', () => {
    const context = create();
    context.fillText('x', NaN, Infinity);
    expect(String(context)).toContain('x="0" y="0"');
  });
});
