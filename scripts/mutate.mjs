/**
 * Breaks a sample of a package on purpose, one place at a time, and tells
 * what its tests did not notice: `npm run mutate -- plugins/mesh-common 5 7`
 * for five percent of the places, chosen by the seed 7.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ts = createRequire(import.meta.url)('typescript');
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [, , packageName = 'plugins/mesh-common', share = '5', seedText = '1'] =
  process.argv;
const directory = join(root, packageName);

/** What an operator is turned into. */
const OPERATORS = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '+=': '-=',
  '-=': '+=',
};

function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name.startsWith('__') ? [] : sourcesIn(path);
    }
    return /(?<!\.test)\.ts$/.test(entry.name) && entry.name !== 'index.ts'
      ? [path]
      : [];
  });
}

/** Every place of a file that can be broken: from, to, and what comes there. */
function placesOf(file) {
  const text = readFileSync(file, 'utf8');
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const places = [];
  const add = (from, to, by, what) =>
    places.push({ file, from, to, by, what, text });
  const visit = node => {
    if (ts.isTypeNode(node)) {
      return;
    }
    if (ts.isBinaryExpression(node)) {
      const sign = node.operatorToken.getText(tree);
      const isText = [node.left, node.right].some(
        side => ts.isStringLiteral(side) || ts.isTemplateExpression(side),
      );
      if (OPERATORS[sign] && !(sign === '+' && isText)) {
        add(
          node.operatorToken.getStart(tree),
          node.operatorToken.getEnd(),
          OPERATORS[sign],
          `${sign} -> ${OPERATORS[sign]}`,
        );
      }
    }
    if (ts.isPrefixUnaryExpression(node) && node.getText(tree)[0] === '!') {
      add(node.getStart(tree), node.getStart(tree) + 1, '', 'drop !');
    }
    if (ts.isNumericLiteral(node)) {
      const by = String(Number(node.text) + 1);
      add(node.getStart(tree), node.getEnd(), by, `${node.text} -> ${by}`);
    }
    if (
      node.kind === ts.SyntaxKind.TrueKeyword ||
      node.kind === ts.SyntaxKind.FalseKeyword
    ) {
      const by = String(node.kind === ts.SyntaxKind.FalseKeyword);
      add(
        node.getStart(tree),
        node.getEnd(),
        by,
        `${node.getText(tree)} -> ${by}`,
      );
    }
    if (
      ts.isExpressionStatement(node) &&
      ts.isCallExpression(node.expression)
    ) {
      add(node.getStart(tree), node.getEnd(), ';', 'drop a statement');
    }
    if (ts.isSpreadElement(node) && ts.isArrayLiteralExpression(node.parent)) {
      add(node.getStart(tree), node.getEnd(), '', 'drop a part of a list');
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return places;
}

/** True when the tests that reach the file notice. */
function isNoticed(file) {
  const { status } = spawnSync(
    join(root, 'node_modules/.bin/backstage-cli'),
    [
      'package',
      'test',
      '--watchAll=false',
      '--bail',
      '--maxWorkers=2',
      '--findRelatedTests',
      file,
    ],
    {
      cwd: directory,
      stdio: 'ignore',
      timeout: 120_000,
      env: { ...process.env, CI: 'true' },
    },
  );
  return status !== 0;
}

const next = random(Number(seedText));
const all = sourcesIn(join(directory, 'src')).flatMap(placesOf);
const chosen = all.filter(() => next() < Number(share) / 100);
process.stdout.write(`${chosen.length} of ${all.length} places\n`);
const survivors = [];
for (const [index, place] of chosen.entries()) {
  const { file, from, to, by, what, text } = place;
  const line = text.slice(0, from).split('\n').length;
  const where = `${relative(directory, file)}:${line} ${what}`;
  let noticed;
  try {
    writeFileSync(file, text.slice(0, from) + by + text.slice(to));
    noticed = isNoticed(file);
  } finally {
    writeFileSync(file, text);
  }
  if (!noticed) {
    survivors.push(where);
  }
  process.stdout.write(
    `${index + 1}/${chosen.length} ${
      noticed ? 'noticed ' : 'SURVIVED'
    } ${where}\n`,
  );
}
process.stdout.write(
  `\n${chosen.length - survivors.length} of ${chosen.length} noticed\n`,
);
