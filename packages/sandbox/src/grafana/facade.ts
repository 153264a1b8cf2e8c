import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock';
import type { Facade } from '../facade';
import { sendJson } from '../http';
import type { Prometheus } from '../prometheus';
import type { World } from '../world/types';
import { dashboardAnswer, datasource, searchAnswer } from './api/answers';
import { dataQuery } from './api/dataQuery';
import { Library } from './Library';
import { dashboardsOf, FOLDERS } from './dashboards';
import { dashboardPage, soloPage } from './draw/pages';
import { panelPng } from './draw/panelPng';
import { themeOf } from './draw/scale';
import { panelsOf, type Dashboard } from './model';
import { panelData, type PanelSource } from './panelData';

/** The token of a service account that may look at everything. */
export const GRAFANA_TOKEN = 'glsa_sandbox_viewer';

/** The token of a service account that may also write dashboards. */
export const GRAFANA_EDITOR_TOKEN = 'glsa_sandbox_editor';

export interface GrafanaOptions {
  world: World;
  prometheus: Prometheus;
  clock: Clock;
  scrapeMs: number;
  /** Path below which it is reached, for links. */
  prefix: string;
}

const LARGEST_BODY = 1024 * 1024;
const LARGEST_PICTURE = 3000;

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > LARGEST_BODY) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isEditor = ({ headers }: IncomingMessage) =>
  headers.authorization === `Bearer ${GRAFANA_EDITOR_TOKEN}`;

/** Why a request is not let in; undefined when it is. */
function refusal(request: IncomingMessage) {
  const { authorization } = request.headers;
  if (authorization === `Bearer ${GRAFANA_TOKEN}` || isEditor(request)) {
    return undefined;
  }
  return authorization === undefined
    ? {
        message: 'Unauthorized',
        messageId: 'auth.unauthorized',
        statusCode: 401,
        traceID: '',
      }
    : {
        message: 'Invalid API key',
        messageId: 'api-key.invalid',
        statusCode: 401,
        traceID: '',
      };
}

/** Grafana of one cluster. */
class Grafana {
  readonly #library: Library;
  readonly #source: PanelSource;
  readonly #home: string;

  constructor(options: GrafanaOptions) {
    this.#source = options;
    this.#home = `${options.prefix}/grafana`;
    this.#library = new Library(dashboardsOf(options.world), this.#home);
  }

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    if (path === '/api/health') {
      const health = {
        commit: '83b9528bce',
        database: 'ok',
        version: '11.2.0',
      };
      request.resume();
      sendJson(response, 200, health);
      return;
    }
    const solo = /^\/(d-solo|d)\/([^/]+)(?:\/[^/]*)?$/.exec(path);
    if (solo) {
      request.resume();
      await this.#page(response, solo[1], solo[2], query);
      return;
    }
    const refused = refusal(request);
    if (refused) {
      request.resume();
      sendJson(response, 401, refused);
      return;
    }
    if (path === '/api/ds/query' && request.method === 'POST') {
      const answer = await dataQuery(this.#source, await readJson(request));
      sendJson(response, answer.status, answer.body);
      return;
    }
    const written = /^\/api\/dashboards\/(?:db|uid\/([^/]+))$/.exec(path);
    if (written && (request.method === 'POST' || request.method === 'DELETE')) {
      await this.#write(request, response, written[1]);
      return;
    }
    request.resume();
    const picture = /^\/render\/d-solo\/([^/]+)(?:\/[^/]*)?$/.exec(path);
    if (picture) await this.#picture(response, picture[1], query);
    else this.#read(response, path, query);
  }

