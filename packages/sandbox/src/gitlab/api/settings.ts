import { hookEvents, type Hook, type Project, type Variable } from '../model';
import {
  flag,
  found,
  paged,
  projectOf,
  refuse,
  Refusal,
  required,
  text,
  timeText,
  type Answer,
  type Call,
  type Route,
} from './Call';

const variableOf = (project: Project, key: string) =>
  found(
    project.variables.find(each => each.key === key),
    'Variable',
  );

function readVariable(call: Call, known?: Variable): Variable {
  const key = known?.key ?? required(call, 'key', 'value')[0];
  const value = text(call, 'value') ?? known?.value ?? '';
  if (!/^\w{1,255}$/.test(key)) {
    throw refuse(400, {
      key: ["can contain only letters, digits and '_'."],
    });
  }
  const masked =
    flag(call, 'masked', known?.masked) || flag(call, 'masked_and_hidden');
  if (masked && (value.length < 8 || /\s/.test(value))) {
    throw refuse(400, { value: ['is invalid'] });
  }
  return {
    key,
    value,
    variable_type:
      text(call, 'variable_type') ?? known?.variable_type ?? 'env_var',
    protected: flag(call, 'protected', known?.protected),
    masked,
    hidden: flag(call, 'masked_and_hidden', known?.hidden),
    raw: flag(call, 'raw', known?.raw),
    environment_scope:
      text(call, 'environment_scope') ?? known?.environment_scope ?? '*',
    description: text(call, 'description') ?? known?.description ?? null,
  };
}

const variableShape = (variable: Variable) => ({
  ...variable,
  value: variable.hidden ? null : variable.value,
});

function createVariable(call: Call, id: string): Answer {
  const project = projectOf(call, id);
  const variable = readVariable(call);
  const isTaken = project.variables.some(
    each =>
      each.key === variable.key &&
      each.environment_scope === variable.environment_scope,
  );
  if (isTaken) {
    throw refuse(400, { key: [`(${variable.key}) has already been taken`] });
  }
  project.variables.push(variable);
  return { status: 201, body: variableShape(variable) };
}

const hookOf = (project: Project, id: string) =>
  found(
    project.hooks.find(hook => String(hook.id) === id),
    'Hook',
  );

function readHook(call: Call, known?: Hook): Hook {
  const url = text(call, 'url') ?? known?.url ?? required(call, 'url')[0];
  if (!/^https?:\/\/[^/]+/.test(url)) {
    throw new Refusal(422, { error: 'Invalid url given' });
  }
  return {
    id: known?.id ?? call.forge.nextId(),
    url,
    token: text(call, 'token') ?? known?.token,
    createdAt: known?.createdAt ?? call.forge.now(),
    events: {
      push_events: flag(call, 'push_events', known?.events.push_events ?? true),
      tag_push_events: flag(
        call,
        'tag_push_events',
        known?.events.tag_push_events,
      ),
      merge_requests_events: flag(
        call,
        'merge_requests_events',
        known?.events.merge_requests_events,
      ),
    },
    deliveries: known?.deliveries ?? [],
  };
}

const hookShape = (project: Project, hook: Hook) => ({
  id: hook.id,
  url: hook.url,
  project_id: project.id,
  created_at: timeText(hook.createdAt),
  enable_ssl_verification: true,
  alert_status: 'executable',
  ...Object.fromEntries(hookEvents.map(event => [event, hook.events[event]])),
});

/** Replaces one entry of a list with another. */
function swap<T>(list: T[], from: T, ...to: T[]): void {
  list.splice(list.indexOf(from), 1, ...to);
}

const VARIABLES = /^\/projects\/([^/]+)\/variables$/;
const VARIABLE = /^\/projects\/([^/]+)\/variables\/([^/]+)$/;
const HOOKS = /^\/projects\/([^/]+)\/hooks$/;
const HOOK = /^\/projects\/([^/]+)\/hooks\/(\d+)$/;
/** Variables and webhooks of projects. */
export const settingRoutes: readonly Route[] = [
  [
    'GET',
    VARIABLES,
    (call, id) => paged(call, projectOf(call, id).variables, variableShape),
  ],
  ['POST', VARIABLES, createVariable],
  [
    'GET',
    VARIABLE,
    (call, id, key) => ({
      body: variableShape(variableOf(projectOf(call, id), key)),
    }),
  ],
  [
    'PUT',
    VARIABLE,
    (call, id, key) => {
      const project = projectOf(call, id);
      const known = variableOf(project, key);
      const changed = readVariable(call, known);
      swap(project.variables, known, changed);
      return { body: variableShape(changed) };
    },
  ],
  [
    'DELETE',
    VARIABLE,
    (call, id, key) => {
      const project = projectOf(call, id);
      swap(project.variables, variableOf(project, key));
      return { status: 204 };
    },
  ],
  [
    'GET',
    HOOKS,
    (call, id) => {
      const project = projectOf(call, id);
      return paged(call, project.hooks, hook => hookShape(project, hook));
    },
  ],
  [
    'POST',
    HOOKS,
    (call, id) => {
      const project = projectOf(call, id);
      const hook = readHook(call);
      project.hooks.push(hook);
      return { status: 201, body: hookShape(project, hook) };
    },
  ],
  [
    'GET',
    HOOK,
    (call, id, hook) => {
      const project = projectOf(call, id);
      return { body: hookShape(project, hookOf(project, hook)) };
    },
  ],
  [
    'GET',
    /^\/projects\/([^/]+)\/hooks\/(\d+)\/events$/,
    (call, id, hook) =>
      paged(call, hookOf(projectOf(call, id), hook).deliveries, each => ({
        id: each.id,
        trigger: each.trigger,
        response_status: each.status,
        execution_duration: each.seconds,
        created_at: timeText(each.at),
      })),
  ],
  [
    'PUT',
    HOOK,
    (call, id, hookId) => {
      const project = projectOf(call, id);
      const known = hookOf(project, hookId);
      const changed = readHook(call, known);
      swap(project.hooks, known, changed);
      return { body: hookShape(project, changed) };
    },
  ],
  [
    'DELETE',
    HOOK,
    (call, id, hookId) => {
      const project = projectOf(call, id);
      swap(project.hooks, hookOf(project, hookId));
      return { status: 204 };
    },
  ],
];
