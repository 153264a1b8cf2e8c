const service = {
  name: 'ledger',
  description: 'Keeps the books: "double entry", always.',
  owner: 'group:default/payments',
  repository: { host: 'gitlab.example', group: 'wealth' },
  place: { cluster: 'kepler-sh', namespace: 'wealth' },
  host: 'ledger.wealth.kepler.example',
  gateway: 'istio-system/kepler',
  port: 8080,
  size: 'small',
  channel: 'payments-chat',
  errorPercent: 2,
  p95Milliseconds: 500,
  config: { 'ledger.currency': 'EUR' },
};
const steps = [
  { kind: 'weight', weight: 10 },
  { kind: 'analysis' },
  { kind: 'weight', weight: 50 },
];
const created = { ...service, canary: { steps } };

/** Answers to each template's form: the fullest, and the least. */
export const EXAMPLES = {
  ...Object.fromEntries(
    [
      'new-go-service',
      'new-java-service',
      'new-node-service',
      'new-python-service',
      'new-static-site',
    ].map(name => [
      name,
      [
        created,
        // Not reachable from outside, elsewhere, and nothing that may be left out.
        {
          name: 'a1',
          description: 'Least.',
          owner: 'payments',
          repository: { host: 'gitlab.example', group: 'wealth' },
          place: { cluster: 'kepler-sh', namespace: 'wealth-test' },
          port: 9090,
          size: 'large',
          errorPercent: 0.5,
          p95Milliseconds: 1200,
        },
      ],
    ]),
  ),
  'adopt-workload': [
    {
      name: 'payment',
      workload: 'Deployment/payment-v1',
      description: 'Moves money.',
      owner: 'group:default/payments',
      lifecycle: 'production',
      repository: service.repository,
      place: service.place,
      how: 'new-repository',
      project: 'payment-entry',
      entityName: 'payment',
      wants: ['logs', 'alarms', 'dashboard'],
      errorPercent: 2,
      p95Milliseconds: 500,
    },
    {
      name: 'payment',
      description: 'Moves money.',
      owner: 'payments',
      lifecycle: 'test',
      repository: service.repository,
      place: service.place,
      how: 'merge-request',
      wants: [],
      errorPercent: 2,
      p95Milliseconds: 500,
    },
  ],
  'clone-service': [
    {
      from: service.place,
      name: service.name,
      place: { cluster: 'kepler-sh', namespace: 'wealth-test' },
      host: service.host,
      gateway: service.gateway,
      size: service.size,
      channel: service.channel,
      errorPercent: service.errorPercent,
      p95Milliseconds: service.p95Milliseconds,
      config: service.config,
      image: 'registry.kepler.example:5000/wealth/ledger:1f2e3d4c',
    },
    {
      from: service.place,
      name: 'a1',
      place: { cluster: 'kepler-sh', namespace: 'wealth-test' },
      size: 'large',
      errorPercent: 0.5,
      p95Milliseconds: 1200,
    },
  ],
  'add-canary': [
    {
      place: service.place,
      workload: 'order',
      image: 'registry.kepler.example/wealth/order:5.2.0',
      strategy: { steps },
      reason: 'Orders are faster.',
    },
  ],
  'retire-service': [
    { place: service.place, name: 'ledger', mode: 'list' },
    {
      place: service.place,
      name: 'ledger',
      mode: 'remove',
      typedName: 'ledger',
      reason: 'Nobody keeps books any more.',
    },
  ],
};

/** What the steps before answered, as far as templates look at it. */
export function outputsOf({ name, place, repository = service.repository }) {
  const { namespace } = place;
  const system = namespace.replace(/-test$/, '');
  const undo = what => ({ compensation: { what } });
  return {
    source: {
      workload: `Deployment/${name}`,
      image: `registry.kepler.example/${system}/${name}:1f2e3d4c`,
      port: 8080,
      language: 'go',
      owner: 'group:default/payments',
      description: 'Keeps the books: "double entry", always.',
      project: `${system}/${name}`,
      gitlabHost: 'gitlab.example',
      config: { 'ledger.currency': 'EUR' },
    },
    names: {
      system,
      ...undo('project'),
      image: `registry.kepler.example/${system}/${name}`,
      job: `${name}.${system}`,
      consulPrefix: `${namespace}.${name}/`,
      dashboardUrl: `https://grafana.example/d/${name}`,
      repositoryUrl: `https://${repository.host}/${repository.group}/${name}`,
    },
    approval: { consent: 'consent-1' },
    publish: {
      remoteUrl: `https://${repository.host}/${repository.group}/${name}`,
      repoContentsUrl: `https://${repository.host}/${repository.group}/${name}/-/blob/main`,
    },
    merge: {
      mergeRequestUrl: 'https://gitlab.example/wealth/x/-/merge_requests/1',
    },
    config: undo('config'),
    build: {
      ...undo('build'),
      number: 1,
      url: 'https://jenkins.example/job/1/',
      image: `registry.kepler.example/${system}/${name}:1f2e3d4c`,
      tag: '1f2e3d4c',
    },
    deploy: undo('deploy'),
    expose: { ...undo('expose'), url: 'http://ledger.wealth.kepler.example' },
    logs: undo('logs'),
    dashboard: { ...undo('dashboard'), url: 'https://grafana.example/d/x' },
    alarms: undo('alarms'),
    register: { entityRef: `component:default/${name}` },
    plan: { plan: { text: '- VirtualService ledger', items: [] } },
  };
}
