import {
  detectKind,
  maskSecrets,
  type ConfigChange,
  type ConfigEntry,
  type ConfigMapView,
  type ConfigToken,
  type ConfigTree,
} from '@orrery/backstage-plugin-config-center-common';
import type { ConfigApi, TreeListener } from '../api';

export const SERVICE = 'kepler/wealth/service/payment';

const provenance = { sources: [], warnings: [] };

/** Keys in memory, which others can change under one's hands. */
export class FakeConfigApi implements ConfigApi {
  readonly #keys = new Map<string, { text: string; modifyIndex: number }>();
  readonly #listeners = new Set<TreeListener>();
  readonly changes: ConfigChange[] = [];
  readonly maps: ConfigMapView[] = [];
  tokenState: ConfigToken = { state: 'none', secret: 'payment-consul' };
  /** Why nothing is revealed. */
  refusal: Error | undefined;
  #index = 10;

  constructor(keys: Record<string, string>) {
    for (const [key, text] of Object.entries(keys)) {
      this.put(key, text);
    }
  }

  put(key: string, text: string): void {
    this.#index += 1;
    this.#keys.set(key, { text, modifyIndex: this.#index });
    this.#tell();
  }

  remove(key: string): void {
    this.#keys.delete(key);
    this.#tell();
  }

  fail(error: Error): void {
    this.#listeners.forEach(({ onProblem }) => onProblem(error, false));
  }

  prefixes: ConfigApi['prefixes'] = async () => ({
    prefixes: [
      {
        service: SERVICE,
        namespace: 'wealth',
        app: 'payment',
        prefix: 'wealth.payment/',
      },
    ],
    provenance,
  });

  tree: ConfigApi['tree'] = async () => this.#tree();

  value: ConfigApi['value'] = async (_service, key) => ({
    entry: this.#entry(key),
    ...maskSecrets(key, this.#keys.get(key)?.text ?? ''),
  });

  reveal: ConfigApi['reveal'] = async (_service, key) => {
    if (this.refusal) {
      throw this.refusal;
    }
    return {
      entry: this.#entry(key),
      text: this.#keys.get(key)?.text,
      isMasked: false,
    };
  };

  history: ConfigApi['history'] = async (_service, { key }) => ({
    changes: this.changes.filter(
      change => key === undefined || change.key === key,
    ),
    provenance,
  });

  readers: ConfigApi['readers'] = async () => ({
    readers: [
      {
        ref: 'kepler/wealth/Deployment/payment-v1',
        because: 'its name',
        isDeclared: false,
      },
    ],
    provenance,
  });

  token: ConfigApi['token'] = async () => this.tokenState;

  configMaps: ConfigApi['configMaps'] = async () => ({
    configMaps: this.maps,
    provenance,
  });

  mapHistory: ConfigApi['mapHistory'] = async () => ({
    changes: this.changes,
    provenance,
  });

  follow: ConfigApi['follow'] = async (_service, listener, signal) => {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener));
    listener.onTree(this.#tree());
  };

  #tell(): void {
    this.#listeners.forEach(({ onTree }) => onTree(this.#tree()));
  }

  #entry(key: string): ConfigEntry {
    const { text, modifyIndex } = this.#keys.get(key) ?? {
      text: '',
      modifyIndex: 0,
    };
    const masked = maskSecrets(key, text);
    return {
      key,
      kind: detectKind(key, text),
      bytes: text.length,
      modifyIndex,
      createIndex: 1,
      hasSecret: masked.isMasked,
      excerpt: masked.text.split('\n')[0],
      problems: 0,
    };
  }

  #tree(): ConfigTree {
    return {
      service: SERVICE,
      prefix: 'wealth.payment/',
      entries: [...this.#keys.keys()].sort().map(key => this.#entry(key)),
      missingKeys: [],
      provenance,
    };
  }
}
