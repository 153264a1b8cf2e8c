/**
 * What lines of logs cost their reader: a frame of scrolling through a
 * million, and a minute of a live tail of 5,000 a second.
 */
import { chromium } from 'playwright-core';
import { findChromium } from '../lib/find-program.mjs';
import { serveLines } from './lib/lines-page.mjs';
import { median, note, report, sleep } from './support.mjs';

const LINES = 1_000_000;
const FRAMES = 240;
const LINES_PER_SECOND = 5000;
const TAIL_SECONDS = 60;
/** What starting takes is no part of following. */
const SETTLING_MILLISECONDS = 5000;

const ROW = '[role="region"] button[data-level]';

/**
 * Scrolls through everything, a leap and some steps in turns.
 *
 * @returns for each frame how long the page was busy with it, until it was
 *   handed over to be shown
 */
function scroll(frames) {
  return new Promise(resolve => {
    const box = document.querySelector('[role="region"]');
    const { port1, port2 } = new MessageChannel();
    const busy = [];
    let step = 0;
    let startedAt;
    // A message sent in a frame arrives when the frame has been drawn.
    port1.onmessage = () => busy.push(performance.now() - startedAt);
    requestAnimationFrame(function next() {
      step += 1;
      if (step > frames) {
        resolve({ busy, end: box.scrollTop / box.scrollHeight });
        return;
      }
      startedAt = performance.now();
      box.scrollTop += step % 10 === 0 ? (box.scrollHeight / frames) * 10 : 400;
      requestAnimationFrame(next);
      port2.postMessage(undefined);
    });
  });
}

async function scrolling(browser, url) {
  const page = await browser.newPage({
    viewport: { width: 1400, height: 900 },
  });
  page.on('pageerror', error => note(`  ${error}`));
  await page.goto(`${url}/?lines=${LINES}`);
  await page.locator(ROW).first().waitFor({ timeout: 120_000 });
  await sleep(500);
  const { busy, end } = await page.evaluate(scroll, FRAMES);
  if (end < 0.9) {
    throw new Error(`Scrolling ended at ${end} of the lines`);
  }
  const sorted = [...busy].sort((left, right) => left - right);
  report('logs.scroll.frame.median', median(busy), 'ms', { limit: 16 });
  report(
    'logs.scroll.frame.p95',
    sorted[Math.floor(sorted.length * 0.95)],
    'ms',
    { limit: 16 },
  );
  await page.close();
}

const memoryOf = page =>
  page.evaluate(() => performance.memory.usedJSHeapSize / 1024 / 1024);

async function tail(browser, url) {
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
  await page.goto(url);
  await page.locator(ROW).first().waitFor({ timeout: 120_000 });
  await sleep(SETTLING_MILLISECONDS);
  const from = await page.evaluate(() => performance.now());
  await sleep((TAIL_SECONDS * 1000) / 2);
  const half = await memoryOf(page);
  await sleep((TAIL_SECONDS * 1000) / 2);
  const tasks = await page.evaluate(() => window.longTasks);
  const longest = tasks
    .filter(({ startTime }) => startTime > from)
    .reduce((most, { duration }) => Math.max(most, duration), 0);
  note(`  ${tasks.length} tasks over 50 ms since the start`);
  // Tasks of 50 ms and less are not told, and count as that.
  report('logs.tail.longestTask', Math.max(50, longest), 'ms', { limit: 50 });
  report('logs.tail.memory', await memoryOf(page), 'MB', { limit: 300 });
  note(`  ${half.toFixed(0)} MB after half of the time`);
  await page.close();
}

const executablePath = findChromium();
if (!executablePath) {
  throw new Error('No Chromium: name one in ORRERY_CHROMIUM');
}
const pages = await serveLines(LINES_PER_SECOND);
const browser = await chromium.launch({
  executablePath,
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--enable-precise-memory-info',
  ],
});
try {
  await scrolling(browser, pages.url);
  await tail(browser, pages.url);
} finally {
  await browser.close();
  pages.stop();
}
