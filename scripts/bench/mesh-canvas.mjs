/**
 * What the picture of a mesh costs its reader: layout, first paint, frames
 * while panning, the longest task, and what has to be loaded.
 */
import { gzipSync } from 'node:zlib';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { findChromium } from '../lib/find-program.mjs';
import { importBundled, serveCanvas } from './lib/canvas-page.mjs';
import { median, note, report, root, sleep } from './support.mjs';

const PANNED_FRAMES = 90;
const WATCHED_MILLISECONDS = 8_000;
const LIMITS = {
  layout: { 1000: 2000 },
  frame: { 1000: 16, 5000: 33 },
  firstpaint: { 1000: 200, 5000: 500 },
};

async function layouts() {
  const { layOutWhole, syntheticGraph } = await importBundled(
    'mesh-layout',
    `export { layOutWhole } from './src/__testUtils__/layOutWhole';
     export { syntheticGraph } from './src/__testUtils__/syntheticGraph';`,
  );
  for (const count of [300, 1000, 5000]) {
    const graph = syntheticGraph(count);
    const startedAt = performance.now();
    const marks = await layOutWhole(graph);
    if (marks !== count) {
      throw new Error(`Expected places for ${count} marks, got ${marks}`);
    }
    report(`mesh.layout.${count}`, performance.now() - startedAt, 'ms', {
      ...(LIMITS.layout[count] && { limit: LIMITS.layout[count] }),
    });
  }
}

/**
 * Pans the picture in a circle, one step a frame.
 *
 * @returns for each frame the time from one to the next, and how long the
 *   page was busy with it, from the first callback until it was handed over
 *   to be shown
 */
function pan(frames) {
  return new Promise(resolve => {
    const canvas = document.querySelector('canvas[role="img"]');
    const at = (type, step, target) =>
      target.dispatchEvent(
        new MouseEvent(type, {
          bubbles: true,
          view: window,
          clientX: 500 + 120 * Math.cos(step / 14),
          clientY: 780 + 40 * Math.sin(step / 14),
        }),
      );
    const { port1, port2 } = new MessageChannel();
    const times = [];
    const busy = [];
    let step = 0;
    let last;
    let startedAt;
    // A message sent in a frame arrives when the frame has been drawn.
    port1.onmessage = () => busy.push(performance.now() - startedAt);
    at('mousedown', 0, canvas);
    requestAnimationFrame(function next(now) {
      if (last !== undefined) {
        times.push(now - last);
      }
      last = now;
      step += 1;
      if (step > frames) {
        at('mouseup', step, window);
        resolve({ times, busy });
        return;
      }
      startedAt = performance.now();
      at('mousemove', step, window);
      requestAnimationFrame(next);
      port2.postMessage(undefined);
    });
  });
}

async function openWorld(browser, url, count, query) {
  const page = await browser.newPage({
    viewport: { width: 1400, height: 900 },
  });
  page.on('pageerror', error => note(`  ${error}`));
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver(list => {
      for (const { startTime, duration } of list.getEntries()) {
        window.longTasks.push({ startTime, duration });
      }
    }).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(`${url}/?world=${count}&${query}`);
  await page.waitForFunction(
    () => performance.getEntriesByName('orrery:mesh:painted').length > 0,
    undefined,
    { timeout: 120_000 },
  );
  return page;
}

const markOf = (page, name) =>
  page.evaluate(
    wanted => performance.getEntriesByName(wanted)[0].startTime,
    name,
  );

/** With live data and panning, the longest task since the first picture. */
async function longestTask(page) {
  const until = Date.now() + WATCHED_MILLISECONDS;
  while (Date.now() < until) {
    await page.evaluate(pan, 40);
    await sleep(300);
  }
  const painted = await markOf(page, 'orrery:mesh:painted');
  const tasks = await page.evaluate(() => window.longTasks);
  // What began before the picture was there belongs to the first paint.
  return tasks
    .filter(({ startTime }) => startTime > painted)
    .reduce((longest, { duration }) => Math.max(longest, duration), 0);
}

