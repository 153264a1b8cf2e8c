import { join } from 'node:path';
import {
  createMockDirectory,
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { templatePreviewSchema } from '@orrery/backstage-plugin-orrery-common';
import express from 'express';
import request from 'supertest';
import type { z } from 'zod';
import { createPreviewRouter } from './createPreviewRouter';
import { recordWrite } from './recordWrite';
import { TemplatePreviews } from './TemplatePreviews';

const template = (location: string, url = './skeleton'): Entity => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: {
    name: 'new-service',
    title: 'New service',
    annotations: { 'backstage.io/managed-by-location': location },
  },
  spec: {
    parameters: [
      {
        required: ['name'],
        properties: { name: { type: 'string', pattern: '^[a-z]+$' } },
      },
    ],
    steps: [
      { id: 'code', action: 'fetch:template', input: { url } },
      { id: 'again', action: 'fetch:plain', input: { url: './skeleton/' } },
      {
        id: 'else',
        action: 'fetch:plain',
        input: { url: 'https://elsewhere.example/x' },
      },
      { id: 'made', action: 'publish:gitlab', input: { repoUrl: './x' } },
    ],
  },
});

type Sent = { directoryContents: { path: string; base64Content: string }[] };

describe('previews of templates', () => {
  const directory = createMockDirectory();
  const sent: Sent[] = [];

  beforeEach(() => {
    sent.length = 0;
    directory.setContent({
      'template.yaml': '',
      'secret.txt': 'not fetched',
      skeleton: { src: { 'a.ts': 'let a;' }, 'README.md': '# A' },
    });
  });

  const play = (
    entity: Entity | undefined,
    trees: Record<string, Record<string, string>> = {},
  ) => {
    const previews = new TemplatePreviews({
      catalog: { getEntityByRef: async () => entity },
      portal: {
        async post<T>(
          plugin: string,
          path: string,
          body: object,
          schema: z.ZodType<T>,
        ) {
          expect(`${plugin}${path}`).toBe('scaffolder/v2/dry-run');
          sent.push(body as Sent);
          return schema.parse({
            log: [],
            steps: [{ id: 'code', name: 'Code', action: 'fetch:template' }],
            directoryContents: (body as Sent).directoryContents,
          });
        },
      },
      reader: mockServices.urlReader.mock({
        readTree: async url => ({
          files: async () =>
            Object.entries(trees[url]).map(([path, text]) => ({
              path,
              content: async () => Buffer.from(text),
            })),
          archive: () => Promise.reject(new Error('unused')),
          dir: () => Promise.reject(new Error('unused')),
          etag: '1',
        }),
      }),
    });
    return express()
      .use(createPreviewRouter({ httpAuth: mockServices.httpAuth(), previews }))
      .use(mockErrorHandler());
  };
  const ask = (app: express.Express, body: object) =>
    request(app)
      .post('/orrery/template-previews')
      .set('Authorization', mockCredentials.user.header())
      .send(body);
  const inDirectory = () => `file:${join(directory.path, 'template.yaml')}`;
  const BODY = {
    templateRef: 'template:default/new-service',
    values: { name: 'coupon' },
  };

  it('brings the folders that steps fetch from, once, and nothing beside them', async () => {
    const answer = await ask(play(template(inDirectory())), BODY);
    expect(answer.status).toBe(200);
    const { title, files } = templatePreviewSchema.parse(answer.body);
    expect(title).toBe('New service');
    expect(files.map(({ path, text }) => [path, text])).toEqual([
      ['skeleton/README.md', '# A'],
      ['skeleton/src/a.ts', 'let a;'],
    ]);
    expect(sent).toHaveLength(1);
  });

  it('reads a template that is kept in a repository there', async () => {
    const app = play(
      template('url:https://git.example/templates/main/all/template.yaml'),
      {
        'https://git.example/templates/main/all/skeleton': {
          'go.mod': 'module coupon',
        },
      },
    );
    const { body } = await ask(app, BODY);
    expect(templatePreviewSchema.parse(body).files).toEqual([
      { path: 'skeleton/go.mod', bytes: 13, text: 'module coupon' },
    ]);
  });

  it.each([
    ['../other', 'The template fetches from ../other'],
    ['a/../../other', 'The template fetches from ../other'],
    ['/etc', 'The template fetches from /etc'],
  ])('does not read %s', async (url, message) => {
    const answer = await ask(play(template(inDirectory(), url)), BODY);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(message);
    expect(sent).toEqual([]);
  });

  it.each([
    [{ values: {} }, 400, 'templateRef: expected string'],
    [
      { templateRef: 'template:default/x', values: [] },
      400,
      'values: expected',
    ],
    [{ ...BODY, values: {} }, 400, 'values requires property "name"'],
    [
      { ...BODY, values: { name: 'COUPON' } },
      400,
      'values.name does not match pattern',
    ],
  ])('refuses %j', async (body, status, message) => {
    const answer = await ask(play(template(inDirectory())), body);
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toContain(message);
    expect(sent).toEqual([]);
  });

  it('knows only templates that the caller sees', async () => {
    const none = await ask(play(undefined), BODY);
    expect(none.status).toBe(404);
    const other = await ask(
      play({ ...template(inDirectory()), kind: 'Component' }),
      BODY,
    );
    expect(other.status).toBe(404);
  });

  it('is for people, not for services', async () => {
    const answer = await request(play(template(inDirectory())))
      .post('/orrery/template-previews')
      .set('Authorization', mockCredentials.service.header())
      .send(BODY);
    expect(answer.status).toBe(403);
  });

  it('leaves writes of a step within the workspace', async () => {
    const write = {
      plugin: 'delivery',
      action: 'start-build',
      summary: 'Build',
      needsApproval: false,
      warnings: [],
    };
    await recordWrite(directory.path, 'build', write);
    await recordWrite(directory.path, 'build', { ...write, summary: 'Again' });
    const found = Object.entries(
      directory.content({ path: '.orrery-preview/build' }) as Record<
        string,
        string
      >,
    )
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, text]) => JSON.parse(text).summary);
    expect(found).toEqual(['Build', 'Again']);
    await expect(
      recordWrite(directory.path, '../../../outside', write),
    ).rejects.toThrow();
  });
});
