/** What the backend costs while someone watches the default world. */
import { freePorts } from '../lib/ports.mjs';
import { startPortal } from '../lib/portal.mjs';
import {
  guestToken,
  largestResident,
  note,
  report,
  root,
  sleep,
} from './support.mjs';

const ports = await freePorts();
const portal = await startPortal({
  root,
  ports,
  say: note,
  only: ['sandbox', 'backend'],
});
try {
  await portal.ready();
  const token = await guestToken(ports.backend);
  const abort = new AbortController();
  fetch(`http://localhost:${ports.backend}/api/mesh/graph/stream`, {
    headers: { Authorization: `Bearer ${token}` },
    signal: abort.signal,
  })
    .then(async response => {
      for await (const _chunk of response.body) {
        // Reading is all that a viewer does.
      }
    })
    .catch(() => undefined);
  await sleep(30_000);
  const { pid } = portal.services.find(service => service.name === 'backend');
  report('backend.memory.default', await largestResident(pid), 'MB');
  abort.abort();
} finally {
  await portal.stop();
}