  async #write(
    request: IncomingMessage,
    response: ServerResponse,
    uid: string | undefined,
  ): Promise<void> {
    const body = await readJson(request);
    if (!isEditor(request)) {
      sendJson(response, 403, {
        message:
          "You'll need additional permissions to perform this action. Permissions needed: dashboards:write",
        accessErrorId: '',
        title: 'Access denied',
      });
      return;
    }
    const answer =
      request.method === 'DELETE'
        ? this.#library.delete(uid ?? '')
        : this.#library.write(body);
    sendJson(response, answer.status, answer.body);
  }

  #read(response: ServerResponse, path: string, query: URLSearchParams): void {
    const folders = Object.values(FOLDERS).map(({ id, uid, title }) => ({
      id,
      uid,
      title,
    }));
    const uid =
      /^\/api\/(dashboards\/uid|folders|datasources\/uid)\/([^/]+)$/.exec(path);
    const none = (message: string) =>
      sendJson(response, 404, { message, traceID: '' });
    if (path === '/api/search') {
      const all = this.#library.all();
      sendJson(response, 200, searchAnswer(this.#home, all, folders, query));
    } else if (path === '/api/folders') sendJson(response, 200, folders);
    else if (path === '/api/datasources') {
      sendJson(response, 200, [datasource]);
    } else if (uid?.[1] === 'dashboards/uid') {
      const found = this.#find(uid[2]);
      const model = this.#library.model(uid[2]);
      if (found) {
        const answer = dashboardAnswer(this.#home, found);
        sendJson(
          response,
          200,
          model
            ? { meta: { ...answer.meta, provisioned: false }, dashboard: model }
            : answer,
        );
      } else none('Dashboard not found');
    } else if (uid?.[1] === 'folders') {
      const found = folders.find(folder => folder.uid === uid[2]);
      if (found) sendJson(response, 200, found);
      else none('folder not found');
    } else if (uid && uid[2] === datasource.uid) {
      sendJson(response, 200, datasource);
    } else none(uid ? 'Data source not found' : 'Not found');
  }

  #find(uid: string): Dashboard | undefined {
    return this.#library.find(uid);
  }

  async #data(uid: string, query: URLSearchParams) {
    const dashboard = this.#find(uid);
    const id = Number((query.get('panelId') ?? '').replace(/^panel-/, ''));
    const panel = dashboard && panelsOf(dashboard).find(each => each.id === id);
    return dashboard && panel
      ? panelData(this.#source, dashboard, panel, query)
      : undefined;
  }

  async #page(
    response: ServerResponse,
    kind: string,
    uid: string,
    query: URLSearchParams,
  ): Promise<void> {
    const theme = themeOf(query.get('theme'));
    const dashboard = this.#find(uid);
    const data = kind === 'd-solo' ? await this.#data(uid, query) : undefined;
    const isMissing = !dashboard || (kind === 'd-solo' && !data);
    response.writeHead(isMissing ? 404 : 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      ...(dashboard?.folder.refusesFrames ? { 'X-Frame-Options': 'deny' } : {}),
    });
    if (!dashboard || isMissing) response.end('<h1>Panel not found</h1>');
    else if (data) response.end(soloPage(data, theme));
    else {
      const panels = panelsOf(dashboard);
      response.end(
        dashboardPage(this.#home, dashboard, panels, query.toString(), theme),
      );
    }
  }

  async #picture(
    response: ServerResponse,
    uid: string,
    query: URLSearchParams,
  ): Promise<void> {
    const data = await this.#data(uid, query);
    if (!data) {
      sendJson(response, 404, { message: 'Dashboard not found', traceID: '' });
      return;
    }
    const size = (name: string, standard: number) => {
      const asked = Math.round(Number(query.get(name)));
      return asked > 0 ? Math.min(asked, LARGEST_PICTURE) : standard;
    };
    const theme = themeOf(query.get('theme'));
    const picture = panelPng(
      data,
      theme,
      size('width', 1000),
      size('height', 500),
    );
    response
      .writeHead(200, {
        'Content-Type': 'image/png',
        'Content-Length': picture.length,
      })
      .end(picture);
  }
}

/** Grafana with dashboards of the mesh, of teams and of runtimes. */
export function createGrafana(options: GrafanaOptions): Facade {
  const grafana = new Grafana(options);
  return {
    prefix: '/grafana',
    title: 'Grafana',
    examples: [
      `curl -H 'Authorization: Bearer ${GRAFANA_TOKEN}' '{origin}/grafana/api/search?tag=istio'`,
      `curl '{origin}/grafana/d-solo/istio-workload-dashboard/istio-workload-dashboard?panelId=1&var-namespace=wealth&var-workload=payment-v2'`,
    ],
    handle: (request, response, path, query) =>
      grafana.handle(request, response, path, query),
  };
}
