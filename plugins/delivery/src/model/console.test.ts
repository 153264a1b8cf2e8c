import { addConsole, consolePieces, NO_CONSOLE } from './console';

const ESCAPE = String.fromCharCode(27);

describe('addConsole', () => {
  it('makes the same lines wherever pieces are cut', () => {
    const text = 'a\nb c\r\n\n10 %\r99 %\r\né';
    const whole = addConsole(NO_CONSOLE, text);
    expect(whole.lines).toEqual(['a', 'b c', '', '99 %']);
    for (let cut = 0; cut <= text.length; cut++) {
      const first = addConsole(NO_CONSOLE, text.slice(0, cut));
      expect(addConsole(first, text.slice(cut))).toEqual(whole);
    }
  });

  it('shows the last state of a line that was written over', () => {
    expect(addConsole(NO_CONSOLE, '10 %\r99 %\r\ndone').lines).toEqual([
      '99 %',
    ]);
  });

  it('lets the oldest lines go and counts them', () => {
    const { lines, dropped } = addConsole(NO_CONSOLE, 'x\n'.repeat(50_002));
    expect([lines.length, dropped]).toEqual([50_000, 2]);
  });
});

describe('consolePieces', () => {
  it('keeps colours and bold, and drops what else escapes say', () => {
    expect(
      consolePieces(
        `a${ESCAPE}[1;31mred${ESCAPE}[0m${ESCAPE}[2K b${ESCAPE}[92mok${ESCAPE}[39mz`,
      ),
    ).toEqual([
      { text: 'a' },
      { text: 'red', isBold: true, colour: 'red' },
      { text: ' b' },
      { text: 'ok', colour: 'green' },
      { text: 'z' },
    ]);
  });

  it('takes no colour of a larger palette for one of the eight', () => {
    expect(consolePieces(`${ESCAPE}[38;5;31mx`)).toEqual([{ text: 'x' }]);
  });
});
