/**
 * What a large trace costs its reader: from the answer of the server, in
 * memory, to the first picture of its waterfall.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { findChromium } from '../lib/find-program.mjs';
import { median, note, report, root } from './support.mjs';

const SPANS = 10_000;
const ROUNDS = 5;
const FIRST_PAINT_LIMIT = 200;
const OUT = join(root, '.cache/bench/waterfall');

async function bundle() {
  await build({
    entryPoints: {
      waterfallPage: join(
        root,
        'plugins/telemetry/src/__testUtils__/waterfallPage.tsx',
      ),
      theme: '@backstage/ui/css/styles.css',
    },
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    outdir: OUT,
    absWorkingDir: root,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    loader: { '.svg': 'dataurl', '.css': 'css', '.module.css': 'local-css' },
    logLevel: 'error',
  });
}

const TYPES = { js: 'text/javascript', css: 'text/css' };

async function serve() {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    const body =
      pathname === '/'
        ? '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><link rel="stylesheet" href="/theme.css"><link rel="stylesheet" href="/waterfallPage.css"><body><script type="module" src="/waterfallPage.js"></script>'
        : await readFile(join(OUT, pathname.slice(1))).catch(() => undefined);
    response.writeHead(body === undefined ? 404 : 200, {
      'Content-Type': TYPES[pathname.split('.').pop()] ?? 'text/html',
    });
    response.end(body);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const executablePath = findChromium();
if (!executablePath) {
  note('  no Chromium: nothing is measured (apt-get install chromium)');
} else {
  await bundle();
  const server = await serve();
  const browser = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
  const paints = [];
  for (let round = 0; round < ROUNDS; round++) {
    const page = await browser.newPage({
      viewport: { width: 1400, height: 900 },
    });
    page.on('pageerror', error => note(`  ${error}`));
    await page.goto(
      `http://127.0.0.1:${server.address().port}/?spans=${SPANS}`,
    );
    await page.waitForFunction(
      () => performance.getEntriesByName('painted').length > 0,
    );
    paints.push(
      await page.evaluate(() => {
        const at = name => performance.getEntriesByName(name)[0].startTime;
        return at('painted') - at('data');
      }),
    );
    await page.close();
  }
  note(`  first paints ${paints.map(Math.round).join(', ')} ms`);
  report(`telemetry.waterfall.${SPANS}`, median(paints), 'ms', {
    limit: FIRST_PAINT_LIMIT,
  });
  await browser.close();
  server.closeAllConnections();
  server.close();
}
