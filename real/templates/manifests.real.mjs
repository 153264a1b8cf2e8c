/** What templates write is accepted by a real API server, to the last field. */
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EXAMPLES, outputsOf } from '../../scripts/lib/templates/examples.mjs';
import {
  inTemporaryDirectory,
  readManifests,
} from '../../scripts/lib/templates/files.mjs';
import { loadTemplates } from '../../scripts/lib/templates/load.mjs';
import { runTemplate } from '../../scripts/lib/templates/run.mjs';
import { createClient } from '../lib/http-client.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const client = createClient(
  JSON.parse(process.env.ORRERY_REAL_KUBERNETES ?? '{}'),
);

/** Where the server keeps objects of a kind; undefined where it knows none. */
async function resourceOf({ apiVersion, kind }) {
  const base = apiVersion.includes('/')
    ? `/apis/${apiVersion}`
    : `/api/${apiVersion}`;
  const { body } = await client.request('GET', base);
  const found = body.resources?.find(
    resource => resource.kind === kind && !resource.name.includes('/'),
  );
  return found && { base, plural: found.name };
}

async function dryRun(object) {
  const resource = await resourceOf(object);
  if (!resource) {
    return undefined;
  }
  const { name, namespace } = object.metadata;
  return client.request(
    'PATCH',
    `${resource.base}/namespaces/${namespace}/${resource.plural}/${name}?fieldManager=orrery&dryRun=All&fieldValidation=Strict`,
    { body: object, type: 'application/apply-patch+yaml' },
  );
}

describe('manifests of templates', () => {
  before(async () => {
    for (const name of ['wealth', 'wealth-test']) {
      await client.request('POST', '/api/v1/namespaces', {
        body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      });
    }
  });

  for (const template of loadTemplates(root)) {
    const { name } = template.entity.metadata;
    for (const parameters of EXAMPLES[name].filter(each => each.size)) {
      it(`${name} for ${parameters.name}`, async context => {
        await inTemporaryDirectory(async directory => {
          await runTemplate({
            root,
            template,
            parameters,
            outputs: outputsOf(parameters),
            directory,
          });
          for (const object of readManifests(join(directory, 'deploy'))) {
            const answer = await dryRun(object);
            if (answer) {
              assert.ok(
                answer.code === 200 || answer.code === 201,
                `${object.kind}: ${answer.code} ${answer.body.message}`,
              );
            } else {
              // Said once a run; the others are still looked at.
              context.diagnostic(`SKIPPED: the server knows no ${object.kind}`);
              assert.equal(object.kind, 'PrometheusRule');
            }
          }
        });
      });
    }
  }

  it('what is wrong is refused', async () => {
    const answer = await dryRun({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'wrong', namespace: 'wealth' },
      spec: { hosts: ['wrong'], http: [{ retries: { attempts: 'many' } }] },
    });
    assert.ok([400, 422, 500].includes(answer.code), `${answer.code}`);
  });
});
