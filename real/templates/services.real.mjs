/**
 * A service from a template builds and passes its own tests, and runs as its
 * probes, Prometheus, the log and its callers expect.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EXAMPLES, outputsOf } from '../../scripts/lib/templates/examples.mjs';
import { loadTemplates } from '../../scripts/lib/templates/load.mjs';
import { runTemplate } from '../../scripts/lib/templates/run.mjs';
import { run } from '../lib/command.mjs';
import { freePort } from '../lib/server-process.mjs';
import { LANGUAGES } from './languages.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const cacheDirectory = join(root, '.cache/real');
const language = process.env.ORRERY_REAL_LANGUAGE ?? '';
const { template: templateName, tools: toolsOf } = LANGUAGES[language];

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
/** Seconds that a service may take from SIGTERM to its end. */
const END_SECONDS = 5;

async function generate(directory) {
  const template = loadTemplates(root).find(
    ({ entity }) => entity.metadata.name === templateName,
  );
  const [parameters] = EXAMPLES[templateName];
  await runTemplate({
    root,
    template,
    parameters,
    outputs: outputsOf(parameters),
    directory,
  });
}

/**
 * Starts a service with its output in a file, as nginx cannot open a socket
 * that is its standard output.
 */
function start({ serve: [command, args], environment, drain }, variables, cwd) {
  const file = join(cwd, `output-${variables.PORT}.log`);
  const output = openSync(file, 'a');
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...environment, ...drain, ...variables },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const ended = new Promise(resolve => {
    child.on('error', error => resolve(error.message));
    child.on('exit', (code, signal) => resolve(code ?? signal));
  });
  return { child, ended, text: () => readFileSync(file, 'utf8') };
}

const sleep = milliseconds =>
  new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });

async function until(what, isTrue, attempts = 300) {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const value = await isTrue();
    if (value) {
      return value;
    }
    await sleep(100);
  }
  throw new Error(what());
}

describe(`a service in ${language}`, () => {
  let directory;
  let tools;
  let service;
  let upstream;
  let url;
  const received = [];
  const get = (path, headers = {}) => fetch(`${url}${path}`, { headers });
  const lineOf = wanted =>
    until(
      () => `no line has ${JSON.stringify(wanted)}:\n${service.text()}`,
      () =>
        service
          .text()
          .split('\n')
          .filter(line => line.startsWith('{'))
          .map(line => JSON.parse(line))
          .find(line =>
            Object.entries(wanted).every(([key, value]) => line[key] === value),
          ),
      30,
    );

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), `orrery-${language}-service-`));
    // Whom nginx's workers run as must read the site.
    await chmod(directory, 0o755);
    await generate(directory);
    tools = await toolsOf({ cacheDirectory, log: console.log, directory });
    upstream = createServer((request, response) => {
      received.push(request.headers);
      response.writeHead(202).end();
    });
    await new Promise(resolve => {
      upstream.listen(0, '127.0.0.1', resolve);
    });
  });

  after(async () => {
    service?.child.kill('SIGKILL');
    upstream?.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('builds, and passes its own tests and its linter', async () => {
    for (const [command, args] of tools.checks) {
      await run(command, args, { cwd: directory, env: tools.environment });
    }
  });

  it('starts, and says that it is alive and ready', async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    service = start(
      tools,
      {
        PORT: String(port),
        SERVICE_VERSION: '1.2.3',
        UPSTREAM_URL: `http://127.0.0.1:${upstream.address().port}/`,
      },
      directory,
    );
    await until(
      () => `it did not become ready:\n${service.text()}`,
      () =>
        get('/readyz').then(
          response => response.ok,
          () => false,
        ),
    );
    assert.equal((await get('/healthz')).status, 200);
  });

  it('writes a line with the trace of each request, of W3C and of B3', async () => {
    const path = tools.path ?? '/api/items/1';
    const contexts = [
      { traceparent: `00-${TRACE}-${SPAN}-01` },
      { b3: `${TRACE.replace('4', '5')}-${SPAN}-1` },
      {
        'x-b3-traceid': TRACE.replace('4', '6'),
        'x-b3-spanid': SPAN,
        'x-b3-sampled': '1',
      },
    ];
    for (const [index, headers] of contexts.entries()) {
      const response = await get(path, headers);
      assert.equal(response.status, 200);
      await response.arrayBuffer();
      const line = await lineOf({
        'trace.id': `${4 + index}${TRACE.slice(1)}`,
        message: `GET ${path} 200`,
      });
      assert.equal(line['span.id'], SPAN);
      assert.equal(line['log.level'], 'info');
      assert.equal(line['service.name'], 'ledger');
      assert.equal(line['service.version'], '1.2.3');
      assert.equal(line['http.response.status_code'], 200);
      assert.ok(Date.parse(line['@timestamp']) > 0);
    }
  });

  it('has metrics of its runtime, and of requests where the mesh has none', async () => {
    const response = await get('/metrics');
    assert.match(
      response.headers.get('content-type'),
      /^(text\/plain|application\/openmetrics)/,
    );
    const metrics = await response.text();
    assert.match(metrics, new RegExp(`^${tools.runtimeMetric}`, 'm'));
    if (language !== 'static') {
      assert.match(
        metrics,
        /^http_server_requests_seconds_count\{.*200.*\} \d/m,
      );
      assert.doesNotMatch(metrics, /healthz/);
    }
  });

  it('passes the trace on to those it calls', async () => {
    if (language === 'static') {
      // It calls nobody.
      assert.equal((await get('/api/upstream')).status, 404);
      return;
    }
    const response = await get('/api/upstream', {
      b3: `${TRACE}-${SPAN}-1`,
    });
    assert.deepEqual(await response.json(), { status: 202 });
    const [headers] = received;
    assert.equal(headers.traceparent, `00-${TRACE}-${SPAN}-01`);
    assert.equal(headers['x-b3-traceid'], TRACE);
    assert.equal(headers['x-b3-spanid'], SPAN);
    assert.equal(headers['x-b3-sampled'], '1');
  });

  it('ends on SIGTERM: unready first, and in time', async () => {
    service.child.kill('SIGTERM');
    await until(
      () => 'it is ready while it ends',
      async () => (await get('/readyz')).status === 503,
      4,
    );
    assert.equal((await get('/healthz')).status, 200);
    const outcome = await Promise.race([
      service.ended,
      sleep(END_SECONDS * 1000).then(() => 'still running'),
    ]);
    // Java's own convention for an end by this signal is 143.
    assert.ok([0, 143, 'SIGTERM'].includes(outcome), `${outcome}`);
  });

  it('refuses a port that is none, and names it', async () => {
    const wrong = start(tools, { PORT: 'http' }, directory);
    const outcome = await wrong.ended;
    assert.notEqual(outcome, 0);
    assert.match(wrong.text(), /port/i);
  });
});
