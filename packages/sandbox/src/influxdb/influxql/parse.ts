import type { Condition, Expression, Select, Statement } from './ast';
import { durationOf, Tokens } from './Tokens';

/** Reads statements of the part of InfluxQL that charts are asked with. */
class InfluxReader {
  readonly #tokens: Tokens;

  constructor(query: string, private readonly now: number) {
    this.#tokens = new Tokens(query);
  }

  statements(): Statement[] {
    const list: Statement[] = [];
    const tokens = this.#tokens;
    do {
      if (tokens.next.type === 'end') break;
      list.push(this.#statement());
    } while (tokens.takes(';'));
    if (tokens.next.type !== 'end') tokens.fail('; or EOF');
    if (list.length === 0) tokens.fail('SELECT, SHOW');
    return list;
  }

  #statement(): Statement {
    const tokens = this.#tokens;
    if (tokens.is('SELECT')) return { type: 'select', select: this.#select() };
    if (!tokens.takes('SHOW')) tokens.fail('SELECT, SHOW');
    if (tokens.takes('DATABASES')) return { type: 'show', what: 'databases' };
    if (tokens.takes('MEASUREMENTS')) {
      return { type: 'show', what: 'measurements' };
    }
    if (tokens.takes('RETENTION', 'POLICIES')) {
      if (tokens.takes('ON')) tokens.name();
      return { type: 'show', what: 'retention policies' };
    }
    const from = () =>
      tokens.takes('FROM') ? { measurement: tokens.name() } : {};
    if (tokens.takes('TAG', 'KEYS')) return { type: 'tag keys', ...from() };
    if (!tokens.takes('TAG', 'VALUES')) {
      tokens.fail('DATABASES, MEASUREMENTS, RETENTION, TAG');
    }
    const source = from();
    if (!tokens.takes('WITH', 'KEY', '=')) tokens.fail('WITH');
    return { type: 'tag values', ...source, key: tokens.name() };
  }

  #select(): Select {
    const tokens = this.#tokens;
    tokens.expect('SELECT');
    const columns: Select['columns'] = [];
    do {
      const expression = this.#expression();
      const standard =
        expression.type === 'call' || expression.type === 'field'
          ? expression.name
          : 'value';
      const alias = tokens.takes('AS') ? tokens.name() : standard;
      columns.push({ expression, alias });
    } while (tokens.takes(','));
    tokens.expect('FROM');
    const select: Select = {
      columns,
      source: this.#source(),
      condition: { type: 'always' },
      from: -Infinity,
      to: Infinity,
      tags: [],
      fill: 'null',
      limit: Infinity,
      descending: false,
    };
    if (tokens.takes('WHERE')) select.condition = this.#or(select);
    if (tokens.takes('GROUP', 'BY')) this.#group(select);
    if (tokens.takes('fill', '(')) {
      select.fill = this.#fill();
      tokens.expect(')');
    }
    if (tokens.takes('ORDER', 'BY', 'time')) {
      select.descending = tokens.takes('DESC');
      if (!select.descending) tokens.takes('ASC');
    }
    if (tokens.takes('LIMIT')) select.limit = Number(tokens.take().text);
    return select;
  }

