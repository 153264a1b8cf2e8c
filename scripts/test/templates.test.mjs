/** What templates say is what the scaffolder, its form and its actions understand. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ACTIONS } from '../lib/templates/actions.mjs';
import { EXAMPLES } from '../lib/templates/examples.mjs';
import { loadTemplates } from '../lib/templates/load.mjs';

const require = createRequire(import.meta.url);
const {
  templateEntityV1beta3Validator,
} = require('@backstage/plugin-scaffolder-common');
const { validate } = require('jsonschema');

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const templates = loadTemplates(root);
const nameOf = ({ entity }) => entity.metadata.name;

/** What an object of a schema may have, in whatever shape. */
function propertiesOf({ properties, anyOf = [], oneOf = [] } = {}) {
  return Object.assign(
    {},
    properties,
    ...[...anyOf, ...oneOf].map(propertiesOf),
  );
}

/** Expressions of a template, by the text that they stand in. */
function expressionsOf({ entity }) {
  return [
    ...JSON.stringify([entity.spec.steps, entity.spec.output]).matchAll(
      /\$\{\{(.*?)\}\}/g,
    ),
  ].map(([, expression]) => expression.replaceAll('\\"', '"'));
}

test('the location lists every template', () => {
  assert.deepEqual(
    templates.map(({ file }) => basename(file, '.yaml')).sort(),
    [
      'add-canary',
      'adopt-workload',
      'clone-service',
      'go-service',
      'java-service',
      'node-service',
      'python-service',
      'retire-service',
      'static-site',
    ],
  );
});

test('the scaffolder accepts every template', async () => {
  for (const template of templates) {
    assert.equal(
      await templateEntityV1beta3Validator.check(template.entity),
      true,
      nameOf(template),
    );
  }
});

test('every step has an id of its own, and an action with its inputs', () => {
  for (const template of templates) {
    const ids = template.entity.spec.steps.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, nameOf(template));
    for (const { id, name, action, input } of template.entity.spec.steps) {
      assert.ok(name, `${nameOf(template)}: ${id} says what it does`);
      assert.deepEqual(
        Object.keys(input).filter(
          key => !(key in propertiesOf(ACTIONS.get(action).schema.input)),
        ),
        [],
        `${nameOf(template)}: inputs of ${id}`,
      );
    }
  }
});

test('expressions name parameters and outputs that exist', () => {
  for (const template of templates) {
    const { parameters, steps } = template.entity.spec;
    const declared = new Set(
      parameters.flatMap(page => [
        ...Object.keys(page.properties),
        ...Object.values(page.dependencies ?? {}).flatMap(({ oneOf }) =>
          oneOf.flatMap(({ properties }) => Object.keys(properties)),
        ),
      ]),
    );
    for (const expression of expressionsOf(template)) {
      for (const [, name] of expression.matchAll(/parameters\.(\w+)/g)) {
        assert.ok(declared.has(name), `${nameOf(template)}: parameter ${name}`);
      }
      for (const [, id, output] of expression.matchAll(
        /steps\.([\w-]+)(?:\.output\.(\w+))?/g,
      )) {
        const step = steps.find(candidate => candidate.id === id);
        assert.ok(step, `${nameOf(template)}: step ${id}`);
        const known = propertiesOf(ACTIONS.get(step.action).schema.output);
        assert.ok(
          output === undefined || output in known,
          `${nameOf(template)}: output ${output} of ${id}`,
        );
      }
    }
  }
});

test('forms are three short pages at most, and every question says what it asks', () => {
  for (const template of templates) {
    const { parameters } = template.entity.spec;
    const [preview, ...pages] = parameters.toReversed();
    // The last page asks nothing: it shows what will be made.
    assert.equal(preview.properties.preview['ui:field'], 'OrreryPreview');
    assert.equal(preview.required, undefined);
    assert.ok(pages.length <= 3, nameOf(template));
    for (const page of pages) {
      for (const name of page.required) {
        assert.ok(page.properties[name], `${nameOf(template)}: ${name}`);
      }
      for (const [name, { title }] of Object.entries(page.properties)) {
        assert.ok(title, `${nameOf(template)}: title of ${name}`);
      }
    }
  }
});

const answer = (template, answers) =>
  template.entity.spec.parameters.flatMap(page =>
    validate(answers, page).errors.map(error => error.property),
  );

test('forms accept good answers', () => {
  for (const template of templates) {
    for (const answers of EXAMPLES[nameOf(template)]) {
      assert.deepEqual(answer(template, answers), [], nameOf(template));
    }
  }
});

test('forms refuse bad answers without any field of ours', () => {
  const bad = {
    name: ['Ledger', '1ledger', 'ledger-', 'a', 'l'.repeat(41), 'led ger'],
    owner: ['team one', 'group:default/'],
    repository: [{ host: 'gitlab.example' }, { host: 'h', group: '../x' }],
    place: [{ namespace: 'wealth' }, { cluster: 'c', namespace: 'Wealth' }],
    host: ['ledger', 'http://ledger.example', 'led_ger.example'],
    port: [80, 70_000, '8080', 15_020],
    size: ['huge'],
    errorPercent: [0, 101],
    p95Milliseconds: [0],
    config: [{ currency: 1 }],
  };
  for (const template of templates.filter(candidate =>
    nameOf(candidate).startsWith('new-'),
  )) {
    const [good] = EXAMPLES[nameOf(template)];
    for (const [name, values] of Object.entries(bad)) {
      for (const value of values) {
        const refused = answer(template, { ...good, [name]: value });
        assert.ok(
          refused.some(property => property.startsWith(`instance.${name}`)),
          `${nameOf(template)}: ${name} ${JSON.stringify(value)}`,
        );
      }
    }
  }
});

test('templates of new services differ by their language alone', () => {
  const [first, ...others] = templates
    .filter(template => nameOf(template).startsWith('new-'))
    .map(({ file }) => {
      const folder = basename(file, '.yaml');
      const [language] = folder.split('-');
      assert.ok(existsSync(join(dirname(file), folder, 'skeleton')), folder);
      const text = readFileSync(file, 'utf8');
      return text
        .slice(text.indexOf('\nspec:'))
        .replaceAll(folder, 'FOLDER')
        .replaceAll(`language: ${language}`, 'language: LANGUAGE')
        .replaceAll(/type: (service|website)/g, 'type: TYPE');
    });
  for (const other of others) {
    assert.equal(other, first);
  }
});
