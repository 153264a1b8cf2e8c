/** An entity ref as people read it (`user:default/lin` is `lin`); other names stay. */
export function personName(name: string | undefined): string | undefined {
  return name?.replace(/^(user|group):([^/]+\/)?/, '');
}
