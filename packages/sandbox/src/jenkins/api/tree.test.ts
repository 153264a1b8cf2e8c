import { pick, readTree, shorten, TreeError } from './tree';

const job = {
  _class: 'job',
  name: 'a',
  url: 'http://a/',
  builds: [1, 2, 3].map(number => ({
    _class: 'build',
    number,
    url: `http://a/${number}/`,
    actions: [{ _class: 'cause', causes: [{ text: 'x' }] }],
  })),
};

describe('tree', () => {
  it.each([
    ['name', { _class: 'job', name: 'a' }],
    [
      'builds[number]{0,2}',
      {
        _class: 'job',
        builds: [
          { _class: 'build', number: 1 },
          { _class: 'build', number: 2 },
        ],
      },
    ],
    [
      'builds[number]{1}',
      { _class: 'job', builds: [{ _class: 'build', number: 2 }] },
    ],
    [
      'builds[number]{2,}',
      { _class: 'job', builds: [{ _class: 'build', number: 3 }] },
    ],
    [
      'name,builds[actions[causes[text]]]{0,1}',
      {
        _class: 'job',
        name: 'a',
        builds: [
          {
            _class: 'build',
            actions: [{ _class: 'cause', causes: [{ text: 'x' }] }],
          },
        ],
      },
    ],
    ['nothing', { _class: 'job' }],
  ])('%s', (tree, expected) => {
    expect(pick(job, readTree(tree))).toEqual(expected);
  });

  it.each(['', 'a[', 'a[b', 'a]', 'a,,b'])('refuses %j', text => {
    expect(() => readTree(text)).toThrow(TreeError);
  });

  it('names what is within when nobody asks for more', () => {
    expect(shorten(job, 0, ['_class', 'number', 'url'])).toMatchObject({
      name: 'a',
      builds: [
        { _class: 'build', number: 1, url: 'http://a/1/' },
        { number: 2 },
        { number: 3 },
      ],
    });
  });
});
