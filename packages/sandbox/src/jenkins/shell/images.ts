/** What a command does with images. */
export interface ImageCommand {
  builds: string[];
  pushes: string[];
  tags?: readonly [from: string, to: string];
  labels: Record<string, string>;
}

function valuesOf(words: readonly string[], ...flags: string[]): string[] {
  return words.flatMap((word, index) => {
    const flag = flags.find(
      each => word === each || word.startsWith(`${each}=`),
    );
    if (flag === undefined) return [];
    const value =
      word === flag ? words[index + 1] : word.slice(flag.length + 1);
    return value === undefined ? [] : [value];
  });
}

function labelsOf(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    valuesOf(words, '--label').map(text => {
      const equal = text.indexOf('=');
      return [text.slice(0, equal), text.slice(equal + 1)];
    }),
  );
}

/** Reads what docker, podman, buildah, buildctl, kaniko, crane and skopeo are told; undefined for other commands. */
export function readImageCommand(
  words: readonly string[],
): ImageCommand | undefined {
  const [first = '', second = '', third = ''] = words;
  const program = first.split('/').at(-1) ?? first;
  const labels = labelsOf(words);
  const none: ImageCommand = { builds: [], pushes: [], labels };
  if (['docker', 'podman', 'nerdctl', 'buildah'].includes(program)) {
    const isBuildx = second === 'buildx' && third === 'build';
    if (second === 'build' || second === 'bud' || isBuildx) {
      const builds = valuesOf(words, '-t', '--tag');
      return {
        ...none,
        builds,
        pushes: words.includes('--push') ? builds : [],
      };
    }
    if (second === 'tag') return { ...none, tags: [third, words[3] ?? ''] };
    if (second === 'push')
      return {
        ...none,
        pushes: words.slice(2).filter(word => !word.startsWith('-')),
      };
    return undefined;
  }
  if (program === 'executor' || program === 'kaniko') {
    const names = valuesOf(words, '--destination', '-d');
    return {
      ...none,
      builds: names,
      pushes: words.includes('--no-push') ? [] : names,
    };
  }
  if (program === 'buildctl' || program === 'buildctl-daemonless.sh') {
    const names = valuesOf(words, '--output').flatMap(text => {
      const name = /(?:^|,)name=([^,]+)/.exec(text)?.[1];
      return name && /push=true/.test(text) ? [name] : [];
    });
    return { ...none, builds: names, pushes: names };
  }
  if (program === 'skopeo' && second === 'copy') {
    const name = (words.at(-1) ?? '').replace(/^docker:\/\//, '');
    return { ...none, builds: [name], pushes: [name] };
  }
  return undefined;
}
