import { stripVTControlCharacters } from 'node:util';
import { manifestSchema } from '@orrery/backstage-plugin-delivery-common';
import {
  templateWriteSchema,
  type TemplateFile,
  type TemplateObject,
  type TemplatePreview,
  type TemplateStep,
  type TemplateWrite,
} from '@orrery/backstage-plugin-orrery-common';
import { parseAllDocuments, type Document } from 'yaml';
import type { DryRun } from './dryRun';
import { RECORDS } from './recordWrite';

/** Longer files are named, and not shown. */
const MOST_BYTES = 256 * 1024;
/** Writes whose texts are objects of Kubernetes. */
const OBJECT_ACTIONS = new Set(['apply-objects', 'delete-objects']);

/** What the scaffolder says before an action that it runs dry. */
const RUNNING =
  /^Running \S+ in dry-run mode with inputs \(secrets redacted\): /;

/** Lines of a step's action, without colours. */
function linesOf(run: DryRun, id: string): TemplateStep['lines'] {
  return run.log.flatMap(({ body }): TemplateStep['lines'] => {
    if (body.stepId !== id || body.status !== undefined) {
      return [];
    }
    const line = stripVTControlCharacters(body.message).trimEnd();
    const [, said = 'info', text = line] =
      /^(info|warn|error|debug): ([^]*)$/.exec(line) ?? [];
    const level = said === 'warn' || said === 'error' ? said : 'info';
    return [{ level, text: text.replace(/^Dry run: /, '') }];
  });
}

function stateOf(run: DryRun, id: string): TemplateStep['state'] {
  const skipped = run.log.find(
    ({ body }) => body.stepId === id && body.status === 'skipped',
  );
  if (!skipped) {
    return 'runs';
  }
  return skipped.body.message.includes('does not support dry-run')
    ? 'untold'
    : 'skipped';
}

/** A step; its files are shown as such, so that it need not tell of each. */
function stepOf(run: DryRun, step: DryRun['steps'][number]): TemplateStep {
  const { id, name, action } = step;
  const state = stateOf(run, id);
  const lines = linesOf(run, id);
  const input = lines
    .find(({ text }) => RUNNING.test(text))
    ?.text.replace(RUNNING, '');
  return {
    id,
    name,
    action,
    state,
    lines: action.startsWith('fetch:')
      ? []
      : lines.filter(({ text }) => !RUNNING.test(text)),
    ...(state === 'untold' && input !== undefined && { input }),
    writes: writesOf(run, id),
  };
}

function writesOf(run: DryRun, id: string): TemplateWrite[] {
  return run.directoryContents
    .filter(({ path }) => path.startsWith(`${RECORDS}/${id}/`))
    .sort((left, right) => (left.path < right.path ? -1 : 1))
    .map(({ base64Content }) =>
      templateWriteSchema.parse(
        JSON.parse(Buffer.from(base64Content, 'base64').toString('utf8')),
      ),
    );
}

type Shown = Pick<TemplateObject, 'apiVersion' | 'kind' | 'name'> & {
  text: string;
};

function textOf(document: Document.Parsed): string {
  return document.toString({ lineWidth: 0 }).replace(/^---\n/, '');
}

/** The objects of a text of YAML documents, by what they are. */
function objectsIn(text: string): Map<string, Shown> {
  const found = parseAllDocuments(text).flatMap(document => {
    const parsed = manifestSchema.safeParse(document.toJS());
    if (!parsed.success) {
      return [];
    }
    const { apiVersion, kind, metadata } = parsed.data;
    const shown = { apiVersion, kind, name: metadata.name };
    return [
      [JSON.stringify(shown), { ...shown, text: textOf(document) }] as const,
    ];
  });
  return new Map(found);
}

function changeOf(before: string, after: string): TemplateObject['change'] {
  if (before === after) {
    return 'unchanged';
  }
  if (before === '') {
    return 'created';
  }
  return after === '' ? 'deleted' : 'changed';
}

function objectsOf(step: TemplateStep): TemplateObject[] {
  return step.writes
    .filter(({ action }) => OBJECT_ACTIONS.has(action))
    .flatMap(({ before = '', after = '' }) => {
      const old = objectsIn(before);
      const next = objectsIn(after);
      return [...new Map([...old, ...next])].map(([key, shown]) => {
        const texts = {
          before: old.get(key)?.text ?? '',
          after: next.get(key)?.text ?? '',
        };
        const { text: _, ...what } = shown;
        return {
          ...what,
          ...texts,
          step: step.id,
          change: changeOf(texts.before, texts.after),
        };
      });
    });
}

function fileOf(path: string, content: Buffer): TemplateFile {
  const file = { path, bytes: content.byteLength };
  if (content.includes(0)) {
    return { ...file, reason: 'binary' };
  }
  return content.byteLength > MOST_BYTES
    ? { ...file, reason: 'long' }
    : { ...file, text: content.toString('utf8') };
}

/** A dry run as one looks at it: steps with their writes, objects, files. */
export function showDryRun(run: DryRun, title: string): TemplatePreview {
  const steps = run.steps.map(step => stepOf(run, step));
  return {
    title,
    steps,
    objects: steps.flatMap(objectsOf),
    files: run.directoryContents
      .filter(({ path }) => !path.startsWith(`${RECORDS}/`))
      .map(({ path, base64Content }) =>
        fileOf(path, Buffer.from(base64Content, 'base64')),
      )
      .sort((left, right) => (left.path < right.path ? -1 : 1)),
  };
}
