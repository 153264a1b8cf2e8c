import type { LogLevel } from './lines';

/**
 * Words of levels, in lower case: log4j, slf4j, zap, klog, syslog
 * (https://www.rfc-editor.org/rfc/rfc5424#section-6.2.1) and Python.
 */
const WORDS: Record<Exclude<LogLevel, 'unknown'>, readonly string[]> = {
  fatal: [
    'fatal',
    'f',
    'emerg',
    'emergency',
    'alert',
    'crit',
    'critical',
    'panic',
    'dpanic',
  ],
  error: ['error', 'err', 'e', 'severe'],
  warn: ['warn', 'warning', 'w'],
  info: ['info', 'information', 'informational', 'i', 'notice', 'log'],
  debug: ['debug', 'd', 'fine', 'config', 'dbg'],
  trace: ['trace', 't', 'finer', 'finest', 'verbose', 'all'],
};

const LEVEL_OF = new Map(
  Object.entries(WORDS).flatMap(([level, words]) =>
    words.map(word => [word, level as LogLevel] as const),
  ),
);

/** The level that a word names; `unknown` when it names none. @public */
export function readLevel(word: string | undefined): LogLevel {
  return LEVEL_OF.get((word ?? '').trim().toLowerCase()) ?? 'unknown';
}

/**
 * Words by which stores name a level, in the cases in which they are written,
 * for fields that compare exact values.
 *
 * @public
 */
export function wordsOfLevel(level: Exclude<LogLevel, 'unknown'>): string[] {
  return WORDS[level].flatMap(word => [
    word,
    word.toUpperCase(),
    word.charAt(0).toUpperCase() + word.slice(1),
  ]);
}

const IN_TEXT =
  /(?:^|[\s[(|"=:])(fatal|panic|critical|error|err|severe|warn|warning|info|notice|debug|trace)(?=$|[\s\])|":,])/i;
const KLOG = /^([IWEF])\d{4} \d{2}:\d{2}:\d{2}/;

/** The level that the beginning of a plain line tells. @public */
export function findLevel(text: string): LogLevel {
  const head = text.slice(0, 120);
  const word = KLOG.exec(head)?.[1] ?? IN_TEXT.exec(head)?.[1];
  return readLevel(word);
}
