import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from './app.js';
import { loadConfig } from './config.js';
import { createLog } from './log.js';

const config = loadConfig(process.env);
const log = createLog(config);
const { server, setReady } = createApp(config, log);

server.listen(config.port, () => {
  log.info('listening', {
    'server.port': config.port,
    'consul.prefix': config.consulPrefix,
  });
});

let isEnding = false;

/**
 * Readiness goes off first; requests are still served for a while; then running
 * ones may end.
 */
async function end() {
  if (isEnding) {
    return;
  }
  isEnding = true;
  log.info('draining');
  setReady(false);
  await sleep(config.drainDelayMilliseconds);
  const insist = setTimeout(() => {
    server.closeAllConnections();
  }, config.shutdownTimeoutMilliseconds);
  server.close(() => {
    clearTimeout(insist);
    log.info('ended');
  });
  server.closeIdleConnections();
}

process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
