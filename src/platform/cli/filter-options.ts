import { InvalidArgumentError, Option, type Command } from 'commander';
import { timeArgument } from './time-argument.js';

/** Option, query parameter of the service, what it takes. Each may be given several times: any of the values. */
const TERMS = [
  ['actor', 'actor', 'who: a subject id, or a name, e-mail or native id if you may see identities'],
  ['actor-kind', 'actorKind', 'user, service, workload, store or unknown'],
  ['credential', 'credential', 'the id of the credential used'],
  ['session', 'session', 'the name of the session'],
  ['secret', 'secret', 'a uid or path; with * and ? as wildcards'],
  ['action', 'action', 'an action such as secret.read, or a class such as secret.*'],
  ['outcome', 'outcome', 'success, failure or unknown'],
  ['reason', 'reason', 'why a failure failed: denied, unauthenticated, not_found, throttled, ...'],
  ['source', 'source', 'the kind of store: vault, aws-cloudtrail, ...'],
  ['instance', 'instance', 'which store of that kind'],
  ['environment', 'environment', 'production, staging, ...'],
  ['address', 'address', 'an IP address, a host name or a block such as 10.0.0.0/8'],
  ['user-agent', 'userAgent', 'part of the user agent'],
  ['text', 'text', 'part of the free text'],
  ['request-id', 'requestId', "the store's request id"],
] as const;

const PARAMETERS: ReadonlyMap<string, string> = new Map(TERMS.map(([option, parameter]) => [option, parameter]));

/** Adds the options that say which events a command is about, but for the period. */
export function addTermOptions(command: Command): Command {
  for (const [option, , text] of TERMS) command.addOption(repeated(`--${option} <value>`, text));
  return command.addOption(
    repeated('--not <term=value>', 'leave out what matches, such as --not action=secret.list', readNegation),
  );
}

/** Adds the options that say which events a command is about. */
export function addFilterOptions(command: Command, now: () => number): Command {
  const time = (text: string): string => timeArgument(text, now());
  return addTermOptions(command)
    .addOption(new Option('--from <time>', 'from this time on: a date, a time, or how long ago (7d)').argParser(time))
    .addOption(new Option('--to <time>', 'before this time').argParser(time))
    .option('--own', "Keytrail's own acts and the health of sources too")
    .option('--echoes', 'count what repeats an access too, such as the decryption behind a read')
    .option('--filter <id>', 'a saved filter, besides the options given');
}

/** The query parameters that the options stand for. */
export function filterParameters(options: Readonly<Record<string, unknown>>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [option, parameter] of TERMS) {
    const values = options[camelCase(option)];
    if (Array.isArray(values)) for (const value of values) query.append(parameter, String(value));
  }
  const negations = options['not'];
  if (Array.isArray(negations)) for (const [name, value] of negations as Negation[]) query.append(name, value);
  for (const name of ['from', 'to', 'filter']) {
    const value = options[name];
    if (typeof value === 'string') query.set(name, value);
  }
  for (const name of ['own', 'echoes']) if (options[name] === true) query.set(name, 'true');
  return query;
}

type Negation = readonly [parameter: string, value: string];

function readNegation(text: string): Negation {
  const [, term = '', value = ''] = /^([a-z-]+)=(.+)$/su.exec(text) ?? [];
  const parameter = PARAMETERS.get(term);
  if (parameter === undefined)
    throw new InvalidArgumentError(`Give TERM=VALUE with one of ${[...PARAMETERS.keys()].join(', ')}.`);
  return [`not.${parameter}`, value];
}

function repeated(flags: string, text: string, read: (value: string) => unknown = (value) => value): Option {
  return new Option(flags, text).argParser((value: string, before: readonly unknown[] | undefined) => [
    ...(before ?? []),
    read(value),
  ]);
}

function camelCase(option: string): string {
  return option.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
