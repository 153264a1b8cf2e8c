/**
 * What the documents point at exists: relative links, pictures, and the
 * list of decisions.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const tracked = execFileSync('git', ['ls-files', '-z'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
  .split('\0')
  .filter(path => path !== '');
// A tracked file whose deletion is not committed yet cannot be read.
const documents = tracked.filter(
  path => path.endsWith('.md') && existsSync(join(root, path)),
);

/** Everything that links may point at: tracked files and the folders they are in. */
const targets = new Set(['.']);
for (const path of tracked) {
  for (let target = path; target !== '.'; target = dirname(target)) {
    targets.add(target);
  }
}

/** Code shows links as text: they lead nowhere. */
function withoutCode(text) {
  return text
    .replace(/^( *)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ *\2[`~]*[ \t]*$/gm, '')
    .replace(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, '');
}

/** Targets of inline links, pictures, reference definitions and HTML. */
function linksOf(text) {
  const patterns = [
    /\]\(\s*<([^>\n]+)>/g,
    /\]\(\s*([^)\s<]+)/g,
    /^ {0,3}\[[^\]\n]+\]:\s*<?([^\s>]+)/gm,
    /\b(?:src|href)="([^"]+)"/g,
  ];
  const plain = withoutCode(text);
  return patterns.flatMap(pattern =>
    [...plain.matchAll(pattern)].map(match => match[1]),
  );
}

function isRelative(link) {
  return !/^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(link);
}

/** The path, within the repository, that a relative link of a document leads to. */
function resolveLink(document, link) {
  const path = decodeURIComponent(link.replace(/[?#].*$/, ''));
  const base = path.startsWith('/') ? '.' : dirname(document);
  return normalize(join(base, path)).replace(/\/$/, '');
}

test('finds links, and none in code', () => {
  const text = [
    '![picture](a.png) and [page](b.md#part "title"), `[no](c.md)`',
    '```sh',
    '[no](d.md)',
    '```',
    '[e]: <e.md>',
    '<img src="f.png">',
    '[site](https://example.com)',
  ].join('\n');
  assert.deepEqual(linksOf(text).filter(isRelative).sort(), [
    'a.png',
    'b.md#part',
    'e.md',
    'f.png',
  ]);
  assert.equal(
    resolveLink('docs/guides/x.md', '../a%20b.png#c'),
    'docs/a b.png',
  );
});

test('relative links and pictures point at tracked files', () => {
  assert.ok(documents.includes('README.md'));
  const broken = documents.flatMap(document =>
    linksOf(readFileSync(join(root, document), 'utf8'))
      .filter(isRelative)
      .filter(link => !targets.has(resolveLink(document, link)))
      .map(link => `${document}: ${link}`),
  );
  assert.deepEqual(broken, []);
});

test('every decision is listed', () => {
  const list = 'docs/adr/README.md';
  const listed = new Set(
    linksOf(readFileSync(join(root, list), 'utf8'))
      .filter(isRelative)
      .map(link => resolveLink(list, link)),
  );
  const decisions = documents.filter(
    path => path.startsWith('docs/adr/') && path !== list,
  );
  assert.ok(decisions.length > 0);
  assert.deepEqual(
    decisions.filter(path => !listed.has(path)),
    [],
  );
});
