import {
  DATASOURCE,
  modelOf,
  slugOf,
  type Dashboard,
  type Folder,
} from '../model';

/** The address of a dashboard, below Grafana's own. */
function addressOf(prefix: string, { uid, title }: Dashboard): string {
  return `${prefix}/d/${uid}/${slugOf(title)}`;
}

function folderAddress(prefix: string, { uid, title }: Folder): string {
  return `${prefix}/dashboards/f/${uid}/${slugOf(title)}`;
}

function found(prefix: string, dashboard: Dashboard) {
  const { id, uid, title, tags, folder } = dashboard;
  return {
    id,
    uid,
    orgId: 1,
    title,
    uri: `db/${slugOf(title)}`,
    url: addressOf(prefix, dashboard),
    slug: '',
    type: 'dash-db',
    tags,
    isStarred: false,
    folderId: folder.id,
    folderUid: folder.uid,
    folderTitle: folder.title,
    folderUrl: folderAddress(prefix, folder),
    sortMeta: 0,
  };
}

function foundFolder(prefix: string, folder: Folder) {
  const { id, uid, title } = folder;
  return {
    id,
    uid,
    orgId: 1,
    title,
    uri: `db/${slugOf(title)}`,
    url: folderAddress(prefix, folder),
    slug: '',
    type: 'dash-folder',
    tags: [],
    isStarred: false,
    sortMeta: 0,
  };
}

/** The answer to `/api/search`: folders, then dashboards, by title. */
export function searchAnswer(
  prefix: string,
  dashboards: readonly Dashboard[],
  folders: readonly Folder[],
  query: URLSearchParams,
) {
  const text = (query.get('query') ?? '').toLowerCase();
  const type = query.get('type');
  const tags = query.getAll('tag');
  const wanted = query.getAll('folderUIDs').flatMap(each => each.split(','));
  const uids = query.getAll('dashboardUIDs').flatMap(each => each.split(','));
  const limit = Number(query.get('limit') ?? 1000);
  const page = Math.max(Number(query.get('page') ?? 1), 1);
  const fits = (title: string) => title.toLowerCase().includes(text);
  const byTitle = (first: { title: string }, other: { title: string }) =>
    first.title.localeCompare(other.title, 'en');
  const isPlain = tags.length === 0 && wanted.length === 0 && uids.length === 0;
  const all = [
    ...(type === 'dash-db' || !isPlain
      ? []
      : folders
          .filter(({ title }) => fits(title))
          .sort(byTitle)
          .map(folder => foundFolder(prefix, folder))),
    ...(type === 'dash-folder'
      ? []
      : dashboards
          .filter(
            ({ uid, title, tags: own, folder }) =>
              fits(title) &&
              tags.every(tag => own.includes(tag)) &&
              (wanted.length === 0 || wanted.includes(folder.uid)) &&
              (uids.length === 0 || uids.includes(uid)),
          )
          .sort(byTitle)
          .map(dashboard => found(prefix, dashboard))),
  ];
  return all.slice((page - 1) * limit, page * limit);
}

/** The answer to `/api/dashboards/uid/:uid`. */
export function dashboardAnswer(prefix: string, dashboard: Dashboard) {
  const { folder, title } = dashboard;
  return {
    meta: {
      type: 'db',
      canSave: false,
      canEdit: false,
      canAdmin: false,
      canStar: true,
      canDelete: false,
      slug: slugOf(title),
      url: addressOf(prefix, dashboard),
      expires: '0001-01-01T00:00:00Z',
      created: '2026-06-01T08:00:00Z',
      updated: '2026-10-12T08:00:00Z',
      updatedBy: 'admin',
      createdBy: 'admin',
      version: 1,
      hasAcl: false,
      isFolder: false,
      folderId: folder.id,
      folderUid: folder.uid,
      folderTitle: folder.title,
      folderUrl: folderAddress(prefix, folder),
      provisioned: true,
      provisionedExternalId: `${dashboard.uid}.json`,
    },
    dashboard: modelOf(dashboard),
  };
}

/** The one data source, as `/api/datasources` lists it. */
export const datasource = {
  id: 1,
  ...DATASOURCE,
  orgId: 1,
  name: 'Prometheus',
  typeName: 'Prometheus',
  access: 'proxy',
  url: 'http://prometheus.monitoring:9090',
  user: '',
  database: '',
  basicAuth: false,
  isDefault: true,
  jsonData: { httpMethod: 'POST' },
  readOnly: true,
};
