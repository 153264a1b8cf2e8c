import type { IncomingMessage } from 'node:http';
import type { Forge } from '../Forge';
import type { Project, User } from '../model';

/** GitLab says no. */
export class Refusal extends Error {
  constructor(readonly status: number, readonly body: unknown) {
    super(JSON.stringify(body));
  }
}

/** A refusal whose body is a message. */
export const refuse = (status: number, message: unknown) =>
  new Refusal(status, { message });

/** What is not there, as GitLab says it: `404 <What> Not Found`. */
export const notFound = (what: string) => refuse(404, `404 ${what} Not Found`);

/** An answer: JSON unless it has bytes. */
export interface Answer {
  status?: number;
  body?: unknown;
  bytes?: Buffer;
  headers?: Record<string, string>;
}

/** One request to the API. */
export interface Call {
  forge: Forge;
  request: IncomingMessage;
  method: string;
  /** Address below which everything is served, such as `http://127.0.0.1:7100/gitlab`. */
  base: string;
  path: string;
  query: URLSearchParams;
  user: User;
  /** Parameters of query and body together, as GitLab takes them. */
  parameters: Readonly<Record<string, unknown>>;
}

/** What answers a path; its groups are decoded. */
export type Handler = (
  call: Call,
  ...groups: string[]
) => Promise<Answer> | Answer;

/** A method and the path that it is for, below `/api/v4`. */
export type Route = [method: string, path: RegExp, handler: Handler];

/** A text parameter; undefined without one. */
export function text(call: Call, name: string): string | undefined {
  const value = call.parameters[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** Whether a switch is on. */
export function flag(call: Call, name: string, otherwise = false): boolean {
  const value = text(call, name);
  return value === undefined ? otherwise : value === 'true' || value === '1';
}

/** Words of a parameter that is a list, or text with commas. */
export function words(call: Call, name: string): string[] | undefined {
  const value = call.parameters[name];
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string'
    ? value.split(',').filter(Boolean)
    : undefined;
}

/**
 * Text parameters that have to be there.
 *
 * @throws Refusal naming all that are missing
 */
export function required(call: Call, ...names: string[]): string[] {
  const missing = names.filter(name => text(call, name) === undefined);
  if (missing.length > 0) {
    const error = missing.map(name => `${name} is missing`).join(', ');
    throw new Refusal(400, { error });
  }
  return names.map(name => text(call, name) ?? '');
}

/** A value that has to be there. @throws Refusal without one */
export const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw notFound(what);
  return value;
};

/** The project of a path. @throws Refusal without one */
export function projectOf(call: Call, idOrPath: string): Project {
  const project = call.forge.project(idOrPath);
  if (!project) throw notFound('Project');
  return project;
}

/** The project of a path with its repository ready, which brings its merge requests along. @throws Refusal without one */
export async function openProject(call: Call, id: string): Promise<Project> {
  const project = projectOf(call, id);
  await call.forge.repository(project);
  return project;
}

/** Seconds with milliseconds, as GitLab writes times. */
export const timeText = (milliseconds: number) =>
  new Date(milliseconds).toISOString();

const PAGE = 20;
const LARGEST_PAGE = 100;

/** Which entries are asked for. */
export function pageOf(call: Call): {
  page: number;
  size: number;
  skip: number;
} {
  const whole = (name: string, otherwise: number) => {
    const value = Number(text(call, name) ?? otherwise);
    return Number.isInteger(value) && value > 0 ? value : otherwise;
  };
  const page = whole('page', 1);
  const size = Math.min(whole('per_page', PAGE), LARGEST_PAGE);
  return { page, size, skip: (page - 1) * size };
}

/** Headers of one page; the total is unknown where counting would take long. */
export function pageHeaders(
  call: Call,
  hasMore: boolean,
  total: number | undefined,
): Record<string, string> {
  const { page, size } = pageOf(call);
  const link = (number: number, relation: string) => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(number));
    query.set('per_page', String(size));
    return `<${call.base}/api/v4${call.path}?${query}>; rel="${relation}"`;
  };
  const pages =
    total === undefined ? undefined : Math.max(Math.ceil(total / size), 1);
  return {
    'X-Page': String(page),
    'X-Per-Page': String(size),
    'X-Next-Page': hasMore ? String(page + 1) : '',
    'X-Prev-Page': page > 1 ? String(page - 1) : '',
    ...(total === undefined
      ? {}
      : { 'X-Total': String(total), 'X-Total-Pages': String(pages) }),
    Link: [
      ...(page > 1 ? [link(page - 1, 'prev')] : []),
      ...(hasMore ? [link(page + 1, 'next')] : []),
      link(1, 'first'),
      ...(pages === undefined ? [] : [link(pages, 'last')]),
    ].join(', '),
  };
}

/** One page of a whole list. */
export function paged<T>(
  call: Call,
  entries: readonly T[],
  write: (entry: T) => unknown,
): Answer {
  const { skip, size } = pageOf(call);
  const hasMore = skip + size < entries.length;
  return {
    body: entries.slice(skip, skip + size).map(write),
    headers: pageHeaders(call, hasMore, entries.length),
  };
}
