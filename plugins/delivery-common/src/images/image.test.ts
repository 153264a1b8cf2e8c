import { imageVersion, parseImage } from '.';

const DIGEST = `sha256:${'4b'.repeat(32)}`;

describe('images', () => {
  it.each([
    ['nginx', 'nginx', undefined, undefined, 'latest'],
    [
      'localhost:5000/pay',
      'localhost:5000/pay',
      undefined,
      undefined,
      'latest',
    ],
    ['r.example/w/pay:1.9.0', 'r.example/w/pay', '1.9.0', undefined, '1.9.0'],
    [`r/pay@${DIGEST}`, 'r/pay', undefined, DIGEST, '4b4b4b4b4b4b'],
    [`r:1/pay:2@${DIGEST}`, 'r:1/pay', '2', DIGEST, '2'],
  ])('reads %s', (image, repository, tag, digest, version) => {
    expect(parseImage(image)).toEqual({ repository, tag, digest });
    expect(imageVersion(image)).toBe(version);
  });

  it('does not know the version of no image', () => {
    expect(imageVersion(undefined)).toBe('unknown');
  });
});
