import type { Namespace } from '../model';
import {
  notFound,
  paged,
  refuse,
  required,
  text,
  type Call,
  type Route,
} from './Call';
import { groupShape, namespaceShape, projectShape, userShape } from './shapes';
import { visibilityOf } from './visibility';

function groupOf(call: Call, idOrPath: string): Namespace {
  const found = call.forge.namespace(idOrPath);
  if (found?.kind !== 'group') throw notFound('Group');
  return found;
}

function searched<T extends { name: string; path: string }>(
  call: Call,
  entries: readonly T[],
): T[] {
  const wanted = (text(call, 'search') ?? '').toLowerCase();
  return entries.filter(
    ({ name, path }) =>
      name.toLowerCase().includes(wanted) ||
      path.toLowerCase().includes(wanted),
  );
}

function createGroup(call: Call) {
  const [name, path] = required(call, 'name', 'path');
  if (call.forge.namespace(path)) {
    throw refuse(
      400,
      'Failed to save group {:path=>["has already been taken"]}',
    );
  }
  if (!/^[\w][\w.-]*$/.test(path)) {
    throw refuse(
      400,
      "Failed to save group {:path=>[\"can only include non-accented letters, digits, '_', '-' and '.'\"]}",
    );
  }
  const group: Namespace = {
    id: call.forge.nextId(),
    kind: 'group',
    path,
    name,
    description: text(call, 'description') ?? '',
    visibility: visibilityOf(call, 'private'),
    createdAt: call.forge.now(),
  };
  call.forge.namespaces.push(group);
  return { status: 201, body: groupShape(call.base, group) };
}

/** Users, groups and namespaces. */
export const groupRoutes: readonly Route[] = [
  [
    'GET',
    /^\/user$/,
    ({ base, user }) => ({
      body: {
        ...userShape(base, user),
        email: user.email,
        is_admin: user.isAdmin,
        two_factor_enabled: false,
        external: false,
        can_create_group: !user.readsOnly,
        can_create_project: !user.readsOnly,
        namespace_id: 9000 + user.id,
      },
    }),
  ],
  [
    'GET',
    /^\/users$/,
    call => {
      const username = text(call, 'username')?.toLowerCase();
      const wanted = (text(call, 'search') ?? '').toLowerCase();
      const found = call.forge.users.filter(
        user =>
          (username === undefined || user.username === username) &&
          (user.username.includes(wanted) ||
            user.name.toLowerCase().includes(wanted) ||
            user.email === wanted),
      );
      return paged(call, found, user => userShape(call.base, user));
    },
  ],
  [
    'GET',
    /^\/users\/(\d+)$/,
    ({ forge, base }, id) => {
      const user = forge.users.find(each => String(each.id) === id);
      if (!user) throw notFound('User');
      return { body: userShape(base, user) };
    },
  ],
  [
    'GET',
    /^\/users\/([^/]+)\/projects$/,
    (call, id) => {
      const user = call.forge.users.find(
        each => String(each.id) === id || each.username === id,
      );
      if (!user) throw notFound('User');
      const found = call.forge
        .projects()
        .filter(({ namespace }) => namespace.path === user.username);
      return paged(call, searched(call, found), project =>
        projectShape(call.base, project),
      );
    },
  ],
  [
    'GET',
    /^\/groups$/,
    call => {
      // 30 is the access level of a developer, which who only reads is nowhere.
      const isNobody =
        call.user.readsOnly && Number(text(call, 'min_access_level')) >= 30;
      const groups = call.forge.namespaces
        .filter(({ kind }) => kind === 'group' && !isNobody)
        .sort((left, right) => left.path.localeCompare(right.path, 'en'));
      return paged(call, searched(call, groups), group =>
        groupShape(call.base, group),
      );
    },
  ],
  ['POST', /^\/groups$/, createGroup],
  [
    'GET',
    /^\/groups\/([^/]+)$/,
    (call, id) => ({ body: groupShape(call.base, groupOf(call, id)) }),
  ],
  [
    'GET',
    /^\/groups\/([^/]+)\/projects$/,
    (call, id) => {
      const group = groupOf(call, id);
      const found = call.forge
        .projects()
        .filter(({ namespace }) => namespace === group);
      return paged(call, searched(call, found), project =>
        projectShape(call.base, project),
      );
    },
  ],
  [
    'GET',
    /^\/groups\/([^/]+)\/(?:subgroups|descendant_groups)$/,
    (call, id) => {
      groupOf(call, id);
      return paged(call, [], each => each);
    },
  ],
  [
    'GET',
    /^\/groups\/([^/]+)\/members(?:\/all)?$/,
    (call, id) => {
      const group = groupOf(call, id);
      const members = call.forge
        .projects()
        .filter(({ namespace }) => namespace === group)
        .flatMap(project => project.members);
      const users = [...new Set(members.map(({ user }) => user))];
      return paged(call, users, user => ({
        ...userShape(call.base, user),
        access_level: 40,
      }));
    },
  ],
  [
    'GET',
    /^\/namespaces$/,
    call =>
      paged(call, searched(call, call.forge.namespaces), namespace =>
        namespaceShape(call.base, namespace),
      ),
  ],
  [
    'GET',
    /^\/namespaces\/([^/]+)$/,
    (call, id) => {
      const found = call.forge.namespace(id);
      if (!found) throw notFound('Namespace');
      return { body: namespaceShape(call.base, found) };
    },
  ],
];
