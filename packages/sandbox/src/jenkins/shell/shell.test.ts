import { createRandom } from '../../random';
import { runShell, type ShellMachine } from './runShell';

const REVISION = 'abcdef1234567890abcdef1234567890abcdef12';
const TAGGED = '1234567890abcdef1234567890abcdef12345678';

function play(script: string, changes: Partial<ShellMachine> = {}) {
  const pushed: string[] = [];
  const images = new Map<string, Readonly<Record<string, string>>>();
  let revision = REVISION;
  const machine: ShellMachine = {
    environment: new Map([
      ['IMAGE', 'registry.kepler.example/wealth/shiny'],
      ['TAG', ''],
    ]),
    random: createRandom(1),
    failsTests: false,
    revision: () => revision,
    resolve: name => (name === 'refs/tags/v1' ? TAGGED : undefined),
    checkOut: next => {
      revision = next;
    },
    keepImage: (name, labels) => images.set(name, labels),
    tagImage: (from, to) => {
      const labels = images.get(from);
      if (labels) images.set(to, labels);
      return labels !== undefined;
    },
    push: name => {
      if (!images.has(name)) return { refusal: 'does not exist locally' };
      pushed.push(name);
      return { digest: 'sha256:00' };
    },
    ...changes,
  };
  let log = '';
  let seconds = 0;
  const running = runShell(script, machine);
  for (;;) {
    const next = running.next();
    if (next.done) return { ...next.value, log, seconds, pushed, images };
    log += next.value.text;
    seconds += next.value.seconds;
  }
}

describe('a shell script', () => {
  it.each([
    ['docker build -t $IMAGE:1 .\ndocker push $IMAGE:1', '1'],
    [
      'docker build --tag "${IMAGE}:$(git rev-parse --short HEAD)" .\ndocker push "${IMAGE}:$(git rev-parse --short HEAD)"',
      'abcdef1',
    ],
    ['TAG=2\ndocker buildx build --push -t $IMAGE:${TAG} .', '2'],
    [
      'docker build -t x . && docker tag x $IMAGE:3 && docker push $IMAGE:3',
      '3',
    ],
    ['/kaniko/executor --context=. --destination=$IMAGE:${TAG:-none}', 'none'],
    ['buildctl build --output type=image,name=$IMAGE:4,push=true', '4'],
    ['docker build -t $IMAGE:5 \\\n  .\ndocker push $IMAGE:5', '5'],
  ])('pushes: %s', (script, tag) => {
    const { code, pushed, log } = play(script);
    expect([code, pushed, log]).toEqual([
      0,
      [`registry.kepler.example/wealth/shiny:${tag}`],
      expect.stringMatching(/^\+ /),
    ]);
  });

  it.each([
    ['exit 3', 3],
    ['false', 1],
    ['false || true', 0],
    ['docker push $IMAGE:never', 1],
    ['git checkout refs/tags/none', 1],
    ['git checkout -q refs/tags/v1', 0],
    ['unknown-program --with "words of its own" > /dev/null 2>&1', 0],
    ['if [ -n "$TAG" ]; then\n  exit 4\nfi', 0],
    ['if [ -z "${TAG:-}" ]; then exit 4; fi', 4],
    ['if [ "$IMAGE" = "x" ]; then\n exit 1\nelse\n exit 5\nfi', 5],
    ['# exit 1\n\nset -eu', 0],
  ])('ends: %j with %d', (script, code) => {
    expect(play(script).code).toBe(code);
  });

  it('shows commands with their values, takes time, and stops where one fails', () => {
    const { log, seconds } = play('echo "$IMAGE"\nnpm test\nfalse\necho never');
    expect(log).toMatch(
      /^\+ echo registry.kepler.example\/wealth\/shiny\nregistry/,
    );
    expect(log).toContain('# pass');
    expect(log).not.toContain('never');
    expect(seconds).toBeGreaterThan(1);
  });

  it.each([
    'go test ./...',
    'mvn -B test',
    'npm test',
    'python -m pytest',
    'docker build --target test .',
  ])('fails where tests do: %s', script => {
    expect(play(script, { failsTests: true }).code).toBe(1);
    expect(play(script).code).toBe(0);
  });

  it('answers what it was asked of git', () => {
    expect(play('git rev-parse HEAD').stdout).toBe(`${REVISION}\n`);
    expect(
      play('git checkout -q refs/tags/v1\ngit rev-parse HEAD').stdout,
    ).toBe(`${TAGGED}\n`);
  });

  it('keeps the labels of an image', () => {
    const { images } = play(
      'docker build --label "org.opencontainers.image.revision=abc" -t a:1 .',
    );
    expect(images.get('a:1')).toEqual({
      'org.opencontainers.image.revision': 'abc',
    });
  });
});
