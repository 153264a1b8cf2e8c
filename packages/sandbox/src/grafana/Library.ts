import { slugOf, type Dashboard, type Panel, type Variable } from './model';

/** A dashboard that somebody posted, with its versions counted. */
interface Written {
  dashboard: Dashboard;
  model: Record<string, unknown>;
  version: number;
}

/** The answer to a write. */
export interface WriteAnswer {
  status: number;
  body: Record<string, unknown>;
}

const GENERAL = { id: 0, uid: '', title: 'General' };
const FIRST_ID = 1000;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

const text = (value: unknown, standard = '') =>
  typeof value === 'string' ? value : standard;

/** A panel as far as it can be drawn; the rest stays in the model. */
function panelOf(value: Record<string, unknown>, index: number): Panel {
  const { id, type, title, gridPos, targets, fieldConfig, panels } = value;
  const defaults = isObject(fieldConfig) ? fieldConfig.defaults : undefined;
  const drawn = type === 'row' || type === 'stat' || type === 'text';
  return {
    id: typeof id === 'number' ? id : index + 1,
    title: text(title),
    type: drawn ? type : 'timeseries',
    gridPos: isObject(gridPos)
      ? (gridPos as unknown as Panel['gridPos'])
      : { x: 0, y: 0, w: 12, h: 8 },
    targets: list(targets)
      .filter(({ expr }) => typeof expr === 'string')
      .map(({ refId, expr, legendFormat }) => ({
        refId: text(refId, 'A'),
        expr: text(expr),
        ...(typeof legendFormat === 'string' ? { legendFormat } : {}),
      })),
    fieldConfig: {
      defaults: {
        unit: text(isObject(defaults) ? defaults.unit : undefined, 'short'),
      },
      overrides: [],
    },
    ...(Array.isArray(panels) ? { panels: list(panels).map(panelOf) } : {}),
  };
}

function variableOf(value: Record<string, unknown>): Variable {
  const current = isObject(value.current) ? value.current : {};
  return {
    name: text(value.name),
    label: text(value.label),
    type:
      value.type === 'custom' || value.type === 'datasource'
        ? value.type
        : 'query',
    query: text(isObject(value.query) ? value.query.query : value.query),
    ...(value.includeAll === true ? { includeAll: true } : {}),
    ...(value.multi === true ? { multi: true } : {}),
    ...(typeof value.allValue === 'string' ? { allValue: value.allValue } : {}),
    current: { text: text(current.text), value: text(current.value) },
  };
}

/** Dashboards: those that came with Grafana, and those that were written. */
export class Library {
  readonly #provisioned: readonly Dashboard[];
  readonly #written = new Map<string, Written>();
  readonly #home: string;
  #nextId = FIRST_ID;

  constructor(provisioned: readonly Dashboard[], home: string) {
    this.#provisioned = provisioned;
    this.#home = home;
  }

  all(): Dashboard[] {
    return [
      ...this.#provisioned,
      ...[...this.#written.values()].map(({ dashboard }) => dashboard),
    ];
  }

  find(uid: string): Dashboard | undefined {
    return (
      this.#provisioned.find(dashboard => dashboard.uid === uid) ??
      this.#written.get(uid)?.dashboard
    );
  }

  /** The model as it was posted; undefined for provisioned ones. */
  model(uid: string): Record<string, unknown> | undefined {
    return this.#written.get(uid)?.model;
  }

  /** `POST /api/dashboards/db` */
  write(body: unknown): WriteAnswer {
    const asked = isObject(body) ? body.dashboard : undefined;
    if (!isObject(asked)) {
      return refuse(400, 'bad request data');
    }
    const title = text(asked.title).trim();
    if (title === '') {
      return refuse(400, 'Dashboard title cannot be empty');
    }
    const uid = text(asked.uid) || `written-${this.#nextId}`;
    if (!/^[A-Za-z0-9_-]{1,40}$/.test(uid)) {
      return refuse(400, 'uid contains illegal characters or is too long');
    }
    if (this.#provisioned.some(each => each.uid === uid)) {
      return refuse(400, 'Cannot save provisioned dashboard');
    }
    const before = this.#written.get(uid);
    const isKnown = before && asked.version === before.version;
    if (before && !isKnown && !(isObject(body) && body.overwrite === true)) {
      return {
        status: 412,
        body: {
          message: 'The dashboard has been changed by someone else',
          status: 'version-mismatch',
        },
      };
    }
    const id = before?.dashboard.id ?? this.#nextId++;
    const version = (before?.version ?? 0) + 1;
    const templating = isObject(asked.templating) ? asked.templating.list : [];
    const tags = Array.isArray(asked.tags) ? asked.tags.map(String) : [];
    this.#written.set(uid, {
      version,
      model: { ...asked, id, uid, title, version },
      dashboard: {
        id,
        uid,
        title,
        folder: GENERAL,
        tags,
        variables: list(templating).map(variableOf),
        panels: list(asked.panels).map(panelOf),
      },
    });
    const slug = slugOf(title);
    return {
      status: 200,
      body: {
        folderUid: '',
        id,
        slug,
        status: 'success',
        uid,
        url: `${this.#home}/d/${uid}/${slug}`,
        version,
      },
    };
  }

  /** `DELETE /api/dashboards/uid/:uid` */
  delete(uid: string): WriteAnswer {
    if (this.#provisioned.some(each => each.uid === uid)) {
      return refuse(400, 'provisioned dashboard cannot be deleted');
    }
    const found = this.#written.get(uid);
    if (!found) {
      return refuse(404, 'Dashboard not found');
    }
    this.#written.delete(uid);
    const { title } = found.dashboard;
    return {
      status: 200,
      body: { title, message: `Dashboard ${title} deleted`, uid },
    };
  }
}

function refuse(status: number, message: string): WriteAnswer {
  return { status, body: { message, traceID: '' } };
}
