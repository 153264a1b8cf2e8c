import { AuthenticationError, NotFoundError } from '@backstage/errors';
import {
  flaggerGateTypeSchema,
  flaggerHookBodySchema,
  flaggerHookTypeSchema,
  type CanaryEvent,
  type FlaggerHookBody,
} from '@orrery/backstage-plugin-delivery-common';
import { formatRef, parseWith } from '@orrery/backstage-plugin-orrery-common';
import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { CanaryEventStore } from '../canary/CanaryEventStore';
import { HOOKS_PATH } from '../engines/flaggerParts';
import type { GateStore } from './GateStore';
import { isSameToken } from './isSameToken';

/** Who may call hooks: one token for each cluster. */
export type HookTokens = readonly { cluster: string; token: string }[];

/**
 * The hooks that Flagger calls. A gate answers 200 when it is open and 403
 * while it is closed, which holds the canary; what Flagger merely tells is
 * kept as an event. Flagger has no Backstage identity: its token, in the
 * query or as a bearer token, says which cluster it is.
 */
export function createHooksRouter(options: {
  tokens: HookTokens;
  gates: GateStore;
  events: CanaryEventStore;
  onChange: () => void;
  now?: () => Date;
}): Router {
  const { tokens, gates, events, onChange } = options;
  const now = options.now ?? (() => new Date());
  const router = PromiseRouter();

  router.post(
    `${HOOKS_PATH}:type`,
    express.json({ limit: '100kb' }),
    async (request, response) => {
      const bearer = /^Bearer (.+)$/.exec(request.get('authorization') ?? '');
      const given = String(request.query.token ?? bearer?.[1] ?? '');
      const known = tokens.find(({ token }) => isSameToken(token, given));
      if (!known) {
        throw new AuthenticationError(
          'token: expected the token of a cluster, as orrery.flagger.hooks[].token has it',
        );
      }
      const type = flaggerHookTypeSchema.safeParse(request.params.type);
      if (!type.success) {
        throw new NotFoundError(
          `No hook ${
            request.params.type
          }; there is ${flaggerHookTypeSchema.options.join(', ')}`,
        );
      }
      const body = parseWith(flaggerHookBodySchema, request.body, 'body');
      const ref = formatRef({
        type: 'workload',
        cluster: known.cluster,
        namespace: body.namespace,
        kind: 'Canary',
        name: body.name,
      });
      const gate = flaggerGateTypeSchema.safeParse(type.data);
      if (!gate.success) {
        await events.add(ref, [toldEvent(type.data, body, now())]);
        onChange();
        response.json({ accepted: true });
        return;
      }
      const { isOpen, isFirst } = await gates.ask(
        ref,
        gate.data,
        body.checksum ?? '',
      );
      if (isFirst) {
        if (gate.data !== 'rollback') {
          await events.add(ref, [
            {
              at: now().toISOString(),
              kind: 'gate',
              title: `Waits at ${gate.data}`,
            },
          ]);
        }
        onChange();
      }
      response
        .status(isOpen ? 200 : 403)
        .json(
          isOpen
            ? { open: true }
            : { open: false, message: `${gate.data} waits in the portal` },
        );
    },
  );
  return router;
}

function toldEvent(
  type: string,
  { phase, metadata = {} }: FlaggerHookBody,
  now: Date,
): CanaryEvent {
  const { eventMessage, eventType } = metadata;
  return {
    at: now.toISOString(),
    kind: eventType === 'Warning' ? 'problem' : 'info',
    title: phase ? `Flagger: ${phase}` : `Flagger: ${type}`,
    detail: eventMessage,
  };
}
