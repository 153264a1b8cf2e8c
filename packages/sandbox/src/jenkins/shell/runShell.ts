import type { Random } from '../../random';
import { readImageCommand } from './images';
import { outputOf } from './output';
import { isForgiving, readShell, type ShellLine } from './readShell';
import { expand, shown, splitWords } from './words';

/** A piece of a console, and the seconds that pass before it is there. */
export interface Output {
  seconds: number;
  text: string;
}

/** The machine that a script runs on. */
export interface ShellMachine {
  environment: ReadonlyMap<string, string>;
  random: Random;
  /** Whether tests fail. */
  failsTests: boolean;
  /** Commit that is checked out. */
  revision(): string;
  /** Commit that a branch, tag or id leads to. */
  resolve(name: string): string | undefined;
  checkOut(revision: string): void;
  /** Keeps an image that was built. */
  keepImage(name: string, labels: Readonly<Record<string, string>>): void;
  tagImage(from: string, to: string): boolean;
  /** Pushes an image; answers its digest, or why it could not. */
  push(name: string): { digest: string } | { refusal: string };
}

/** How a script ended. */
export interface ShellResult {
  code: number;
  stdout: string;
}

class Shell {
  readonly #own = new Map<string, string>();
  #stdout = '';

  constructor(private readonly machine: ShellMachine) {}

  get stdout(): string {
    return this.#stdout;
  }

