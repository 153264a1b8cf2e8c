import { useApi } from '@backstage/frontend-plugin-api';
import type { CanaryList } from '@orrery/backstage-plugin-delivery-common';
import { useSyncExternalStore } from 'react';
import { deliveryApiRef, type DeliveryApi } from '../api';

const REFRESH_MILLISECONDS = 15_000;

/** The last answer for all canaries, and why there is no newer one. */
export type SharedCanaries = { value?: CanaryList; error?: Error };

/** Asks for all as long as anyone listens, however many do. */
class CanaryFeed {
  readonly #api: DeliveryApi;
  readonly #listeners = new Set<() => void>();
  #state: SharedCanaries = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Answers to questions of an earlier time of listening are dropped. */
  #round = 0;

  constructor(api: DeliveryApi) {
    this.#api = api;
  }

  readonly state = () => this.#state;

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      this.#round += 1;
      this.#ask(this.#round);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        this.#round += 1;
        clearTimeout(this.#timer);
      }
    };
  };

  async #ask(round: number): Promise<void> {
    let state: SharedCanaries;
    try {
      state = { value: await this.#api.canaries() };
    } catch (error) {
      state = {
        ...this.#state,
        error: error instanceof Error ? error : new Error(String(error)),
      };
    }
    if (round === this.#round) {
      this.#state = state;
      this.#listeners.forEach(listener => listener());
      this.#timer = setTimeout(() => this.#ask(round), REFRESH_MILLISECONDS);
    }
  }
}

const feeds = new WeakMap<DeliveryApi, CanaryFeed>();

function feedOf(api: DeliveryApi): CanaryFeed {
  let feed = feeds.get(api);
  if (!feed) {
    feed = new CanaryFeed(api);
    feeds.set(api, feed);
  }
  return feed;
}

/** All canaries, with one request for all who show some of them at a time. */
export function useSharedCanaries(): SharedCanaries {
  const { subscribe, state } = feedOf(useApi(deliveryApiRef));
  return useSyncExternalStore(subscribe, state);
}
