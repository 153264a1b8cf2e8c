import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendJson } from '../../http';
import type { JenkinsUser } from './session';
import { pick, readTree, shorten } from './tree';

/** What is said of things that are only named. */
const NAMED = ['_class', 'name', 'url', 'color', 'number', 'fullName', 'id'];

/** Jenkins says no: the reason is in the page and, of bad requests, in `X-Error`. */
export class Refusal extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

export const notFound = () => new Refusal(404, 'Not Found');

/** One request of somebody who was let in. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** Address of Jenkins, with a slash at its end. */
  base: string;
  query: URLSearchParams;
  user: JenkinsUser;
  body: string;
}

/** Answers what `tree` asks for, or the value as deep as `depth` says. @throws TreeError */
export function sendShape({ response, query }: Exchange, value: unknown): void {
  const tree = query.get('tree');
  const depth = Number(query.get('depth') ?? 0) || 0;
  const answer = tree
    ? pick(value, readTree(tree))
    : shorten(value, depth, NAMED);
  sendJson(response, 200, answer);
}
