import {
  filebeatConfig,
  logCollectionInputSchema,
  patchLogCollection,
  readLogCollection,
} from '.';

const WORKLOAD = 'kepler/wealth/Deployment/payment';
const SIDECAR = {
  image: 'registry.example/filebeat:8.15.0',
  output: { elasticsearch: { hosts: ['http://logs:9200'] } },
};
const read = (input: object) =>
  logCollectionInputSchema.parse({ workload: WORKLOAD, ...input });
const options = (template = {}) => ({
  workload: 'payment',
  container: 'payment',
  template,
  sidecar: SIDECAR,
});

describe('collection of logs', () => {
  it('is switched by hints, and forgets what no longer holds', () => {
    expect(patchLogCollection(read({ collect: 'off' }), options())).toEqual({
      spec: {
        template: {
          metadata: {
            annotations: {
              'co.elastic.logs/enabled': 'false',
              'co.elastic.logs/multiline.pattern': null,
              'co.elastic.logs/multiline.negate': null,
              'co.elastic.logs/multiline.match': null,
            },
          },
        },
      },
    });
  });

  it('joins lines of one container', () => {
    const input = read({
      collect: 'output',
      container: 'app',
      multiline: { pattern: '^\\d{4}-' },
    });
    expect(patchLogCollection(input, options())).toMatchObject({
      spec: {
        template: {
          metadata: {
            annotations: {
              'co.elastic.logs.app/enabled': 'true',
              'co.elastic.logs.app/multiline.pattern': '^\\d{4}-',
              'co.elastic.logs.app/multiline.negate': 'true',
              'co.elastic.logs.app/multiline.match': 'after',
            },
          },
        },
      },
    });
  });

  it('puts a sidecar beside files, and takes it away again', () => {
    const files = read({
      collect: 'files',
      paths: ['/var/log/app/app.log', '/var/log/app/*.err'],
    });
    const patch = patchLogCollection(files, options());
    expect(patch).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'payment',
                volumeMounts: [
                  { name: 'orrery-logs', mountPath: '/var/log/app' },
                ],
              },
              { name: 'filebeat', image: SIDECAR.image },
            ],
            volumes: [
              { name: 'orrery-logs', emptyDir: {} },
              { configMap: { name: 'payment-filebeat' } },
            ],
          },
        },
      },
    });
    expect(filebeatConfig(files, SIDECAR)).toMatchObject({
      'filebeat.inputs': [{ paths: files.paths }],
      output: SIDECAR.output,
    });
    const template = {
      spec: {
        containers: [
          {
            name: 'payment',
            volumeMounts: [{ name: 'orrery-logs', mountPath: '/var/log/app' }],
          },
          { name: 'filebeat' },
        ],
      },
    };
    expect(readLogCollection(template)).toEqual({ collect: 'files' });
    expect(
      patchLogCollection(read({ collect: 'off' }), options(template)),
    ).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'payment',
                volumeMounts: [{ $patch: 'delete', mountPath: '/var/log/app' }],
              },
              { $patch: 'delete', name: 'filebeat' },
            ],
            volumes: [
              { $patch: 'delete', name: 'orrery-logs' },
              { $patch: 'delete', name: 'filebeat-config' },
            ],
          },
        },
      },
    });
  });

  it.each([
    [{}, 'default'],
    [{ 'co.elastic.logs/enabled': 'false' }, 'off'],
    [{ 'co.elastic.logs/enabled': 'true' }, 'output'],
  ])('reads %j as %s', (annotations, collect) => {
    expect(readLogCollection({ metadata: { annotations } }).collect).toBe(
      collect,
    );
  });

  it.each([
    ['paths', { collect: 'files' }],
    ['paths', { collect: 'files', paths: ['/a/b.log', '/c/d.log'] }],
    ['paths', { collect: 'off', paths: ['/a/b.log'] }],
    ['paths', { collect: 'files', paths: ['/a/../etc/x'] }],
    ['paths', { collect: 'files', paths: ['relative.log'] }],
    ['container', { collect: 'off', container: 'A b' }],
    ['collect', { collect: 'maybe' }],
    ['multiline', { collect: 'output', multiline: { pattern: '' } }],
  ])('refuses a bad %s', (field, input) => {
    const result = logCollectionInputSchema.safeParse({
      workload: WORKLOAD,
      ...input,
    });
    expect(result.success).toBe(false);
    expect(result.error?.issues[0].path[0]).toBe(field);
  });
});
