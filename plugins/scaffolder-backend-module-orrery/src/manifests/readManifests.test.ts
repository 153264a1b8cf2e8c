import { createMockDirectory } from '@backstage/backend-test-utils';
import { readManifests } from './readManifests';

const service = (name: string) =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`;

describe('readManifests', () => {
  const workspace = createMockDirectory();

  beforeEach(() =>
    workspace.setContent({
      deploy: {
        'b.yaml': `${service('b')}---\n${service('c')}---\n`,
        'a.yml': service('a'),
        'dashboard.json': '{}',
        mesh: { 'm.yaml': service('m') },
      },
      'mkdocs.yml': 'site_name: x',
    }),
  );

  it.each([
    ['./deploy', ['a', 'b', 'c', 'm']],
    ['deploy/', ['a', 'b', 'c', 'm']],
    ['./deploy/*.yaml', ['b', 'c']],
    ['deploy/mesh/m.yaml', ['m']],
  ])('reads %s', async (path, names) => {
    const manifests = await readManifests(workspace.path, path);
    expect(manifests.map(({ metadata }) => metadata.name)).toEqual(names);
  });

  it.each([
    ['nowhere', /^path: there is no manifest at nowhere/],
    ['mkdocs.yml', /^mkdocs\.yml is not a manifest: apiVersion: /],
    ['../x', /not allowed|outside|Relative path/],
  ])('refuses %s', async (path, message) => {
    await expect(readManifests(workspace.path, path)).rejects.toThrow(message);
  });

  it('names a file that is not YAML', async () => {
    workspace.addContent({ 'bad.yaml': 'a: [' });
    await expect(readManifests(workspace.path, 'bad.yaml')).rejects.toThrow(
      /^bad\.yaml is not YAML: /,
    );
  });
});
