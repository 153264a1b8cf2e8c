import { maskSecrets, readContainers } from '.';

const DIGEST = `sha256:${'ab'.repeat(32)}`;

describe('readContainers', () => {
  it('reads images, references and masks', () => {
    const [app, init] = readContainers({
      spec: {
        containers: [
          {
            name: 'app',
            image: `r.example:5000/wealth/pay:1.4@${DIGEST}`,
            ports: [{ containerPort: 8080, name: 'http' }, {}],
            resources: { requests: { cpu: '100m' } },
            readinessProbe: { httpGet: { path: '/' } },
            envFrom: [{ prefix: 'DB_', secretRef: { name: 'db' } }],
            env: [
              { name: 'REGION', value: 'sh' },
              { name: 'DB_PASSWORD', value: 'hunter2' },
              {
                name: 'TOKEN',
                valueFrom: { secretKeyRef: { name: 'pay', key: 'token' } },
              },
              {
                name: 'POD',
                valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
              },
              { name: 'EMPTY' },
            ],
          },
        ],
        initContainers: [{ name: 'migrate', image: 'library/busybox' }],
      },
    });
    expect(app).toMatchObject({
      registry: 'r.example:5000',
      repository: 'wealth/pay',
      tag: '1.4',
      digest: DIGEST,
      ports: [8080],
      requests: { cpu: '100m' },
      limits: {},
      probes: { readiness: { httpGet: { path: '/' } } },
      environment: [
        { name: 'DB_*', from: 'secret', reference: 'db', isMasked: true },
        { name: 'REGION', value: 'sh', isMasked: false },
        { name: 'DB_PASSWORD', isMasked: true },
        {
          name: 'TOKEN',
          from: 'secret',
          reference: 'pay/token',
          isMasked: true,
        },
        {
          name: 'POD',
          from: 'field',
          reference: 'metadata.name',
          isMasked: false,
        },
        { name: 'EMPTY', value: '', isMasked: false },
      ],
    });
    expect(init).toMatchObject({ isInit: true, repository: 'library/busybox' });
    expect(JSON.stringify(app)).not.toContain('hunter2');
  });

  it('masks secrets anywhere in an object', () => {
    const object = {
      env: [
        { name: 'API_KEY', value: 'x' },
        { name: 'A', value: 'b' },
      ],
    };
    expect(maskSecrets(object)).toEqual({
      env: [
        { name: 'API_KEY', value: '••••••' },
        { name: 'A', value: 'b' },
      ],
    });
  });
});
