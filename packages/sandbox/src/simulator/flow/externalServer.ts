import type { ExternalHost } from '../../world/types';
import type { Server } from './context';
import type { Effects } from './effects';
import { respond, type ServerResponse } from './server';

/** A host outside the cluster, as a server without limits. */
export class ExternalServer implements Server {
  response: ServerResponse;
  #revision = -1;

  constructor(
    private readonly host: ExternalHost,
    private readonly effects: Effects,
  ) {
    this.response = this.#respond();
  }

  receive(): void {
    if (this.#revision !== this.effects.revision) {
      this.#revision = this.effects.revision;
      this.response = this.#respond();
    }
  }

  #respond(): ServerResponse {
    const [effect] = this.effects.behaviour(this.host.host);
    const { behaviour } = this.host;
    return respond(
      'http',
      [
        {
          share: 1,
          behaviour: {
            ...behaviour,
            latencyMilliseconds:
              behaviour.latencyMilliseconds * (effect?.latencyFactor ?? 1),
            errors: [...behaviour.errors, ...(effect?.errors ?? [])],
          },
        },
      ],
      0,
      [],
    );
  }
}
