import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  admin,
  assertStatus,
  configMap,
  created,
  deployment,
  makeNamespace,
  merge,
  paths,
  uniqueName,
  virtualService,
} from './support.mjs';

describe('invalid objects', () => {
  let at;

  before(async () => {
    at = paths(await makeNamespace());
  });

  const refuse = async (path, body, field, reason, message) => {
    const answer = await admin.request('POST', path, { body });
    assertStatus(answer, 422, 'Invalid');
    const cause = answer.body.details.causes.find(
      entry => entry.field === field,
    );
    assert.ok(cause, JSON.stringify(answer.body));
    assert.equal(cause.reason, reason, JSON.stringify(answer.body));
    if (message) {
      assert.match(cause.message, message);
    }
    return answer.body;
  };

  it('name a count below zero', async () => {
    const body = deployment(uniqueName('negative'), { replicas: -1 });
    const { message } = await refuse(
      at.deployments,
      body,
      'spec.replicas',
      'FieldValueInvalid',
      /^Invalid value: -1: must be greater than or equal to 0$/,
    );
    assert.equal(
      message,
      `Deployment.apps "${body.metadata.name}" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0`,
    );
  });

  it('name a selector that misses its template', async () => {
    await refuse(
      at.deployments,
      deployment(uniqueName('selector'), {
        selector: { matchLabels: { app: 'other' } },
      }),
      'spec.template.metadata.labels',
      'FieldValueInvalid',
      /`selector` does not match template `labels`/,
    );
  });

  it('name a container without an image', async () => {
    const body = deployment(uniqueName('image'));
    delete body.spec.template.spec.containers[0].image;
    await refuse(
      at.deployments,
      body,
      'spec.template.spec.containers[0].image',
      'FieldValueRequired',
    );
  });

  it('name a bad name', async () => {
    await refuse(
      at.configMaps,
      configMap('Not_A_Name'),
      'metadata.name',
      'FieldValueInvalid',
      /a lowercase RFC 1123 subdomain must consist of/,
    );
  });

  it('name a bad label', async () => {
    await refuse(
      at.configMaps,
      configMap(uniqueName('label'), {}, { app: 'not a label' }),
      'metadata.labels',
      'FieldValueInvalid',
      /a valid label must be an empty string or consist of/,
    );
  });

  it('name a service without ports', async () => {
    await refuse(
      at.configMaps.replace('configmaps', 'services'),
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: uniqueName('ports') },
        spec: { selector: { app: 'x' } },
      },
      'spec.ports',
      'FieldValueRequired',
    );
  });

  it('name a wrong type in a custom resource', async () => {
    const body = virtualService(uniqueName('type'));
    body.spec.http[0].route[0].weight = 'ninety';
    await refuse(
      at.virtualServices,
      body,
      'spec.http[0].route[0].weight',
      'FieldValueTypeInvalid',
      /must be of type integer: "string"/,
    );
  });

  it('name a missing field of a custom resource', async () => {
    await refuse(
      at.destinationRules,
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'DestinationRule',
        metadata: { name: uniqueName('host') },
        spec: { subsets: [{ name: 'v1' }] },
      },
      'spec.host',
      'FieldValueRequired',
    );
  });

  it('name a value outside an enumeration', async () => {
    await refuse(
      at.destinationRules
        .replace('networking.istio.io/v1', 'security.istio.io/v1')
        .replace('destinationrules', 'peerauthentications'),
      {
        apiVersion: 'security.istio.io/v1',
        kind: 'PeerAuthentication',
        metadata: { name: uniqueName('mode') },
        spec: { mtls: { mode: 'SOMETIMES' } },
      },
      'spec.mtls.mode',
      'FieldValueNotSupported',
      /Unsupported value: "SOMETIMES"/,
    );
  });

  it('name a volume that is not there, a probe that does nothing, a port that cannot be', async () => {
    const body = deployment(uniqueName('details'));
    Object.assign(body.spec.template.spec.containers[0], {
      volumeMounts: [{ name: 'nothing', mountPath: '/x' }],
      livenessProbe: {},
      ports: [{ containerPort: 70000 }],
    });
    const container = 'spec.template.spec.containers[0]';
    const { details } = await refuse(
      at.deployments,
      body,
      `${container}.volumeMounts[0].name`,
      'FieldValueNotFound',
      /^Not found: "nothing"$/,
    );
    const fields = details.causes.map(cause => cause.field);
    assert.ok(fields.includes(`${container}.livenessProbe`));
    assert.ok(fields.includes(`${container}.ports[0].containerPort`));
  });

  it('name a custom field whose alternatives are mixed', async () => {
    const body = virtualService(uniqueName('choice'));
    body.spec.http[0].match = [{ uri: { exact: '/a', prefix: '/b' } }];
    const answer = await admin.request('POST', at.virtualServices, { body });
    assertStatus(
      answer,
      422,
      'Invalid',
      /"spec.http\[0\].match\[0\].uri" must validate one and only one schema \(oneOf\). Found 2 valid alternatives/,
    );
  });

  it('name a span of time that is none', async () => {
    const body = virtualService(uniqueName('span'));
    body.spec.http[0].timeout = '5';
    await refuse(
      at.virtualServices,
      body,
      'spec.http[0].timeout',
      'FieldValueInvalid',
      /must be a valid duration greater than 1ms/,
    );
  });

  it('are a bad request when an amount is none', async () => {
    const body = deployment(uniqueName('amount'));
    body.spec.template.spec.containers[0].resources = {
      limits: { cpu: 'much' },
    };
    const answer = await admin.request('POST', at.deployments, { body });
    assertStatus(answer, 400, 'BadRequest', /quantities must match/);
  });

  it('may not change a selector', async () => {
    const name = uniqueName('immutable');
    await created(at.deployments, deployment(name));
    const answer = await admin.request('PATCH', `${at.deployments}/${name}`, {
      body: {
        spec: {
          selector: { matchLabels: { app: 'x' } },
          template: { metadata: { labels: { app: 'x' } } },
        },
      },
      type: merge,
    });
    assertStatus(answer, 422, 'Invalid', /spec.selector: .*field is immutable/);
  });

  it('are a bad request when a built-in field has the wrong type', async () => {
    const answer = await admin.request('POST', at.deployments, {
      body: deployment(uniqueName('kind'), { replicas: 'three' }),
    });
    assertStatus(
      answer,
      400,
      'BadRequest',
      /^Deployment in version "v1" cannot be handled as a Deployment: /,
    );
  });
});