  #variable(name: string): string | undefined {
    return this.#own.get(name) ?? this.machine.environment.get(name);
  }

  #expand(text: string): string {
    return expand(text, {
      variable: name => this.#variable(name),
      substitute: command => this.#substitute(command.trim()),
    });
  }

  #substitute(command: string): string {
    const [program, verb, ...rest] = splitWords(this.#expand(command));
    if (program === 'git') return this.#git(verb, rest).trim();
    if (program === 'echo' || program === 'printf')
      return [verb, ...rest].join(' ');
    return '';
  }

  #git(verb: string, words: readonly string[]): string {
    const revision = this.machine.revision();
    if (verb === 'rev-parse' && words.includes('--abbrev-ref')) return 'HEAD\n';
    if (verb === 'rev-parse') {
      const short = words.find(word => word.startsWith('--short'));
      const length = Number(short?.split('=')[1] ?? 7);
      return `${short ? revision.slice(0, length) : revision}\n`;
    }
    if (verb === 'describe') return `${revision.slice(0, 7)}\n`;
    if (verb === 'log') return `${revision}\n`;
    return '';
  }

  #holds(condition: string): boolean {
    const words = splitWords(this.#expand(condition)).filter(
      word => !['[', ']', '[[', ']]', 'test'].includes(word),
    );
    const isNot = words[0] === '!';
    const [first, second, third] = isNot ? words.slice(1) : words;
    const expandedEmpty = (word: string | undefined) =>
      word === undefined || word === '';
    let holds = true;
    if (first === '-n') holds = !expandedEmpty(second);
    else if (first === '-z') holds = expandedEmpty(second);
    else if (second === '=' || second === '==') holds = first === third;
    else if (second === '!=') holds = first !== third;
    else if (first === 'false') holds = false;
    return holds !== isNot;
  }

  *run(lines: readonly ShellLine[]): Generator<Output, number> {
    for (const line of lines) {
      if (line.kind === 'if') {
        const code: number = yield* this.run(
          this.#holds(line.condition) ? line.then : line.other,
        );
        if (code !== 0) return code;
      } else {
        const code: number = yield* this.#command(line.text);
        if (code !== 0) return code;
      }
    }
    return 0;
  }

  *#command(line: string): Generator<Output, number> {
    const isForgiven = isForgiving(line);
    const plain = line
      .replace(/\s*\|\|.*$/, '')
      .replace(/\s+\d?>{1,2}\s*&?\S+/g, '')
      .replace(/\s*\|\s.*$/, '');
    const assigned = /^(?:export\s+)?(\w+)=(\S.*|)$/.exec(plain);
    if (
      assigned &&
      !/\s/.test(assigned[2].replace(/"[^"]*"|'[^']*'|\$\([^)]*\)/g, ''))
    ) {
      const [value = ''] = splitWords(this.#expand(assigned[2]));
      this.#own.set(assigned[1], value);
      yield { seconds: 0.05, text: `+ ${assigned[1]}=${shown(value)}\n` };
      return 0;
    }
    const words = splitWords(this.#expand(plain));
    if (words.length === 0) return 0;
    yield { seconds: 0.15, text: `+ ${words.map(shown).join(' ')}\n` };
    const code = yield* this.#execute(words);
    return isForgiven ? 0 : code;
  }

  *#execute(words: readonly string[]): Generator<Output, number> {
    const { random, failsTests } = this.machine;
    const [program, verb = '', ...rest] = words;
    if (
      ['set', 'cd', 'true', ':', 'mkdir', 'rm', 'cp', 'chmod'].includes(program)
    )
      return 0;
    if (program === 'exit') return Number(verb) || 0;
    if (program === 'false') return 1;
    if (program === 'sleep') {
      yield { seconds: Math.min(Number(verb) || 0, 600), text: '' };
      return 0;
    }
    if (program === 'echo') {
      yield* this.#write(`${words.slice(1).join(' ')}\n`, 0.05);
      return 0;
    }
    if (program === 'git') return yield* this.#gitCommand(verb, rest);
    const {
      lines,
      seconds,
      code = 0,
    } = outputOf(words.join(' '), words, random, failsTests);
    for (const line of lines)
      yield* this.#write(`${line}\n`, seconds / lines.length);
    if (lines.length === 0) yield { seconds, text: '' };
    return code === 0 ? yield* this.#images(words) : code;
  }

  *#gitCommand(
    verb: string,
    words: readonly string[],
  ): Generator<Output, number> {
    if (verb === 'checkout' || verb === 'switch') {
      const name = words.find(word => !word.startsWith('-')) ?? '';
      const revision = this.machine.resolve(name);
      if (!revision) {
        yield* this.#write(
          `error: pathspec '${name}' did not match any file(s) known to git\n`,
          0.1,
        );
        return 1;
      }
      this.machine.checkOut(revision);
      if (!words.includes('--quiet') && !words.includes('-q')) {
        yield* this.#write(`HEAD is now at ${revision.slice(0, 8)}\n`, 0.1);
      }
      return 0;
    }
    yield* this.#write(this.#git(verb, words), 0.2);
    return 0;
  }

  *#images(words: readonly string[]): Generator<Output, number> {
    const command = readImageCommand(words);
    if (!command) return 0;
    for (const name of command.builds) {
      this.machine.keepImage(name, command.labels);
      yield* this.#write(`#6 naming to ${name} done\n`, 0.1);
    }
    if (command.tags && !this.machine.tagImage(...command.tags)) {
      yield* this.#write(
        `Error response from daemon: No such image: ${command.tags[0]}\n`,
        0.1,
      );
      return 1;
    }
    for (const name of command.pushes) {
      const tag = name.slice(name.lastIndexOf(':') + 1);
      yield* this.#write(
        `The push refers to repository [${name.replace(/:[^:/]*$/, '')}]\n`,
        0.3,
      );
      yield* this.#write('5f70bf18a086: Preparing\n', 0.3);
      const pushed = this.machine.push(name);
      if ('refusal' in pushed) {
        yield* this.#write(`${pushed.refusal}\n`, 0.5);
        return 1;
      }
      yield* this.#write('5f70bf18a086: Pushed\n', 0.8);
      yield* this.#write(`${tag}: digest: ${pushed.digest} size: 741\n`, 0.2);
    }
    return 0;
  }

  *#write(text: string, seconds: number): Generator<Output, void> {
    this.#stdout += text;
    yield { seconds, text };
  }
}

/** Plays a shell script: what it writes piece by piece, and how it ends. */
export function* runShell(
  script: string,
  machine: ShellMachine,
): Generator<Output, ShellResult> {
  const shell = new Shell(machine);
  const code = yield* shell.run(readShell(script));
  return { code, stdout: shell.stdout };
}