/** How often an empty page gets a frame. */
async function emptyFrame(browser) {
  const page = await browser.newPage();
  const times = await page.evaluate(
    () =>
      new Promise(resolve => {
        const all = [];
        let last;
        requestAnimationFrame(function next(now) {
          if (last !== undefined) {
            all.push(now - last);
          }
          last = now;
          if (all.length < 60) {
            requestAnimationFrame(next);
          } else {
            resolve(all);
          }
        });
      }),
  );
  await page.close();
  return median(times);
}

async function pictures(browser, url) {
  let longest = 0;
  const screen = await emptyFrame(browser);
  for (const count of [1000, 5000]) {
    const paints = [];
    for (const open of ['', 'open=workload', 'open=workload']) {
      const page = await openWorld(browser, url, count, open);
      const painted = await markOf(page, 'orrery:mesh:painted');
      paints.push(painted - (await markOf(page, 'data')));
      if (paints.length === 3) {
        const { times, busy } = await page.evaluate(pan, PANNED_FRAMES);
        // A screen shows a frame each 16.7 ms at best. A frame that took
        // longer than that costs what it took; else, what it kept us busy.
        const missed = median(times) - screen;
        const cost = missed > 2 ? median(times) : median(busy);
        note(
          `  busy ${median(busy).toFixed(1)} ms, every ${median(times).toFixed(
            1,
          )} ms; an empty page every ${screen.toFixed(1)} ms`,
        );
        report(`mesh.frame.${count}`, cost, 'ms', {
          limit: LIMITS.frame[count],
        });
        longest = Math.max(longest, await longestTask(page));
      }
      await page.close();
    }
    note(`  first paints ${paints.map(Math.round).join(', ')} ms`);
    report(`mesh.firstpaint.${count}`, Math.max(...paints), 'ms', {
      limit: LIMITS.firstpaint[count],
    });
  }
  // Nothing that the browser calls long, over 50 ms, is the aim.
  report('mesh.longtask', longest, 'ms', { limit: 50 });
}

/**
 * The page's own code, minified and gzipped: everything that `MeshPage`
 * imports statically, which a browser has to read before the first picture.
 *
 * Not counted are what the portal has loaded anyway (the externals below),
 * the layout worker, and what `MeshPage` imports later, in code of its own:
 * panels, tables, time bar, export menu, control planes, help on the find
 * language, words of another language. A second line tells their size, all
 * together; no limit is set for it.
 */
async function bundle() {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(root, 'plugins/mesh/src/components/MeshPage/index.ts')],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    splitting: true,
    absWorkingDir: root,
    format: 'esm',
    outdir: 'out',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.css': 'css', '.module.css': 'local-css' },
    external: [
      'react',
      'react/*',
      'react-dom',
      'react-router-dom',
      '@backstage/*',
      '@remixicon/react',
      '@orrery/backstage-plugin-orrery-common',
      '@orrery/backstage-plugin-orrery-react',
      'zod',
      'uplot',
      'uplot/*',
      'elkjs/lib/elk-worker.min.js',
    ],
    logLevel: 'error',
  });
  const wanted = new Set();
  const visit = path => {
    if (!wanted.has(path)) {
      wanted.add(path);
      for (const { path: next, kind, external } of metafile.outputs[path]
        .imports) {
        if (!external && kind === 'import-statement') {
          visit(next);
        }
      }
    }
  };
  visit(
    Object.keys(metafile.outputs).find(
      path =>
        path.endsWith('.js') &&
        metafile.outputs[path].entryPoint?.endsWith('MeshPage/index.ts'),
    ),
  );
  const sizeOf = isCounted =>
    outputFiles
      .filter(({ path }) => path.endsWith('.js'))
      .filter(({ path }) => isCounted(relative(root, path)))
      .reduce((sum, { contents }) => sum + gzipSync(contents).length, 0) / 1000;
  report(
    'mesh.bundle',
    sizeOf(path => wanted.has(path)),
    'kB',
    { limit: 90 },
  );
  report(
    'mesh.bundle.later',
    sizeOf(path => !wanted.has(path)),
    'kB',
  );
}

await bundle();
await layouts();
const server = await serveCanvas();
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic'],
});
try {
  await pictures(browser, server.url);
} finally {
  await browser.close();
  server.stop();
}
