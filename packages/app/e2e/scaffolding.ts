import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { backendUrl, sandboxUrl, tokenFor } from './browser';

/** Whatever the portal answers; tests look at what they need. */
type Json = Record<string, any>;

/** How a run of a template ended, with what it said. */
export type TaskEnd = { status: string; lines: string[]; output: Json };

/** Asks the backend as a person; undefined where there is nothing. */
export async function askAs(
  person: string,
  path: string,
  body?: object,
): Promise<any> {
  const response = await fetch(`${backendUrl()}/api${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      Authorization: `Bearer ${await tokenFor(person)}`,
      'Content-Type': 'application/json',
    },
    body: body && JSON.stringify(body),
  });
  if (response.status === 404) {
    return undefined;
  }
  const text = await response.text();
  assert.ok(response.ok, `${path}: ${response.status} ${text.slice(0, 500)}`);
  return JSON.parse(text);
}

/** Where repositories are made, as the form would say. */
export function gitlabHost(): string {
  return `localhost:${new URL(sandboxUrl()).port}`;
}

/** Starts a template as its form would; answers with the task's id. */
export async function startTemplate(
  person: string,
  template: string,
  values: object,
): Promise<string> {
  const { id } = await askAs(person, '/scaffolder/v2/tasks', {
    templateRef: `template:default/${template}`,
    values,
  });
  return id;
}

/** Waits for a run to end. */
export async function endOf(
  person: string,
  id: string,
  seconds = 280,
): Promise<TaskEnd> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const { status } = await askAs(person, `/scaffolder/v2/tasks/${id}`);
    if (!['open', 'processing'].includes(status) || Date.now() > deadline) {
      const events: Json[] = await askAs(
        person,
        `/scaffolder/v2/tasks/${id}/events`,
      );
      const last = events.find(({ type }) => type === 'completion');
      return {
        status,
        lines: events.map(({ body }) => `${body.stepId ?? ''} ${body.message}`),
        output: last?.body.output ?? {},
      };
    }
    await setTimeout(1000);
  }
}

/** Fails with the last lines unless it completed. */
export function completed({ status, lines, output }: TaskEnd): Json {
  assert.equal(status, 'completed', lines.slice(-12).join('\n'));
  return output;
}
