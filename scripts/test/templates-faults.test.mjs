/** What templates do when a step fails, and before they remove anything. */
import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EXAMPLES, outputsOf } from '../lib/templates/examples.mjs';
import { inTemporaryDirectory } from '../lib/templates/files.mjs';
import { loadTemplates } from '../lib/templates/load.mjs';
import { runTemplate } from '../lib/templates/run.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const templates = loadTemplates(root);
const templateOf = name =>
  templates.find(({ entity }) => entity.metadata.name === name);

const play = (name, parameters, options) =>
  inTemporaryDirectory(directory =>
    runTemplate({
      root,
      template: templateOf(name),
      parameters,
      outputs: outputsOf(parameters),
      directory,
      ...options,
    }),
  );

test('what was made before a step failed is taken back, in order', async () => {
  const [answers] = EXAMPLES['new-go-service'];
  const { steps } = await play('new-go-service', answers, {
    failsAt: 'expose',
  });
  assert.deepEqual(steps.map(({ id }) => id).slice(-2), ['expose', 'clean-up']);
  assert.deepEqual(steps.at(-1).input.of.filter(Boolean), [
    { what: 'project' },
    { what: 'config' },
    { what: 'build' },
    { what: 'deploy' },
  ]);
});

test('nothing is taken back before names are known to be free', async () => {
  const [answers] = EXAMPLES['new-go-service'];
  const { steps } = await play('new-go-service', answers, {
    failsAt: 'names',
  });
  assert.equal(steps.at(-1).id, 'clean-up');
  assert.deepEqual(steps.at(-1).input.of.filter(Boolean), []);
});

test('a project whose making failed halfway is taken back', async () => {
  const [answers] = EXAMPLES['new-go-service'];
  const { steps } = await play('new-go-service', answers, {
    failsAt: 'publish',
  });
  assert.deepEqual(steps.at(-1).input.of.filter(Boolean), [
    { what: 'project' },
  ]);
});

test('nothing is cleaned up after success', async () => {
  const [answers] = EXAMPLES['new-go-service'];
  const { steps } = await play('new-go-service', answers, {});
  assert.equal(steps.at(-1).id, 'register');
});

test('names are looked up and approval is asked for before anything is made', async () => {
  for (const name of ['new-node-service', 'clone-service']) {
    const [answers] = EXAMPLES[name];
    const { steps } = await play(name, answers, {});
    assert.deepEqual(
      steps
        .map(({ action }) => action)
        // Reading makes nothing.
        .filter(action => action !== 'orrery:service:read')
        .slice(0, 2),
      ['orrery:names:check', 'orrery:approval:request'],
    );
  }
});

test('retirement lists first, and removes only by the typed name', async () => {
  const [list, remove] = EXAMPLES['retire-service'];
  const listed = await play('retire-service', list, {});
  assert.deepEqual(
    listed.steps.map(({ id }) => id),
    ['plan'],
  );
  assert.equal(listed.output.text[0].title, 'What would be removed');

  const removed = await play('retire-service', remove, {});
  assert.deepEqual(
    removed.steps.map(({ id }) => id),
    ['plan', 'approval', 'run'],
  );
  assert.equal(removed.steps[0].input.app, 'ledger');
  assert.match(removed.steps[1].input.summary, /ledger:\n- VirtualService/);

  const mistyped = { ...remove, typedName: 'ledgers' };
  const { steps } = await play('retire-service', mistyped, { failsAt: 'plan' });
  assert.equal(steps[0].input.app, '');
  assert.equal(steps.length, 1);
});