  #source(): Select['source'] {
    const tokens = this.#tokens;
    if (!tokens.takes('(')) return { measurement: tokens.name() };
    const query = this.#select();
    tokens.expect(')');
    return { query };
  }

  #fill(): Select['fill'] {
    const { text, type } = this.#tokens.take();
    if (type === 'number') return Number(text);
    if (text === 'none' || text === 'null' || text === 'previous') return text;
    return this.#tokens.fail('null, none, previous or a number');
  }

  #group(select: Select): void {
    const tokens = this.#tokens;
    do {
      if (tokens.takes('*')) select.tags = '*';
      else if (tokens.takes('time', '(')) {
        select.interval = this.#duration();
        if (tokens.takes(',')) this.#duration();
        tokens.expect(')');
      } else if (select.tags !== '*') select.tags.push(tokens.name());
    } while (tokens.takes(','));
  }

  #duration(): number {
    const read = durationOf(this.#tokens.next.text);
    if (read === undefined) return this.#tokens.fail('duration');
    this.#tokens.take();
    return read;
  }

  #expression(): Expression {
    const tokens = this.#tokens;
    const { type, text } = tokens.next;
    if (type === 'number') {
      tokens.take();
      const milliseconds = durationOf(text);
      return milliseconds === undefined
        ? { type: 'number', value: Number(text) }
        : { type: 'duration', milliseconds };
    }
    const name = tokens.name();
    if (type !== 'word' || !tokens.takes('(')) return { type: 'field', name };
    const args: Expression[] = [];
    do args.push(this.#expression());
    while (tokens.takes(','));
    tokens.expect(')');
    return { type: 'call', name: name.toLowerCase(), args };
  }

  #or(select: Select): Condition {
    let left = this.#and(select);
    while (this.#tokens.takes('OR')) {
      left = { type: 'or', left, right: this.#and(select) };
    }
    return left;
  }

  #and(select: Select): Condition {
    let left = this.#comparison(select);
    while (this.#tokens.takes('AND')) {
      left = { type: 'and', left, right: this.#comparison(select) };
    }
    return left;
  }

  #comparison(select: Select): Condition {
    const tokens = this.#tokens;
    if (tokens.takes('(')) {
      const inner = this.#or(select);
      tokens.expect(')');
      return inner;
    }
    const tag = tokens.name();
    const operator = tokens.take().text;
    if (tag === 'time') {
      this.#time(select, operator);
      return { type: 'always' };
    }
    const { type, text } = tokens.take();
    const negated = operator === '!=' || operator === '<>' || operator === '!~';
    if (type === 'regex' && (operator === '=~' || operator === '!~')) {
      // A slash needs its backslash only between slashes.
      const expression = new RegExp(text.replace(/\\\//g, '/'));
      return { type: 'matches', tag, expression, negated };
    }
    if (type !== 'string' || !/^(=|!=|<>)$/.test(operator)) {
      return tokens.fail('string or regex');
    }
    return { type: 'equals', tag, value: text, negated };
  }

  #time(select: Select, operator: string): void {
    const at = this.#instant();
    if (operator === '>=') select.from = Math.max(select.from, at);
    else if (operator === '>') select.from = Math.max(select.from, at + 1);
    else if (operator === '<=') select.to = Math.min(select.to, at);
    else if (operator === '<') select.to = Math.min(select.to, at - 1);
    else if (operator === '=') {
      select.from = at;
      select.to = at;
    } else this.#tokens.fail('=, <, <=, > or >=');
  }

  #instant(): number {
    const tokens = this.#tokens;
    if (tokens.takes('now', '(', ')')) {
      if (tokens.takes('-')) return this.now - this.#duration();
      if (tokens.takes('+')) return this.now + this.#duration();
      // Without a blank the sign belongs to the number.
      if (durationOf(tokens.next.text) !== undefined) {
        return this.now + this.#duration();
      }
      return this.now;
    }
    const { type, text } = tokens.take();
    if (type === 'string') {
      const zoned = /Z$|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`;
      const at = Date.parse(zoned.replace(' ', 'T'));
      return Number.isNaN(at) ? tokens.fail('time') : at;
    }
    if (type !== 'number') tokens.fail('time');
    // Numbers without a unit are nanoseconds.
    return durationOf(text) ?? Number(text) / 1e6;
  }
}

/**
 * Reads statements, separated by semicolons.
 *
 * @param now - milliseconds since the Unix epoch
 * @throws InfluxSyntaxError
 */
export function parseInfluxQL(query: string, now: number): Statement[] {
  return new InfluxReader(query, now).statements();
}
