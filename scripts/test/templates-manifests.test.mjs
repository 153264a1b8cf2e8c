/** Manifests that services share are sound, in themselves and in the mesh. */
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import deliveryCommon from '@orrery/backstage-plugin-delivery-common';
import { configuration } from '../../packages/sandbox/src/world/default/configuration.ts';
import { EXAMPLES, outputsOf } from '../lib/templates/examples.mjs';
import {
  inTemporaryDirectory,
  readManifests,
} from '../lib/templates/files.mjs';
import { loadTemplates } from '../lib/templates/load.mjs';
import { meshFindings } from '../lib/templates/mesh.mjs';
import { runTemplate } from '../lib/templates/run.mjs';

const { applyObjectsInputSchema, checkObjects } = deliveryCommon;
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Objects of services of several languages, sizes and places. */
const services = [];

before(async () => {
  const template = loadTemplates(root).find(
    ({ entity }) => entity.metadata.name === 'new-java-service',
  );
  const [full, least] = EXAMPLES['new-java-service'];
  for (const parameters of [
    full,
    least,
    { ...full, size: 'medium', port: 3000, name: 'a-b-c' },
    { ...full, host: 'books.kepler.example', errorPercent: 12.5 },
  ]) {
    await inTemporaryDirectory(async directory => {
      await runTemplate({
        root,
        template,
        parameters,
        outputs: outputsOf(parameters),
        directory,
      });
      services.push({
        parameters,
        objects: readManifests(join(directory, 'deploy')),
      });
    });
  }
});

const only = (objects, kind) => objects.find(object => object.kind === kind);

test('the mesh finds nothing wrong', () => {
  for (const { objects } of services) {
    assert.deepEqual(meshFindings(objects, configuration), []);
  }
});

test('the mesh would find what is wrong', () => {
  const [{ objects }] = services;
  const broken = (kind, change) =>
    meshFindings(
      objects.map(object => {
        if (object.kind !== kind) {
          return object;
        }
        const copy = structuredClone(object);
        change(copy.spec);
        return copy;
      }),
      configuration,
    );
  const cases = [
    ['VirtualService', spec => (spec.gateways = ['mesh', 'a/b']), /no gateway/],
    ['VirtualService', spec => spec.hosts.push('x.example'), /does not serve/],
    [
      'VirtualService',
      spec => spec.hosts.push('portal.kepler.example'),
      /another/,
    ],
    [
      'VirtualService',
      spec => (spec.http[0].route[0].destination.port.number = 1),
      /no port 1/,
    ],
    [
      'VirtualService',
      spec => (spec.http[0].route[0].destination.subset = 'v9'),
      /no subset v9/,
    ],
    ['DestinationRule', spec => (spec.host = 'other'), /no host other/],
    [
      'DestinationRule',
      spec => (spec.subsets[0].labels.version = '9'),
      /no pods/,
    ],
    ['Service', spec => (spec.ports[0].name = 'web'), /protocol/],
    ['Service', spec => (spec.selector.app = 'other'), /selects no pods/],
  ];
  for (const [kind, change, expected] of cases) {
    assert.match(broken(kind, change).join('\n'), expected, `${change}`);
  }
});

test('the portal may apply them', () => {
  for (const { parameters, objects } of services) {
    const { cluster, namespace } = parameters.place;
    const input = applyObjectsInputSchema.parse({
      cluster,
      namespace,
      app: parameters.name,
      objects,
    });
    checkObjects(input, input.objects);
  }
});

test('all objects are in the place that was asked for, and say whose they are', () => {
  for (const { parameters, objects } of services) {
    assert.equal(objects.length, 9);
    for (const { kind, metadata } of objects) {
      assert.equal(metadata.name, parameters.name, kind);
      assert.equal(metadata.namespace, parameters.place.namespace, kind);
      assert.equal(metadata.labels.app, parameters.name, kind);
      assert.equal(metadata.labels['app.kubernetes.io/name'], parameters.name);
    }
  }
});

test('pods may do no more than they need', () => {
  for (const { objects } of services) {
    const { spec } = only(objects, 'Deployment').spec.template;
    assert.equal(spec.automountServiceAccountToken, false);
    assert.equal(spec.securityContext.runAsNonRoot, true);
    assert.equal(spec.securityContext.seccompProfile.type, 'RuntimeDefault');
    const [container] = spec.containers;
    assert.deepEqual(container.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
    });
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
      assert.equal(container[probe].httpGet.port, 'http', probe);
    }
    assert.equal(container.readinessProbe.httpGet.path, '/readyz');
    assert.ok(container.resources.limits.memory);
    assert.deepEqual(container.volumeMounts, [
      { name: 'tmp', mountPath: '/tmp' },
    ]);
  }
});

test('sizes grow in all that they decide', () => {
  const sized = size =>
    services.find(({ parameters }) => parameters.size === size);
  const quantity = text =>
    Number.parseFloat(text) * (/^\d+Gi$/.test(text) ? 1024 : 1);
  const [small, medium, large] = ['small', 'medium', 'large'].map(size => {
    const { objects } = sized(size);
    const { resources } = only(objects, 'Deployment').spec.template.spec
      .containers[0];
    return {
      memory: quantity(resources.limits.memory),
      pods: only(objects, 'HorizontalPodAutoscaler').spec.maxReplicas,
    };
  });
  assert.ok(small.memory < medium.memory && medium.memory < large.memory);
  assert.ok(small.pods < medium.pods && medium.pods < large.pods);
});

test('the network lets in callers, probes and scrapes at the right port', () => {
  for (const { parameters, objects } of services) {
    const { spec } = only(objects, 'NetworkPolicy');
    assert.deepEqual(spec.podSelector.matchLabels, { app: parameters.name });
    for (const { ports } of spec.ingress) {
      assert.ok(ports.some(({ port }) => port === parameters.port));
    }
    assert.deepEqual(spec.policyTypes, ['Ingress', 'Egress']);
  }
});
