import { parseAllDocuments } from 'yaml';
import { differencesBetween } from './differences';
import { editManifest, manifestIn, valuesIn } from './editManifest';

const KEY = { kind: 'Deployment', namespace: 'wealth', name: 'payment' };

const TEXT = `# Owned by payments.
apiVersion: v1
kind: Service
metadata:
  name: payment
---
# The workload.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: payment # as in the catalog
spec:
  replicas:   2 # enough for a weekday

  template:
    spec:
      containers:
      - name: app
        image: "registry.example/wealth/payment:1.3.0" # moved by Jenkins
        env:
        - name: REGION
          value: sh
      - {name: helper, image: helper:1}
---
kind: ConfigMap
metadata: {name: payment}
data: { a: "1" }
`;

const region = (value: string) => ({ name: 'REGION', value });
const containers = (image: string, env: object[] = [region('sh')]) => [
  { name: 'app', image, env, imagePullPolicy: 'IfNotPresent' },
  { name: 'helper', image: 'helper:1' },
];
const live = (image = 'registry.example/wealth/payment:1.3.0', more = {}) => ({
  spec: {
    replicas: 2,
    template: { spec: { containers: containers(image) } },
    ...more,
  },
});

/** Lines that differ, as a reviewer sees them. */
function changedLines(before: string, after: string): string[] {
  const old = new Set(before.split('\n'));
  const now = new Set(after.split('\n'));
  return [
    ...[...old].filter(line => !now.has(line)).map(line => `-${line}`),
    ...[...now].filter(line => !old.has(line)).map(line => `+${line}`),
  ];
}

const edited = (after: object) =>
  editManifest(TEXT, KEY, differencesBetween(live(), after));

describe('editManifest', () => {
  it('writes an image over in its quotes, and keeps the line’s comment', () => {
    expect(
      changedLines(TEXT, edited(live('registry.example/wealth/payment:1.4.0'))),
    ).toEqual([
      '-        image: "registry.example/wealth/payment:1.3.0" # moved by Jenkins',
      '+        image: "registry.example/wealth/payment:1.4.0" # moved by Jenkins',
    ]);
  });

  it('writes several values over at once, whatever their lengths', () => {
    const after = live('p:1', { replicas: 12 });
    expect(changedLines(TEXT, edited(after))).toEqual([
      '-  replicas:   2 # enough for a weekday',
      '-        image: "registry.example/wealth/payment:1.3.0" # moved by Jenkins',
      '+  replicas:   12 # enough for a weekday',
      '+        image: "p:1" # moved by Jenkins',
    ]);
  });

  it('adds and takes away, with comments and other documents as they were', () => {
    const after = {
      spec: {
        replicas: 2,
        template: {
          spec: {
            containers: containers('registry.example/wealth/payment:1.3.0', [
              { name: 'MODE', value: 'fast' },
            ]),
          },
        },
      },
    };
    const text = edited(after);
    expect(changedLines(TEXT, text)).toEqual(
      expect.arrayContaining([
        '-        - name: REGION',
        '-          value: sh',
        '+        - name: MODE',
        '+          value: fast',
      ]),
    );
    for (const kept of [
      '# Owned by payments.',
      '# The workload.',
      '# as in the catalog',
      '# enough for a weekday',
      '# moved by Jenkins',
      'data: { a: "1" }',
      '\n---\nkind: ConfigMap',
    ]) {
      expect(text).toContain(kept);
    }
    expect(text.match(/#/g)).toHaveLength(5);
    const documents = parseAllDocuments(text);
    expect(Array.isArray(documents) && documents.length).toBe(3);
    expect(documents[1].toJS().spec.template.spec.containers[0].env).toEqual([
      { name: 'MODE', value: 'fast' },
    ]);
  });

  it('keeps the comment on top of a file once', () => {
    const text = '# On top.\nkind: Deployment\nmetadata: {name: payment}\n';
    const differences = differencesBetween({}, { spec: { replicas: 3 } });
    expect(editManifest(text, KEY, differences)).toBe(
      '# On top.\nkind: Deployment\nmetadata: { name: payment }\nspec:\n  replicas: 3\n',
    );
  });

  it('makes what the file leaves to a default', () => {
    const before = live();
    const after = live(undefined, { minReadySeconds: 5 });
    const text = editManifest(TEXT, KEY, differencesBetween(before, after));
    expect(parseAllDocuments(text)[1].toJS().spec.minReadySeconds).toBe(5);
  });

  it.each(['on', '1.0', 'true', '# x', 'a: b'])(
    'writes %j as the text that it is',
    value => {
      const text = editManifest(TEXT, KEY, [
        {
          path: [
            ...['spec', 'template', 'spec', 'containers'],
            { name: 'app' },
            'env',
            { name: 'REGION' },
            'value',
          ],
          before: 'sh',
          after: value,
        },
      ]);
      expect(
        parseAllDocuments(text)[1].toJS().spec.template.spec.containers[0].env,
      ).toEqual([region(value)]);
    },
  );

  it('refuses what the file does not have', () => {
    const other = { ...KEY, name: 'order' };
    const differences = differencesBetween(live(), live('p:1'));
    expect(() => editManifest(TEXT, other, differences)).toThrow(
      'The file has no Deployment order',
    );
    const elsewhere = { ...KEY, namespace: 'wealth' };
    const sidecar = [
      {
        path: ['spec', 'template', 'spec', 'containers', { name: 'x' }],
        before: undefined,
        after: { name: 'x', image: 'x:1' },
      },
    ];
    expect(() => editManifest(TEXT, elsewhere, sidecar)).toThrow(
      'The file does not have spec.template.spec.containers.x',
    );
  });

  it('tells what the file has, and shows nothing but the object', () => {
    const differences = differencesBetween(live(), live('p:1'));
    expect(valuesIn(TEXT, KEY, differences)).toEqual([
      'registry.example/wealth/payment:1.3.0',
    ]);
    const shown = manifestIn(TEXT, KEY);
    expect(shown).toContain('kind: Deployment');
    expect(shown).not.toContain('ConfigMap');
    expect(shown).not.toContain('kind: Service');
  });
});
