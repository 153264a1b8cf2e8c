import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);

/** The scaffolder's own templating: its renderer, filters and action. */
function scaffolder(root) {
  const modules = join(root, 'node_modules');
  const backend = join(modules, '@backstage/plugin-scaffolder-backend');
  const { createFetchTemplateAction } = require(backend);
  const { createTemplateRenderer } = require(join(modules, 'nunjitsu'));
  const { ScmIntegrations } = require(join(modules, '@backstage/integration'));
  const { ConfigReader } = require(join(modules, '@backstage/config'));
  const { createDefaultFilters } = require(join(
    backend,
    'dist/lib/templating/filters/createDefaultFilters.cjs.js',
  ));
  const integrations = ScmIntegrations.fromConfig(new ConfigReader({}));
  const filters = Object.fromEntries(
    createDefaultFilters({ integrations }).map(({ id, filter }) => [
      id,
      filter,
    ]),
  );
  const renderer = globals =>
    createTemplateRenderer({ allowRegexExecution: true, filters, globals });
  const fetchTemplate = createFetchTemplateAction({
    integrations,
    // Templates are files here: nothing is read from anywhere else.
    reader: undefined,
  });
  return { renderer, fetchTemplate };
}

const silent = { info() {}, warn() {}, debug() {}, error() {} };

function renderAll(renderer, input, context) {
  return JSON.parse(JSON.stringify(input), (_key, value) =>
    typeof value === 'string' ? renderer.renderValue(value, context) : value,
  );
}

/**
 * Runs a template as the scaffolder does: inputs and conditions are rendered,
 * files are fetched for real. Other actions only answer what they are told.
 * Unlike in the scaffolder, what cannot be rendered throws.
 *
 * @param {object} options
 * @param {string} options.root the repository's root
 * @param {{ file: string, entity: object }} options.template
 * @param {object} options.parameters answers to the form
 * @param {object} options.outputs outputs by the ids of steps
 * @param {string} options.directory the workspace
 * @param {string} [options.failsAt] id of a step that fails
 * @returns {Promise<{ steps: { id: string, action: string, input: object }[], output: object }>}
 *   the steps that ran
 */
export async function runTemplate(options) {
  const { root, template, parameters, outputs, directory, failsAt } = options;
  const { renderer: createRenderer, fetchTemplate } = scaffolder(root);
  const { spec } = template.entity;
  const context = {
    parameters,
    user: { entity: { spec: { profile: { displayName: 'Lin Yue' } } } },
    steps: {},
  };
  let isFailed = false;
  const renderer = createRenderer({ failure: () => isFailed });
  const ran = [];
  for (const step of spec.steps) {
    const condition = renderAll(renderer, { if: step.if ?? true }, context).if;
    const isCleaning = `${step.if}`.includes('failure()');
    if (isFailed ? isCleaning : Boolean(condition)) {
      const input = renderAll(renderer, step.input ?? {}, context);
      // As it is kept and handed over: as JSON.
      ran.push({
        id: step.id,
        action: step.action,
        input: JSON.parse(JSON.stringify(input)),
      });
      if (step.action === 'fetch:template') {
        await fetchTemplate.handler({
          input,
          workspacePath: directory,
          logger: silent,
          templateInfo: { baseUrl: pathToFileURL(template.file).href },
          createTemporaryDirectory: () => temporaryDirectory(),
        });
      }
      if (step.id === failsAt) {
        isFailed = true;
      } else {
        context.steps[step.id] = { output: outputs[step.id] ?? {} };
      }
    }
  }
  return {
    steps: ran,
    output: renderAll(renderer, spec.output ?? {}, context),
  };
}

async function temporaryDirectory() {
  const { mkdtemp } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  return mkdtemp(join(tmpdir(), 'orrery-template-'));
}
