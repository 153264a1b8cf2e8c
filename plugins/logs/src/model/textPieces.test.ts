import { textPieces } from './textPieces';

describe('textPieces', () => {
  it('marks what matched', () => {
    expect(textPieces('lost the database', [[9, 17]])).toEqual([
      { text: 'lost the ', isMarked: false },
      { text: 'database', isMarked: true },
    ]);
    expect(textPieces('')).toEqual([{ text: '', isMarked: false }]);
  });

  it('skips ranges that overlap or are none', () => {
    expect(
      textPieces('abc', [
        [0, 2],
        [1, 3],
        [2, 2],
      ]).map(({ text }) => text),
    ).toEqual(['ab', 'c']);
  });

  it('keeps colours of terminals and drops all other escapes', () => {
    const pieces = textPieces('\u001b[31mred\u001b[0m \u001b[1mbold\u001b[2J!');
    expect(pieces.map(({ text }) => text).join('')).toBe('red bold!');
    expect(pieces[0]).toMatchObject({ text: 'red', colour: 'red' });
  });

  it('leaves markup the text that it is', () => {
    expect(textPieces('\u001b[32m<img src=x onerror=alert(1)>')).toEqual([
      {
        text: '<img src=x onerror=alert(1)>',
        isMarked: false,
        colour: 'green',
      },
    ]);
  });
});
