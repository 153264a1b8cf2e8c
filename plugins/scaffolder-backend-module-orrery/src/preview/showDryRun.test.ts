import { showDryRun } from './showDryRun';

const file = (path: string, text: string | Buffer) => ({
  path,
  base64Content: Buffer.from(text).toString('base64'),
});
const said = (stepId: string, message: string, status?: string) => ({
  body: { stepId, message, ...(status && { status }) },
});
const service = (port: number) =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: coupon\nspec:\n  port: ${port}\n`;
const write = (over: object) =>
  JSON.stringify({
    plugin: 'delivery',
    action: 'apply-objects',
    summary: 'Apply 2 objects',
    needsApproval: false,
    warnings: [],
    ...over,
  });

const STEPS = ['fetch', 'publish', 'deploy', 'routes'].map(id => ({
  id,
  name: `Do ${id}`,
  action: { fetch: 'fetch:template', publish: 'publish:gitlab' }[id] ?? 'act',
}));

describe('showDryRun', () => {
  const shown = showDryRun(
    {
      steps: STEPS,
      log: [
        said('fetch', 'Beginning step Do fetch', 'processing'),
        said('fetch', '\u001b[32minfo\u001b[39m: Writing file a'),
        said(
          'publish',
          'info: Running publish:gitlab in dry-run mode with inputs (secrets redacted): {\n  "repoUrl": "x"\n}',
        ),
        said(
          'publish',
          'Skipping because publish:gitlab does not support dry-run',
          'skipped',
        ),
        said('deploy', '\u001b[33mwarn\u001b[39m: Dry run: No room'),
        said(
          'routes',
          'Skipping step routes because its if condition was false',
          'skipped',
        ),
      ],
      directoryContents: [
        file('src/b.ts', 'let b;\n'),
        file('a.bin', Buffer.from([1, 0, 2])),
        file('long.txt', 'x'.repeat(300 * 1024)),
        file('.orrery-preview/deploy/2.json', write({ summary: 'Second' })),
        file(
          '.orrery-preview/deploy/1.json',
          write({
            summary: 'First',
            before: service(80),
            after: `${service(
              8080,
            )}---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: coupon\n`,
          }),
        ),
      ],
    },
    'New service',
  );

  it('tells what runs, what is skipped, and what cannot be told', () => {
    expect(shown.title).toBe('New service');
    expect(shown.steps.map(({ id, state }) => [id, state])).toEqual([
      ['fetch', 'runs'],
      ['publish', 'untold'],
      ['deploy', 'runs'],
      ['routes', 'skipped'],
    ]);
    expect(shown.steps[1].input).toBe('{\n  "repoUrl": "x"\n}');
  });

  it('keeps what actions say, without what is shown as files', () => {
    expect(shown.steps.map(({ lines }) => lines)).toEqual([
      [],
      [],
      [{ level: 'warn', text: 'No room' }],
      [],
    ]);
  });

  it('shows writes in the order in which they came', () => {
    expect(shown.steps[2].writes.map(({ summary }) => summary)).toEqual([
      'First',
      'Second',
    ]);
  });

  it('shows each object with what becomes of it', () => {
    expect(shown.objects).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Service',
        name: 'coupon',
        step: 'deploy',
        change: 'changed',
        before: service(80),
        after: service(8080),
      },
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        name: 'coupon',
        step: 'deploy',
        change: 'created',
        before: '',
        after:
          'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: coupon\n',
      },
    ]);
  });

  it('shows files, and of those that are no text only their size', () => {
    expect(shown.files).toEqual([
      { path: 'a.bin', bytes: 3, reason: 'binary' },
      { path: 'long.txt', bytes: 300 * 1024, reason: 'long' },
      { path: 'src/b.ts', bytes: 7, text: 'let b;\n' },
    ]);
  });

  it('tells objects that go, and those that stay as they are', () => {
    const { objects } = showDryRun(
      {
        steps: STEPS,
        log: [],
        directoryContents: [
          file(
            '.orrery-preview/deploy/1.json',
            write({ action: 'delete-objects', before: service(80), after: '' }),
          ),
          file(
            '.orrery-preview/routes/1.json',
            write({ before: service(80), after: service(80) }),
          ),
        ],
      },
      '',
    );
    expect(objects.map(({ step, change }) => [step, change])).toEqual([
      ['deploy', 'deleted'],
      ['routes', 'unchanged'],
    ]);
  });
});
