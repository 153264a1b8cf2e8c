import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitObjects } from './GitObjects';
import { runGit } from './runGit';

describe('objects of git', () => {
  it('are those that git itself makes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'orrery-objects-'));
    await mkdir(join(folder, 'refs'), { recursive: true });
    await writeFile(join(folder, 'HEAD'), 'ref: refs/heads/main\n');
    const objects = new GitObjects();
    const author = {
      name: 'Lin Yue',
      email: 'lin@kepler.example',
      time: Date.parse('2026-11-26T10:00:00Z'),
    };
    const files = { 'a.txt': 'a\n', 'a/b.txt': 'b\n', 'a-c/d/e.txt': '' };
    const first = objects.commit(files, [], author, 'feat: first');
    const second = objects.commit({}, [first], author, 'feat: nothing left');
    await objects.write(folder);
    await runGit(folder, ['fsck', '--strict', second]);
    const listed = await runGit(folder, [
      'ls-tree',
      '-r',
      '--name-only',
      first,
    ]);
    expect(listed.toString()).toBe('a-c/d/e.txt\na.txt\na/b.txt\n');
    const log = await runGit(folder, ['log', '--format=%an %aI %s', second]);
    expect(log.toString()).toBe(
      'Lin Yue 2026-11-26T10:00:00+00:00 feat: nothing left\nLin Yue 2026-11-26T10:00:00+00:00 feat: first\n',
    );
    await rm(folder, { recursive: true });
  });
});
