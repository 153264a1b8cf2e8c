import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES, outputsOf } from './examples.mjs';
import {
  filesBelow,
  inTemporaryDirectory,
  readManifests,
  readYaml,
} from './files.mjs';
import { loadTemplates } from './load.mjs';
import { runTemplate } from './run.mjs';

const textsBelow = directory =>
  new Map(
    filesBelow(directory).map(file => [
      file,
      readFileSync(join(directory, file), 'utf8'),
    ]),
  );

/**
 * Runs every template with every example.
 *
 * @param {string} root the repository's root
 * @returns what each did and wrote: `files` are texts by their paths
 */
export async function runAll(root) {
  const runs = [];
  for (const template of loadTemplates(root)) {
    const title = template.entity.metadata.name;
    for (const parameters of EXAMPLES[title]) {
      await inTemporaryDirectory(async directory => {
        const { steps, output } = await runTemplate({
          root,
          template,
          parameters,
          outputs: outputsOf({ name: parameters.workload, ...parameters }),
          directory,
        });
        const files = textsBelow(directory);
        runs.push({
          template: title,
          name: `${title} for ${parameters.name ?? parameters.workload}`,
          parameters,
          steps,
          output,
          files,
          yaml: [...files.keys()]
            .filter(file => /\.ya?ml$/.test(file))
            .flatMap(file => readYaml(join(directory, file))),
          manifests: files.has('deploy/deployment.yaml')
            ? readManifests(join(directory, 'deploy'))
            : [],
        });
      });
    }
  }
  return runs;
}
