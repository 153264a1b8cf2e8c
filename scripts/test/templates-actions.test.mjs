/** Steps hand their actions what these understand, and use what they answer. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ACTIONS } from '../lib/templates/actions.mjs';
import { EXAMPLES, outputsOf } from '../lib/templates/examples.mjs';
import { inTemporaryDirectory } from '../lib/templates/files.mjs';
import { loadTemplates } from '../lib/templates/load.mjs';
import { runTemplate } from '../lib/templates/run.mjs';

const { validate } = createRequire(import.meta.url)('jsonschema');
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const templates = loadTemplates(root);

test('every action is there, and every one of ours is used', () => {
  const used = new Set(
    templates.flatMap(({ entity }) =>
      entity.spec.steps.map(({ action }) => action),
    ),
  );
  assert.deepEqual(
    [...used].filter(action => !ACTIONS.has(action)),
    [],
  );
  assert.deepEqual(
    [...ACTIONS.keys()].filter(action => !used.has(action)),
    [],
  );
});

test('actions accept what steps hand them, after success and after failure', async () => {
  for (const template of templates) {
    const { name } = template.entity.metadata;
    for (const parameters of EXAMPLES[name]) {
      for (const failsAt of [undefined, 'publish', 'expose', 'alarms']) {
        const { steps } = await inTemporaryDirectory(directory =>
          runTemplate({
            root,
            template,
            parameters,
            outputs: outputsOf({ name: parameters.workload, ...parameters }),
            directory,
            failsAt,
          }),
        );
        for (const { id, action, input } of steps) {
          assert.deepEqual(
            validate(input, ACTIONS.get(action).schema.input).errors.map(
              ({ stack }) => stack,
            ),
            [],
            `${name}: ${id}`,
          );
        }
      }
    }
  }
});

test('whoever approves once is not asked again by any step', async () => {
  for (const template of templates) {
    const { name } = template.entity.metadata;
    for (const parameters of EXAMPLES[name]) {
      for (const failsAt of [undefined, 'alarms']) {
        const { steps } = await inTemporaryDirectory(directory =>
          runTemplate({
            root,
            template,
            parameters,
            outputs: outputsOf({ name: parameters.workload, ...parameters }),
            directory,
            failsAt,
          }),
        );
        const writing = steps.filter(
          ({ action }) =>
            'consent' in (ACTIONS.get(action).schema.input.properties ?? {}),
        );
        assert.deepEqual(
          writing
            .filter(({ input }) => input.consent !== 'consent-1')
            .map(({ id }) => id),
          [],
          name,
        );
      }
    }
  }
});

test('an input that no action knows is found', () => {
  const { schema } = ACTIONS.get('orrery:kubernetes:apply');
  const place = { cluster: 'c', namespace: 'n', app: 'a' };
  assert.deepEqual(validate({ ...place, path: '.' }, schema.input).errors, []);
  assert.ok(validate({ ...place, paths: '.' }, schema.input).errors.length > 0);
});
