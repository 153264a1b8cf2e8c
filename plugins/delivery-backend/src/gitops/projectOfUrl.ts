/** `git@host:group/project.git`, which is no URL. */
const SCP = /^(?:[^@/\s]+@)?([^:/\s]+):(?!\/\/)(.+)$/;

function located(url: string): { host: string; path: string } | undefined {
  if (URL.canParse(url) && url.includes('://')) {
    const { hostname, host, pathname, protocol } = new URL(url);
    // The port of SSH says nothing about which GitLab it is.
    return { host: protocol === 'ssh:' ? hostname : host, path: pathname };
  }
  const [, host, path] = SCP.exec(url) ?? [];
  return host ? { host, path: `/${path.replace(/^\/+/, '')}` } : undefined;
}

/**
 * Path of the project that an address of a repository means.
 *
 * @param gitlabs - addresses of the GitLab that we know, for us and for people
 * @returns undefined where it is a repository of some other server
 */
export function projectOfUrl(
  url: string,
  gitlabs: readonly string[],
): string | undefined {
  const repository = located(url);
  if (!repository) {
    return undefined;
  }
  for (const gitlab of gitlabs) {
    const { host, hostname, pathname } = new URL(gitlab);
    const prefix = `${pathname.replace(/\/+$/, '')}/`;
    const isHost = [host, hostname].includes(repository.host);
    const path = repository.path.replace(/\.git\/?$/, '').replace(/\/+$/, '');
    // Over SSH there is no prefix, whatever the path of the pages.
    const inner = path.startsWith(prefix) ? path.slice(prefix.length) : path;
    if (isHost && inner.replace(/^\/+/, '').includes('/')) {
      return inner.replace(/^\/+/, '');
    }
  }
  return undefined;
}
