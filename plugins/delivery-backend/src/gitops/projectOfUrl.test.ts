import { projectOfUrl } from './projectOfUrl';

const GITLABS = ['http://127.0.0.1:7100/gitlab', 'https://git.kepler.example'];

describe('projectOfUrl', () => {
  it.each([
    ['http://127.0.0.1:7100/gitlab/wealth/payment.git', 'wealth/payment'],
    ['https://git.kepler.example/wealth/payment.git', 'wealth/payment'],
    ['https://git.kepler.example/wealth/payment', 'wealth/payment'],
    ['https://git.kepler.example/a/b/c.git/', 'a/b/c'],
    ['git@git.kepler.example:wealth/payment.git', 'wealth/payment'],
    ['ssh://git@git.kepler.example:2222/wealth/payment.git', 'wealth/payment'],
    [
      'https://oauth2:x@git.kepler.example/wealth/payment.git',
      'wealth/payment',
    ],
  ])('of %s is %s', (url, project) => {
    expect(projectOfUrl(url, GITLABS)).toBe(project);
  });

  it.each([
    'https://github.com/wealth/payment.git',
    'git@github.com:wealth/payment.git',
    'https://git.kepler.example/payment',
    'oci://registry.example/charts',
    'nonsense',
    '',
  ])('of %j is not known', url => {
    expect(projectOfUrl(url, GITLABS)).toBeUndefined();
  });
});
